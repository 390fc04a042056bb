import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { type ReplyDeps, receiveReply } from '../../../functions/capture/receive-reply.ts';
import { type AnsweredMessage, replyStore } from '../../../functions/capture/reply.store.ts';
import { suppressionReason } from '../../../functions/consent/suppress-lead.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { MessageRequested } from '../../../functions/leads/bus-event.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { replyAddress } from '../../../functions/leads/reply-address.ts';
import { key } from '../../../functions/leads/table.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { testTables } from '../../support/dynamodb.ts';
import { account } from '../../support/forms.ts';
import { aLead } from '../../support/lead.ts';
import { testLinkKeys } from '../../support/link-keys.ts';
import { aRawReply, aReplyNotification } from '../../support/reply.ts';

const { leads } = await testTables();
const lead = aLead({ leadId: leadIdOf('ana@example.com', 'pepper'), attributes: { name: 'Ana Souza' } });
const now = '2026-11-03T09:30:00.000Z';
const answered = { leadId: lead.leadId, sequence: 'welcome', run: 'r.1#b', step: 3 };
for (const step of [1, 2, 3]) {
  const { leadId, sequence, run } = answered;
  const send = { leadId, sequence, run, step, kind: 'send', status: 'sent', messageId: `0100-${step}`, firstAt: now };
  const Item = { ...key.send(leadId, sequence, run, step), ...send };
  await leads.client.send(new PutCommand({ TableName: leads.name, Item }));
}
const address = replyAddress(answered, JSON.parse(testLinkKeys), 'reply.orchard.example').toUpperCase();

/** A bucket with one mail in it, and what came of it. */
function aDoor(raw: Buffer, given: Partial<ReplyDeps> = {}) {
  const published: OutgoingEvent[] = [];
  const bucket = new Map([['received-1', raw]]);
  const deps: ReplyDeps = {
    mails: {
      read: async ({ objectKey }) => bucket.get(objectKey) ?? null,
      remove: async ({ objectKey }) => void bucket.delete(objectKey),
    },
    replies: replyStore(leads),
    leads: { get: async (leadId) => (leadId === lead.leadId ? lead : null) },
    linkKeys: async () => testLinkKeys,
    account,
    baseUrl: 'https://mail.orchard.example',
    publish: async (events) => void published.push(...events),
    ...given,
  };
  const activities = () =>
    published
      .filter(({ detailType }) => detailType === 'ActivityCaptured')
      .map(({ detail }) => CapturedActivity.parse(detail));
  return { deps, bucket, published, activities };
}

it('A6 an answer to a message is an activity of its lead, and is told to the team; then the mail goes', async () => {
  const { deps, bucket, published, activities } = aDoor(aRawReply({}, 'Yes, call me.\r\n\r\n> Shall we?'));
  await receiveReply(aReplyNotification({ recipients: ['other@reply.orchard.example', address] }), deps);
  expect(activities()).toMatchObject([
    {
      type: 'email.replied',
      source: 'ses',
      occurredAt: '2026-11-03T09:30:00.000Z',
      subject: { leadId: lead.leadId },
      properties: {
        ...{ sequence: 'welcome', run: 'r.1#b', step: '3', inReplyTo: '0100-3' },
        ...{ subject: 'Re: Your trial', excerpt: 'Yes, call me.', from: 'lead' },
      },
    },
  ]);
  const told = published.find(({ detailType }) => detailType === 'MessageRequested')?.detail;
  expect(MessageRequested.detail.parse(told)).toMatchObject({
    template: 'reply',
    to: { kind: 'team', email: account.replyTo },
    data: {
      ...{ name: 'Ana Souza', email: 'ana@example.com', excerpt: 'Yes, call me.', verified: true, colleague: false },
      leadUrl: `https://mail.orchard.example/leads/${lead.leadId}`,
    },
  });
  expect(bucket.size).toBe(0);
});

it('S7 is one reply however often it is received, and another message another one', async () => {
  const first = aDoor(aRawReply());
  await receiveReply(aReplyNotification({ recipients: [address] }), first.deps);
  await receiveReply(aReplyNotification({ recipients: [address] }), first.deps);
  expect(first.published).toHaveLength(2);
  // Received by two paths: two objects, one mail.
  const second = aDoor(aRawReply());
  await receiveReply(aReplyNotification({ recipients: [address] }), second.deps);
  expect(second.published).toEqual(first.published);
  const other = aDoor(aRawReply({ 'Message-ID': '<reply-2@example.com>' }));
  await receiveReply(aReplyNotification({ recipients: [address] }), other.deps);
  const [one, two] = [first, other].map(({ activities }) => activities()[0]);
  expect(two?.activityId).not.toBe(one?.activityId);
  expect(two?.properties.messageId).not.toBe(one?.properties.messageId);
});

it('whose sender is not proven moves nothing and is told all the same', async () => {
  const { deps, published, activities } = aDoor(aRawReply());
  await receiveReply(aReplyNotification({ recipients: [address], verdicts: { dmarc: 'FAIL' } }), deps);
  expect(activities().map(({ type }) => type)).toEqual(['email.reply-unverified']);
  expect(published[1]).toMatchObject({ detailType: 'MessageRequested', detail: { data: { verified: false } } });
});

