import { describe, expect, it } from 'vitest';
import { testTables } from '../../support/dynamodb.ts';
import { aTeam } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const { leads: table } = await testTables();
const sales = aSalesRoom(table);
const { deps } = sales;
let run = 0;

async function handedOff(): Promise<string> {
  const leadId = await sales.add({ leadId: `lead${'abcdefghijklmnopqrstuvwxyz'[run++]}` });
  expect((await sales.handOff(leadId)).outcome).toBe('assigned');
  return leadId;
}

async function openOf(rep: string | null): Promise<number> {
  return (await deps.handoffs.roster()).places[rep ?? '']?.open ?? 0;
}

describe('answering a hand-off', () => {
  it('is won by one of 64 who accept at once; all others see who has it', async () => {
    const leadId = await handedOff();
    const whoSays = (n: number) => deps.team.reps[n % 5]?.id;
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, n) => sales.answer(leadId, { answer: 'accept' }, whoSays(n))),
    );
    const { rep, acceptedAt, history } = await sales.handoff(leadId);
    expect(history.filter(({ what }) => what === 'accepted')).toHaveLength(1);
    // Told so as often as they say it, and nobody else is.
    expect(answers.map(({ outcome }) => outcome === 'done')).toEqual(answers.map((_, n) => whoSays(n) === rep));
    for (const { handoff } of answers) expect(handoff).toMatchObject({ rep, acceptedAt, status: 'accepted' });
    expect(await openOf(rep)).toBeGreaterThan(0);
    expect(await deps.leads.get(leadId)).toMatchObject({ owner: rep, qualification: { open: true } });
  });

  it('closes it: the rep has room again, the lead may qualify again, and the ledger and the others learn of it', async () => {
    const leadId = await handedOff();
    const { rep } = await sales.handoff(leadId);
    const before = await openOf(rep);
    await sales.answer(leadId, { answer: 'accept' });
    await sales.answer(leadId, { answer: 'recycled' });
    expect(await openOf(rep)).toBe(before - 1);
    expect(await deps.leads.get(leadId)).toMatchObject({ qualification: { open: false } });
    const told = await sales.outbox(leadId);
    expect(
      told.filter(({ detailType }) => detailType === 'HandoffChanged').map(({ detail }) => Object(detail).what),
    ).toEqual(expect.arrayContaining(['assigned', 'accepted', 'recycled']));
    expect(told).toContainEqual({
      detailType: 'ActivityCaptured',
      detail: expect.objectContaining({ type: 'handoff.recycled', source: 'handoff', subject: { leadId } }),
    });
    expect(told.map(({ detailType }) => detailType)).toContain('ScoreDue');
  });

  it('changes nothing when it is said again', async () => {
    const leadId = await handedOff();
    await sales.answer(leadId, { answer: 'accept' }, '', 1);
    await sales.answer(leadId, { answer: 'won', amount: { amountMinor: 120_000, currency: 'BRL' } });
    const before = [await sales.items(leadId), await deps.handoffs.roster()];
    for (const answer of [{ answer: 'accept' }, { answer: 'won', amount: null }, { answer: 'recycled' }] as const)
      expect((await sales.answer(leadId, answer)).outcome).toBe('closed');
    expect((await sales.answer(leadId, { answer: 'accept' }, '', 1)).outcome).toBe('closed');
    expect([await sales.items(leadId), await deps.handoffs.roster()]).toEqual(before);
  });

  it('gives it to the next rep who is not the one that says: not mine', async () => {
    const leadId = await handedOff();
    const first = await sales.handoff(leadId);
    await sales.answer(leadId, { answer: 'reject', reason: 'not-mine' });
    const second = await sales.handoff(leadId);
    expect(second).toMatchObject({ status: 'assigned', turn: 2, level: 'rep' });
    expect(second.rep).not.toBe(first.rep);
    expect(second.reason.exclusions).toContainEqual({ rep: first.rep, reason: 'declined' });
    expect(await deps.leads.get(leadId)).toMatchObject({ owner: second.rep });
  });

  it.each([
    ['a colleague who has not answered', false],
    ['the queue', true],
  ])('gives nobody a lead out of %s who has complained (I-H2)', async (_, isQueued) => {
    const room = aSalesRoom((await testTables()).leads, aTeam(2, isQueued ? { capacity: { open: 1 } } : {}));
    for (const busy of isQueued ? ['busya', 'busyb'] : []) await room.handOff(await room.add({ leadId: busy }));
    const leadId = await room.add({ leadId: 'annoyed' });
    await room.handOff(leadId);
    const lead = await room.deps.leads.get(leadId);
    await room.add({ ...lead, leadId, suppressed: { reason: 'complaint', at: '2026-03-02T12:05:00.000Z' } });
    expect((await room.answer(leadId, { answer: 'accept' }, 'bruno')).outcome).toBe('closed');
    expect(await room.handoff(leadId)).toMatchObject({ status: 'rejected', outcomeReason: 'complaint' });
  });

  it('goes on with whoever takes over from a rep who has left, also after they had reached the lead', async () => {
    const table = (await testTables()).leads;
    const room = aSalesRoom(table, aTeam(2));
    const leadId = await room.add({ leadId: 'orphan' });
    await room.handOff(leadId);
    const { rep } = await room.handoff(leadId);
    await room.answer(leadId, { answer: 'accept' });
    await room.answer(leadId, { answer: 'contacted' });
    const reps = aTeam(2).reps.filter(({ id }) => id !== rep);
    const later = aSalesRoom(table, aTeam(1, { reps }));
    later.clock.now += 2 * 3_600_000;
    expect((await later.answer(leadId, { answer: 'accept' }, reps[0]?.id)).outcome).toBe('done');
    expect(await later.handoff(leadId)).toMatchObject({ status: 'accepted', rep: reps[0]?.id, outcome: null });
    const [record] = await later.deps.handoffs.records([reps[0]?.id ?? '']);
    expect(record?.days['2026-03-02']).toMatchObject({ accepted: 1, contacted: 0 });
  });

  it('counts each deed once, however often it is said in turns', async () => {
    const room = aSalesRoom((await testTables()).leads, aTeam(1));
    const leadId = await room.add({ leadId: 'pressed' });
    await room.handOff(leadId);
    await room.answer(leadId, { answer: 'accept' });
    for (const answer of ['contacted', 'meeting', 'contacted', 'meeting'] as const)
      await room.answer(leadId, { answer });
    const [record] = await room.deps.handoffs.records(['ana']);
    expect(record?.days['2026-03-02']).toMatchObject({ contacted: 1, meeting: 1 });
  });

  it('comes back to the manager who passes it on, when nobody else is left', async () => {
    const room = aSalesRoom((await testTables()).leads, aTeam(1));
    const leadId = await room.add({ leadId: 'nobodys' });
    await room.handOff(leadId);
    await room.answer(leadId, { answer: 'reject', reason: 'not-mine' });
    expect(await room.handoff(leadId)).toMatchObject({ status: 'assigned', rep: 'marta', level: 'manager' });
    await room.answer(leadId, { answer: 'reject', reason: 'not-mine' });
    expect(await room.handoff(leadId)).toMatchObject({ status: 'assigned', rep: 'marta', turn: 3 });
  });

  it('counts what reps did on the days they did it', async () => {
    const table = (await testTables()).leads;
    const room = aSalesRoom(table, aTeam(1));
    const leadId = await room.add({ leadId: 'counted' });
    await room.handOff(leadId);
    room.clock.now += 10 * 60_000;
    await room.answer(leadId, { answer: 'accept' });
    await room.answer(leadId, { answer: 'meeting' });
    await room.answer(leadId, { answer: 'won', amount: { amountMinor: 5_000, currency: 'BRL' } });
    const [record] = await room.deps.handoffs.records(['ana']);
    expect(record?.days['2026-03-02']).toMatchObject({
      ...{ assigned: 1, accepted: 1, meeting: 1, won: 1, wonMinor: 5_000, speedMs: 600_000, missed: 0 },
    });
  });
});
