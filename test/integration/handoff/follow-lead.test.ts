import { expect, it } from 'vitest';
import { followActivity, followRequalified } from '../../../functions/handoff/follow-lead.ts';
import { ActivityRecorded } from '../../../functions/leads/bus-event.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables();
const sales = aSalesRoom(table);
const later = '2026-03-03T09:00:00.000Z';
let run = 0;

async function handedOff(): Promise<string> {
  const leadId = await sales.add({ leadId: `lead${'abcdefghijklmnopqrstuvwxyz'[run++]}` });
  await sales.handOff(leadId);
  return leadId;
}

function recorded(
  leadId: string,
  type: string,
  given: { occurredAt?: string; recordedAt?: string; source?: string; properties?: object } = {},
) {
  const activity = {
    activityId: `${type}-1`,
    type,
    occurredAt: later,
    recordedAt: later,
    source: 'page',
    properties: {},
    ...given,
  };
  return ActivityRecorded.detail.parse({ leadId, activity });
}

it('tells the rep of what the lead does meanwhile, each thing once, and makes no second hand-off of it (§2.9)', async () => {
  const leadId = await handedOff();
  const again = { leadId, cycle: 1, reason: 'explicit-request', activityId: 'chat-1', at: later } as const;
  for (let n = 0; n < 3; n++) {
    await followRequalified(again, sales.deps);
    await followActivity(recorded(leadId, 'appointment.cancelled'), sales.deps);
  }
  expect((await sales.handoff(leadId)).notes).toEqual([
    { kind: 'request', activityId: 'chat-1', at: later },
    { kind: 'appointment-cancelled', activityId: 'appointment.cancelled-1', at: later },
  ]);
  const told = (await sales.outbox(leadId, 'HandoffChanged')).map(({ detail }) => Object(detail).what);
  expect(told.filter((what) => what === 'noted')).toHaveLength(2);
});

it('is not told of an appointment again that was cancelled before sales had them', async () => {
  const before = '2026-03-01T09:00:00.000Z';
  const cancelled = recorded('early', 'appointment.cancelled', { occurredAt: before, recordedAt: before });
  await sales.add({ leadId: 'early' });
  await sales.remember('early', cancelled.activity);
  await sales.handOff('early');
  await followActivity(cancelled, sales.deps);
  expect((await sales.handoff('early')).notes).toEqual([]);
});

it('closes the hand-off by a deal that came to be known elsewhere, once', async () => {
  const leadId = await handedOff();
  const won = recorded(leadId, 'deal.won', { properties: { amountMinor: 990_000, currency: 'BRL' } });
  await followActivity(won, sales.deps);
  await followActivity(won, sales.deps);
  expect(await sales.handoff(leadId)).toMatchObject({
    ...{ status: 'won', outcome: 'won', amount: { amountMinor: 990_000, currency: 'BRL' }, dueAt: null },
  });
  // It stands in the ledger already.
  expect(await sales.outbox(leadId, 'ActivityCaptured')).toEqual([]);
  expect(await sales.deps.leads.get(leadId)).toMatchObject({ qualification: { open: false } });
});

it('loses nobody by what the tracker tells whom sales has not accepted, and believes no amount that is none (I-F3)', async () => {
  const leadId = await handedOff();
  const told = {
    source: 'tracker',
    properties: { amountMinor: Number.MAX_SAFE_INTEGER, currency: '<b>', reason: '<b>' },
  };
  const lost = recorded(leadId, 'deal.lost', told);
  await followActivity(lost, sales.deps);
  expect(await sales.handoff(leadId)).toMatchObject({ status: 'assigned' });
  await sales.answer(leadId, { answer: 'accept' });
  // The same deal, told again now that they have accepted, is still none.
  await followActivity(lost, sales.deps);
  expect(await sales.handoff(leadId)).toMatchObject({ status: 'accepted' });
  await followActivity({ ...lost, activity: { ...lost.activity, activityId: 'another-deal' } }, sales.deps);
  expect(await sales.handoff(leadId)).toMatchObject({ status: 'lost', outcomeReason: null });
  const bought = await handedOff();
  await followActivity(recorded(bought, 'deal.won', told), sales.deps);
  expect(await sales.handoff(bought)).toMatchObject({ status: 'won', amount: null });
});

it('is not closed by a deal of before, nor by what sales has said itself', async () => {
  const leadId = await handedOff();
  await followActivity(recorded(leadId, 'deal.won', { occurredAt: '2026-01-01T09:00:00.000Z' }), sales.deps);
  await followActivity(recorded(leadId, 'deal.lost', { source: 'handoff' }), sales.deps);
  expect(await sales.handoff(leadId)).toMatchObject({ status: 'assigned' });
});

it('waits for a hand-off that is being made at this moment, and ignores leads that sales does not have', async () => {
  const leadId = await sales.add({ leadId: 'notyet' });
  await expect(followActivity(recorded(leadId, 'deal.won'), sales.deps)).rejects.toThrow('comes back by itself');
  await sales.add({ leadId: 'free', qualification: null });
  await followActivity(recorded('free', 'appointment.moved'), sales.deps);
});