it.each([
  ['an automatic answer', aRawReply({ 'Auto-Submitted': 'auto-replied' }), [address], {}],
  ['mail to an address that we did not make', aRawReply(), ['x@reply.orchard.example'], {}],
  ['a virus', aRawReply(), [address], { virus: 'FAIL' }],
])('gives nothing for %s, and keeps nothing', async (_, raw, recipients, verdicts) => {
  const { deps, bucket, published } = aDoor(raw);
  await receiveReply(aReplyNotification({ recipients, verdicts }), deps);
  expect(published).toEqual([]);
  expect(bucket.size).toBe(0);
});

it('gives nothing for a lead who is no more', async () => {
  const { deps, bucket, published } = aDoor(aRawReply(), { leads: { get: async () => null } });
  await receiveReply(aReplyNotification({ recipients: [address] }), deps);
  expect(published).toEqual([]);
  expect(bucket.size).toBe(0);
});

it('keeps the mail while it cannot be told', async () => {
  const away = async () => {
    throw new Error('no bus');
  };
  const untold = aDoor(aRawReply(), { publish: away });
  await expect(receiveReply(aReplyNotification({ recipients: [address] }), untold.deps)).rejects.toThrow('no bus');
  expect(untold.bucket.size).toBe(1);
});

it('tells the team of a mail that cannot be read, without a word of it, and keeps it no longer than any other', async () => {
  const deep = Array.from({ length: 50 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`);
  const { deps, bucket, published, activities } = aDoor(Buffer.from(deep.join('')));
  await receiveReply(aReplyNotification({ recipients: [address] }), deps);
  expect(activities()).toMatchObject([{ type: 'email.reply-unverified', properties: { excerpt: '' } }]);
  expect(published[1]).toMatchObject({ detail: { data: { readable: false, excerpt: '', replyTo: lead.email } } });
  expect(bucket.size).toBe(0);
});

it('I-C2 takes off who asks for it, forged or not, with no reply that sales would get', async () => {
  const { deps, published, activities } = aDoor(aRawReply({}, 'Não quero mais receber seus e-mails.'));
  await receiveReply(aReplyNotification({ recipients: [address], verdicts: { dmarc: 'FAIL' } }), deps);
  expect(activities()).toMatchObject([
    { type: 'email.unsubscribed', source: 'ses', properties: { sequence: 'welcome', step: '3', by: 'reply' } },
  ]);
  expect(activities().map((activity) => suppressionReason(activity))).toEqual(['unsubscribe']);
  expect(published[1]).toMatchObject({ detail: { data: { optOut: true } } });
});

it('tells the team of ten replies of a lead in one day, the tenth as the last', async () => {
  const before = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ ...answered, sequence: 'reply', run: `r${n}`, step: 1, firstAt: now }));
  const told = async (messages: readonly AnsweredMessage[]) => {
    const { deps, published } = aDoor(aRawReply(), { replies: { messagesTo: async () => messages } });
    await receiveReply(aReplyNotification({ recipients: [address] }), deps);
    return published.map(({ detailType, detail }) => [
      detailType,
      MessageRequested.detail.safeParse(detail).data?.data.lastOfDay,
    ]);
  };
  const captured = ['ActivityCaptured', undefined];
  expect(await told(before(8))).toEqual([captured, ['MessageRequested', false]]);
  expect(await told(before(9))).toEqual([captured, ['MessageRequested', true]]);
  expect(await told(before(10))).toEqual([captured]);
  const yesterday = before(10).map((each) => ({ ...each, firstAt: '2026-11-02T09:30:00.000Z' }));
  expect(await told(yesterday)).toEqual([captured, ['MessageRequested', false]]);
});

it('lets the team answer who wrote, and the lead where that is not proven', async () => {
  const replyTo = async (verdicts: Parameters<typeof aReplyNotification>[0]) => {
    const { deps, published } = aDoor(aRawReply({ From: 'boss@example.com' }));
    await receiveReply(aReplyNotification({ recipients: [address], ...verdicts }), deps);
    return MessageRequested.detail.parse(published[1]?.detail).data.replyTo;
  };
  expect(await replyTo({})).toBe('boss@example.com');
  expect(await replyTo({ verdicts: { dmarc: 'FAIL' } })).toBe(lead.email);
});

it('lets no answer grow what is kept: cut to 500 characters, one line, no half character', async () => {
  const { deps, activities } = aDoor(aRawReply({}, `${'x'.repeat(499)}🌳${'y\r\n'.repeat(9000)}`));
  await receiveReply(aReplyNotification({ recipients: [address] }), deps);
  const excerpt = String(activities()[0]?.properties.excerpt);
  expect(excerpt.length).toBeLessThanOrEqual(500);
  expect(excerpt.isWellFormed()).toBe(true);
  expect(excerpt).not.toMatch(/\p{Cc}/u);
});

it('takes whatever else stands in the queue for nothing', async () => {
  const { deps, published } = aDoor(aRawReply());
  for (const said of [null, 'Successfully validated SNS topic', { notificationType: 'AmazonSnsSubscriptionSucceeded' }])
    await receiveReply(said, deps);
  expect(published).toEqual([]);
});
