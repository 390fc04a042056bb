import { once } from 'node:events';
import { createServer } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { receiveEmailEvents } from '../../../functions/capture/receive-email-events.ts';
import { ActivityCaptured } from '../../../functions/leads/bus-event.ts';
import { fateWrite, messageFateStore } from '../../../functions/nurture/message-fate.store.ts';
import { type AskInsights, sesInsights } from '../../../functions/nurture/message-insights.ts';
import { noteFate } from '../../../functions/nurture/note-fate.ts';
import { reconcileSends } from '../../../functions/nurture/reconcile-sends.ts';
import { reconciliationStore } from '../../../functions/nurture/reconciliation.store.ts';
import { reconciliationState } from '../../../functions/nurture/reconciliation-state.ts';
import { claim, finished, Order } from '../../../functions/nurture/send.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aLead } from '../../support/lead.ts';
import { aSesEvent } from '../../support/ses-event.ts';

const hourMs = 60 * 60_000;
const sentAt = Date.parse('2026-11-02T12:00:00.000Z');

/** SES as it knows its messages: here, all were delivered but those whose id says otherwise. */
const ses = createServer((request, response) => {
  const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
  const [, fate = '', lead = ''] = id.split('.');
  if (fate === 'forgotten') {
    response.writeHead(404, { 'x-amzn-errortype': 'NotFoundException' }).end('{"message":"no such message"}');
    return;
  }
  const at = sentAt / 1000;
  const outcome =
    fate === 'bounced'
      ? {
          Timestamp: at + 300,
          Type: 'BOUNCE',
          Details: { Bounce: { BounceType: 'PERMANENT', BounceSubType: 'NoEmail' } },
        }
      : { Timestamp: at + 300, Type: 'DELIVERY' };
  const Events = [
    { Timestamp: at, Type: 'SEND' },
    ...(fate === 'accepted' ? [] : [outcome]),
    { Timestamp: at + 400, Type: 'OPEN' },
  ];
  const EmailTags = Object.entries(tagsOf(lead)).map(([Name, Value]) => ({ Name, Value }));
  response.end(JSON.stringify({ MessageId: id, EmailTags, Insights: [{ Destination: 'ana@example.com', Events }] }));
}).listen(0, '127.0.0.1');
await once(ses, 'listening');
const address = ses.address();
const client = new SESv2Client({
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
afterAll(() => {
  client.destroy();
  ses.close();
});

function tagsOf(lead: string) {
  return { lead, sequence: 'welcome', run: 'r1', step: '1', send: 't', template: 'welcome-1' };
}

const { leads } = await testTables();
const known = { get: async () => aLead(), history: async () => [] };

/** Everything from SES's events to the fates, with the ledger that takes each activity once. */
async function aFeedback() {
  const fates = messageFateStore(leads, 'UTC');
  const ledger: string[] = [];
  const publish = async (events: readonly { detailType: string; detail: unknown }[]) => {
    for (const { detailType, detail } of events) {
      if (detailType === 'EmailEventFound') await receiveEmailEvents([detail], { publish, now: () => sentAt });
      if (detailType !== 'ActivityCaptured') continue;
      const { subject, attributes, consents, ...activity } = ActivityCaptured.detail.parse(detail);
      if (ledger.includes(activity.activityId)) continue;
      ledger.push(activity.activityId);
      await noteFate(subject.leadId ?? '', { ...activity, recordedAt: activity.occurredAt }, { fates, leads: known });
    }
  };
  return {
    fates,
    ledger,
    /** A message that SES took: its id says what becomes of it. */
    accept: async (lead: string, fate: string) => {
      const order = Order.parse({
        ...{ leadId: lead, sequence: 'welcome', run: 'r1', step: 1, template: 'welcome-1', language: 'en', data: {} },
        ...{ to: { kind: 'lead' }, policy: 'atMostOnce', purpose: 'marketing' },
      });
      const sent = finished(claim(null, order, 't', sentAt), 'sent', sentAt, { messageId: `m.${fate}.${lead}` });
      const write = fateWrite(leads.name, sent, 'UTC');
      await leads.client.send(new TransactWriteCommand({ TransactItems: write ? [write] : [] }));
    },
    /** One way of feedback brings these. */
    bring: (lead: string, fate: string, kinds: readonly ('Send' | 'Delivery')[]) =>
      receiveEmailEvents(
        kinds.map((kind) => {
          const event = aSesEvent(kind, { tags: tagsOf(lead) });
          return { ...event, mail: { ...event.mail, messageId: `m.${fate}.${lead}` } };
        }),
        { publish, now: () => sentAt },
      ),
    reconcile: (hours: number, ask: AskInsights = sesInsights(client)) =>
      reconcileSends({
        ...{ fates, ask, publish, now: () => sentAt + hours * hourMs, pause: async () => {} },
        reconciliations: reconciliationStore(leads),
      }),
    state: (hours: number) => reconciliationState(fates, reconciliationStore(leads), sentAt + hours * hourMs),
    fateOf: async (lead: string) => (await fates.list(lead))[0],
  };
}

describe('T16 what SES accepted and never told of', () => {
  it('is known after the night, whichever way was cut, each thing exactly once', async () => {
    const feedback = await aFeedback();
    for (const lead of ['one-way', 'no-way', 'bounced'])
      await feedback.accept(lead, lead === 'bounced' ? lead : 'well');
    await feedback.bring('one-way', 'well', ['Send', 'Delivery']);
    expect(await feedback.state(5)).toMatchObject({ overdue: 0 });
    expect(await feedback.state(7)).toMatchObject({ overdue: 2, oldestSentAt: new Date(sentAt).toISOString() });

    expect(await feedback.reconcile(5)).toMatchObject({ overdue: 0, asked: 0 });
    expect(await feedback.reconcile(7)).toMatchObject({ overdue: 2, asked: 2, found: 2, unknown: 0 });
    expect(await feedback.fateOf('no-way')).toMatchObject({ deliveredAt: '2026-11-02T12:05:00.000Z' });
    expect(await feedback.fateOf('bounced')).toMatchObject({ bounceType: 'Permanent', reason: 'NoEmail' });
    // A Send and an outcome of each of the three.
    expect(feedback.ledger).toHaveLength(6);

    // What was lost turns up after all, and the night is repeated: nothing is told twice.
    await feedback.bring('no-way', 'well', ['Send', 'Delivery']);
    expect(await feedback.reconcile(31)).toMatchObject({ overdue: 0, asked: 0 });
    expect(feedback.ledger).toHaveLength(6);
    expect((await feedback.state(31)).latest).toMatchObject({ overdue: 0 });
  });

  it('is asked for again while SES knows no more, given up after three days, and heard of even then', async () => {
    const feedback = await aFeedback();
    await feedback.accept('lost', 'forgotten');
    await feedback.accept('stuck', 'accepted');
    expect(await feedback.reconcile(24)).toMatchObject({ overdue: 2, asked: 2, found: 0, unknown: 0 });
    expect(await feedback.reconcile(73)).toMatchObject({ overdue: 2, found: 0, unknown: 2 });
    expect(await feedback.reconcile(97)).toMatchObject({ overdue: 0 });
    expect(await feedback.fateOf('lost')).toMatchObject({ isUnknown: true });
    await feedback.bring('lost', 'forgotten', ['Delivery']);
    const late = await feedback.fateOf('lost');
    expect([late?.deliveredAt, late?.isUnknown]).toEqual(['2026-11-02T12:05:00.000Z', undefined]);
  });

  it('in an account that may not ask: the night goes on, says so, and still gives up what is too old', async () => {
    const feedback = await aFeedback();
    await feedback.accept('closed-1', 'well');
    await feedback.accept('closed-2', 'well');
    const ask: AskInsights = async () => ({ outcome: 'closed', reason: 'AccessDeniedException' });
    expect(await feedback.reconcile(24, ask)).toMatchObject({ asked: 1, closed: 'AccessDeniedException', unknown: 0 });
    expect(await feedback.reconcile(80, ask)).toMatchObject({ asked: 1, unknown: 2 });
    expect((await feedback.state(80)).latest).toMatchObject({ closed: 'AccessDeniedException', unknown: 2 });
  });

  it('delivered before its send was even recorded, is taken off the list unasked', async () => {
    const feedback = await aFeedback();
    await feedback.bring('quick', 'well', ['Send', 'Delivery']);
    await feedback.accept('quick', 'well');
    expect(await feedback.state(7)).toMatchObject({ overdue: 0 });
    expect(await feedback.reconcile(7)).toMatchObject({ overdue: 1, asked: 0, unknown: 0 });
    expect(await feedback.reconcile(7)).toMatchObject({ overdue: 0 });
  });

  it('is left for the next night when SES is away: nothing is given up for want of an answer', async () => {
    const feedback = await aFeedback();
    await feedback.accept('away', 'well');
    const ask: AskInsights = async () => {
      throw new Error('TooManyRequestsException');
    };
    await expect(feedback.reconcile(80, ask)).rejects.toThrow('TooManyRequests');
    expect((await feedback.fateOf('away'))?.settledAt).toBeUndefined();
    expect(await feedback.reconcile(80)).toMatchObject({ found: 1, unknown: 0 });
  });
});

it('tells an account that may not ask from a message that nobody knows', async () => {
  const refusing = createServer((_, response) => {
    response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"message":"no"}');
  }).listen(0, '127.0.0.1');
  await once(refusing, 'listening');
  const at = refusing.address();
  const other = new SESv2Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  expect(await sesInsights(other)('m-1')).toEqual({ outcome: 'closed', reason: 'AccessDeniedException' });
  expect(await sesInsights(client)('m.forgotten.x')).toEqual({ outcome: 'unknown' });
  other.destroy();
  refusing.close();
});
