import { describe, expect, it } from 'vitest';
import { freePlace } from '../../../functions/handoff/free-place.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aTeam, monday } from '../../unit/handoff/a-qualified-lead.ts';
import { aSalesRoom } from './a-sales-room.ts';

const minuteMs = 60_000;

async function aRoom(...given: Parameters<typeof aTeam>) {
  return aSalesRoom((await testTables()).leads, aTeam(...given));
}

describe('a hand-off nobody accepts', () => {
  it('goes on exactly when time is up: to the next rep, then to the manager, and stays there', async () => {
    const room = await aRoom();
    const leadId = await room.add({ leadId: 'ignored' });
    await room.handOff(leadId);
    const first = await room.handoff(leadId);
    expect(first).toMatchObject({
      level: 'rep',
      turn: 1,
      dueAt: new Date(Date.parse(monday) + 30 * minuteMs).toISOString(),
    });

    room.clock.now += 29 * minuteMs;
    expect(await room.knock(leadId)).toBe('none');
    room.clock.now += minuteMs;
    expect(await room.knock(leadId)).toBe('moved');
    const second = await room.handoff(leadId);
    expect(second).toMatchObject({ level: 'next-rep', turn: 2, status: 'assigned' });
    expect(second.rep).not.toBe(first.rep);
    expect(await room.knock(leadId)).toBe('none');

    room.clock.now += 30 * minuteMs;
    await Promise.all([room.knock(leadId), room.knock(leadId), room.knock(leadId)]);
    expect(await room.handoff(leadId)).toMatchObject({ level: 'manager', rep: 'marta', turn: 3, dueAt: null });
    room.clock.now += 1000 * minuteMs;
    expect(await room.knock(leadId)).toBe('none');
    const { places } = await room.deps.handoffs.roster();
    expect(Object.values(places).map(({ open }) => open)).toEqual([0, 0]);
    const records = await room.deps.handoffs.records([first.rep ?? '', second.rep ?? '']);
    expect(records.map(({ days }) => days['2026-03-02']?.missed)).toEqual([1, 1]);
  });

  it('I-H2: goes to nobody else when the lead has complained, or is no buyer', async () => {
    const room = await aRoom();
    const complained = { suppressed: { reason: 'complaint', at: monday } } as const;
    const disqualified = { disqualified: { ruleId: 'too-small', at: monday } };
    for (const [leadId, now, reason] of [
      ['complained', complained, 'complaint'],
      ['toosmall', disqualified, 'disqualified'],
    ] as const) {
      await room.add({ leadId });
      await room.handOff(leadId);
      const { rep } = await room.handoff(leadId);
      const lead = await room.deps.leads.get(leadId);
      await room.add({ ...lead, ...now, leadId });
      room.clock.now += 30 * minuteMs;

      expect(await room.knock(leadId)).toBe('withdrawn');
      expect(await room.knock(leadId)).toBe('none');

      const withdrawn = { status: 'rejected', outcomeReason: reason, rep, turn: 1, dueAt: null };
      expect(await room.handoff(leadId)).toMatchObject(withdrawn);
      expect(await room.deps.leads.get(leadId)).toMatchObject({ qualification: { open: false } });
      expect(await room.outbox(leadId, 'ActivityCaptured')).toEqual([]);
    }
    const { places } = await room.deps.handoffs.roster();
    expect(Object.values(places).map(({ open }) => open)).toEqual([0, 0]);
    const records = await room.deps.handoffs.records(Object.keys(places));
    expect(records.map(({ days }) => days['2026-03-02']?.rejected)).toEqual([0, 0]);
  });

  it('stays with whoever accepts at the last moment, or goes on: never both', async () => {
    const room = await aRoom();
    for (let n = 0; n < 20; n++) {
      const leadId = await room.add({ leadId: `race${'abcdefghijklmnopqrst'[n]}` });
      await room.handOff(leadId);
      const { rep, turn } = await room.handoff(leadId);
      room.clock.now += 30 * minuteMs;
      const [answer] = await Promise.all([
        room.answer(leadId, { answer: 'accept' }, rep ?? '', turn),
        room.knock(leadId),
      ]);
      const now = await room.handoff(leadId);
      if (answer.outcome === 'done') expect(now).toMatchObject({ status: 'accepted', rep, turn });
      else expect([answer.outcome, now.status, now.turn]).toEqual(['stale', 'assigned', turn + 1]);
      await room.answer(leadId, { answer: 'accept' }, 'marta');
      await room.answer(leadId, { answer: 'recycled' }, 'marta');
    }
  });
});

describe('a hand-off nobody can have', () => {
  it('waits in the queue, and goes to whoever has room first, before those that count for less', async () => {
    const room = await aRoom(1, { capacity: { open: 1 } });
    const busy = await room.add({ leadId: 'busy' });
    expect((await room.handOff(busy)).outcome).toBe('assigned');
    for (const [leadId, score] of [
      ['cool', 51],
      ['warmer', 90],
    ] as const) {
      await room.add({ leadId });
      expect((await room.handOff(leadId, { score })).outcome).toBe('queued');
      expect(await room.handoff(leadId)).toMatchObject({
        ...{ status: 'queued', rep: null, turn: 0 },
        reason: { candidates: [], exclusions: [{ rep: 'ana', reason: 'capacity', detail: '1' }] },
      });
    }
    expect(await room.knock('cool')).toBe('waits');
    await room.answer(busy, { answer: 'reject', reason: 'not-ready' });
    expect(await room.outbox(busy, 'HandoffDue')).toHaveLength(1);
    // Whoever knocks: the best of those who wait is first.
    await room.knock('cool');
    expect(await room.handoff('warmer')).toMatchObject({ status: 'assigned', rep: 'ana' });
    expect(await room.handoff('cool')).toMatchObject({ status: 'queued' });
  });

  it('is looked at as soon as somebody has room: after a decline, a missed deadline, a rejection', async () => {
    const room = await aRoom(2, { capacity: { open: 1 } });
    for (const busy of ['busya', 'busyb']) await room.handOff(await room.add({ leadId: busy }));
    await room.handOff(await room.add({ leadId: 'waiting' }));
    await room.answer('busya', { answer: 'reject', reason: 'not-mine' });
    expect(await room.outbox('busya', 'HandoffDue')).toHaveLength(1);
    room.clock.now += 30 * minuteMs;
    await room.knock('busyb');
    expect(await room.outbox('busyb', 'HandoffDue')).toHaveLength(1);
  });

  it('tells once that it waits, however often it is looked at', async () => {
    const room = await aRoom(1, { capacity: { open: 1 } });
    await room.handOff(await room.add({ leadId: 'busy' }));
    await room.handOff(await room.add({ leadId: 'waiting' }));
    for (let n = 0; n < 5; n++) {
      room.clock.now += 15 * minuteMs;
      await room.knock('waiting');
    }
    expect(await room.outbox('waiting', 'HandoffChanged')).toHaveLength(1);
    expect((await room.handoff('waiting')).history).toHaveLength(1);
  });
});

it('gives the place of an erased lead back once, however often it is told', async () => {
  const room = await aRoom(1);
  for (const leadId of ['stays', 'erased']) await room.handOff(await room.add({ leadId }));
  const gone = { leadId: 'erased', at: monday, heldBy: 'ana' };
  await Promise.all([freePlace(gone, room.deps), freePlace(gone, room.deps)]);
  await freePlace(gone, room.deps);
  expect((await room.deps.handoffs.roster()).places.ana?.open).toBe(1);
});
