import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../functions/leads/activity.ts';
import { key } from '../../../functions/leads/table.ts';
import { fateWrite, messageFateStore } from '../../../functions/nurture/message-fate.store.ts';
import { noteFate, renoteFate } from '../../../functions/nurture/note-fate.ts';
import { claim, finished, Order } from '../../../functions/nurture/send.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aLead } from '../../support/lead.ts';
import { aRecorded } from '../../support/nurture.ts';

const { leads } = await testTables();
const fates = messageFateStore(leads, 'America/Sao_Paulo');
const sentAt = '2026-11-03T01:00:00.000Z';
const at = (minute: number) => new Date(Date.parse(sentAt) + minute * 60_000).toISOString();

function aboutMail(type: string, minute: number, properties: Activity['properties'] = {}, by?: 'human' | 'machine') {
  return aRecorded({
    activityId: `${type}-${minute}`,
    type,
    occurredAt: at(minute),
    source: 'ses',
    properties: {
      ...{ messageId: 'm-1', sentAt, sequence: 'welcome', run: 'r1', step: '1', template: 'welcome-1' },
      ...properties,
    },
    ...(by && { verdict: { by, reasons: [] } }),
  });
}

const known = { get: async () => aLead(), history: async (): Promise<readonly Activity[]> => [] };
const noteAll = async (leadId: string, activities: readonly Activity[]) => {
  for (const activity of activities) await noteFate(leadId, activity, { fates, leads: known });
  return (await fates.list(leadId))[0];
};
const listed = async (leadId: string) =>
  (await fates.unsettled('2027', 100)).filter((fate) => fate.leadId === leadId).map(({ step }) => step);

/** The record of the send, as the sender writes it. */
async function accepted(leadId: string, variant?: string): Promise<void> {
  const order = Order.parse({
    ...{ leadId, sequence: 'welcome', run: 'r1', step: 1, template: 'welcome-1', language: 'en', data: {} },
    ...{ to: { kind: 'lead' }, policy: 'atMostOnce', purpose: 'marketing', variant },
  });
  const now = Date.parse(sentAt) + 40;
  const write = fateWrite(leads.name, finished(claim(null, order, 't', now), 'sent', now, { messageId: 'm-1' }), 'UTC');
  if (!write) throw new Error('a send has a fate');
  await leads.client.send(new TransactWriteCommand({ TransactItems: [write] }));
}

describe('the fate of a message', () => {
  it('is the first of each thing that happened to it, on the local day it was sent', async () => {
    const fate = await noteAll('lead-1', [
      aboutMail('email.sent', 0),
      aboutMail('email.delivered', 1),
      aboutMail('email.opened', 2, {}, 'machine'),
      aboutMail('email.opened', 3, {}, 'human'),
      aboutMail('email.opened', 9, {}, 'human'),
      aboutMail('email.clicked', 4, {}, 'human'),
      aboutMail('email.unsubscribed', 5),
    ]);
    expect(fate).toEqual({
      ...{ leadId: 'lead-1', sequence: 'welcome', run: 'r1', step: 1, template: 'welcome-1', messageId: 'm-1', sentAt },
      ...{ deliveredAt: at(1), openedRawAt: at(2), openedAt: at(3), clickedRawAt: at(4), clickedAt: at(4) },
      ...{ unsubscribedAt: at(5), settledAt: at(1) },
    });
    const Key = key.message('lead-1', 'welcome', 'r1', 1);
    const { Item } = await leads.client.send(new GetCommand({ TableName: leads.name, Key }));
    expect(Item).toMatchObject({ kind: 'message', day: '2026-11-02' });
    expect(Item?.dayPk).toMatch(/^D#2026-11-02#/);
  });

  it('does not depend on the order in which, or how often, things are told', async () => {
    const told = [
      aboutMail('email.sent', 0),
      aboutMail('email.delayed', 1, { reason: 'MailboxFull' }),
      aboutMail('email.bounced', 2, { bounceType: 'Transient', bounceSubType: 'MailboxFull' }),
      aboutMail('email.bounced', 3, { bounceType: 'Permanent', bounceSubType: 'NoEmail', status: '5.1.1' }),
      aboutMail('email.opened', 5, {}, 'machine'),
      aboutMail('email.clicked', 6, {}, 'human'),
    ];
    const inOrder = await noteAll('order-0', told);
    expect(inOrder).toMatchObject({ bounceType: 'Permanent', reason: 'NoEmail 5.1.1', deliveredAt: at(6) });
    let lead = 0;
    const order = fc.shuffledSubarray([...told, ...told, ...told.slice(2)], { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(order, async (activities) => {
        const leadId = `order-${++lead}`;
        const fate = await noteAll(leadId, activities);
        // Which of two bounces, or of two proofs, came first is not a matter of either.
        const first = { settledAt: '', bouncedAt: '' };
        expect({ ...fate, ...first }).toEqual({ ...inOrder, leadId, ...first });
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['email.rejected', { reason: 'Bad content' }, { rejectedAt: at(1), reason: 'Bad content' }],
    ['email.rendering-failed', { reason: 'no name' }, { renderingFailedAt: at(1), reason: 'no name' }],
    ['email.delayed', { reason: 'SpamDetected' }, { delayedAt: at(1), reason: 'SpamDetected' }],
    ['email.complained', {}, { complainedAt: at(1), deliveredAt: at(1) }],
  ])('says what held it up: %s', async (type, properties, expected) => {
    expect(await noteAll(`held-${type}`, [aboutMail(type, 1, properties)])).toMatchObject(expected);
  });

  it('of a message that was never sent is none, whoever speaks of it', async () => {
    const page = { source: 'page', properties: { sequence: 'welcome', run: 'r1', step: 1, by: 'page' } };
    const spoken = aRecorded({ activityId: 'u', type: 'email.unsubscribed', occurredAt: at(1), ...page });
    expect(await noteAll('nobody', [spoken])).toBeUndefined();
    await accepted('somebody');
    expect(await noteAll('somebody', [spoken])).toMatchObject({ unsubscribedAt: at(1) });
  });
});

it('I-E2 of a lead who was erased is none: what SES tells late brings nothing back', async () => {
  const erased = { ...known, get: async () => null };
  for (const type of ['email.sent', 'email.delivered', 'email.opened'])
    await noteFate('erased', aboutMail(type, 1), { fates, leads: erased });
  expect(await fates.list('erased')).toEqual([]);
});

describe('an open that is judged otherwise', () => {
  const human = aboutMail('email.opened', 3, {}, 'human');
  const machine: Activity = { ...human, verdict: { by: 'machine', reasons: ['burst'] } };

  it('is a person’s from then on', async () => {
    await noteAll('rejudged', [aboutMail('email.sent', 0), machine]);
    await renoteFate('rejudged', human, { fates, leads: { ...known, history: async () => [human] } });
    expect((await fates.list('rejudged'))[0]).toMatchObject({ openedRawAt: at(3), openedAt: at(3) });
  });

  it('is a person’s no more, and another of theirs counts in its place', async () => {
    const another = aboutMail('email.opened', 8, {}, 'human');
    await noteAll('withdrawn', [aboutMail('email.sent', 0), human]);
    const deps = { fates, leads: { ...known, history: async () => [machine] } };
    await renoteFate('withdrawn', machine, deps);
    await renoteFate('withdrawn', machine, deps);
    const [fate] = await fates.list('withdrawn');
    expect([fate?.openedRawAt, fate?.openedAt]).toEqual([at(3), undefined]);

    await noteAll('another', [aboutMail('email.sent', 0), human, another]);
    await renoteFate('another', machine, { fates, leads: { ...known, history: async () => [machine, another] } });
    expect((await fates.list('another'))[0]?.openedAt).toBe(at(8));
    // Not the one that counted: nothing changes.
    await renoteFate('another', machine, { fates, leads: known });
    expect((await fates.list('another'))[0]?.openedAt).toBe(at(8));
  });
});

describe('what nobody has told of', () => {
  it('is listed from the moment SES accepted it until its delivery is known', async () => {
    await accepted('waiting', 'b');
    expect(await listed('waiting')).toEqual([1]);
    expect((await fates.list('waiting'))[0]).toMatchObject({ variant: 'b', messageId: 'm-1' });
    await noteAll('waiting', [aboutMail('email.sent', 0), aboutMail('email.opened', 1, {}, 'machine')]);
    expect(await listed('waiting')).toEqual([1]);
    await noteAll('waiting', [aboutMail('email.delivered', 2)]);
    expect(await listed('waiting')).toEqual([]);
  });

  it('is given up once, unless it is known by then; news that comes later counts all the same', async () => {
    await accepted('given-up');
    const message = { leadId: 'given-up', sequence: 'welcome', run: 'r1', step: 1 };
    await fates.settle(message, at(5000));
    await fates.settle(message, at(6000));
    expect(await listed('given-up')).toEqual([]);
    expect((await fates.list('given-up'))[0]).toMatchObject({ isUnknown: true, settledAt: at(5000) });
    const late = await noteAll('given-up', [aboutMail('email.delivered', 3)]);
    expect([late?.deliveredAt, late?.isUnknown]).toEqual([at(3), undefined]);
    await fates.settle(message, at(7000));
    expect((await fates.list('given-up'))[0]?.isUnknown).toBeUndefined();
  });
});
