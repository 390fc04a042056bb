import { afterAll, describe, expect, it } from 'vitest';
import { followActivity } from '../../../functions/nurture/follow-lead.ts';
import { type StepDeps, sendStep } from '../../../functions/nurture/send-step.ts';
import { sendingSwitchStore } from '../../../functions/nurture/sending-switch.store.ts';
import { pause } from '../../../functions/nurture/sending-switch.ts';
import { Sequences } from '../../../functions/nurture/sequence.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRecorded, dayMs, sequences } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const hourMs = 3_600_000;
const one = (id: string, more: object) => ({ ...sequences[0], id, ...more });

/** The room with other sequences and another account. */
function withHolds(given: { account?: object; sequences?: Sequences }): StepDeps {
  return {
    ...room.deps,
    account: { ...room.deps.account, ...given.account },
    sequences: async () => given.sequences ?? sequences,
  };
}

const begin = (leadId: string, deps: StepDeps, occurredAt = new Date(deps.now()).toISOString()) =>
  followActivity({ leadId, activity: aRecorded({ occurredAt }), quiet: false }, { ...room.follow, ...deps });
const knock = (leadId: string, sequence: string, step: number, deps: StepDeps) =>
  sendStep({ leadId, sequence, run: 'activity-1', step }, deps);
const walkOf = (leadId: string, sequence = 'welcome') => room.deps.enrollments.get(leadId, sequence);

describe('an e-mail that is due at night', () => {
  const quiet = withHolds({ account: { quietHours: { from: '08:00', to: '20:00' } } });

  it('I-M5 waits for the lead’s own morning, and says so', async () => {
    await room.addLead('asleep', { attributes: { timeZone: 'UTC' } });
    // What they did was hours ago: nobody is there to be answered.
    await begin('asleep', quiet, new Date(quiet.now() - 2 * hourMs).toISOString());
    await knock('asleep', 'welcome', 1, quiet);
    expect(room.mails('asleep@example.com')).toEqual([]);
    expect(await walkOf('asleep')).toMatchObject({ because: 'quiet-hours', dueAt: '2026-03-02T20:00:00.000Z' });
    expect((await room.dueStep('asleep'))?.dueAt).toBe('2026-03-02T20:00:00.000Z');
  });

  it('goes at once when it answers what the lead has just done', async () => {
    await room.addLead('awake', { attributes: { timeZone: 'UTC' } });
    await begin('awake', quiet);
    await knock('awake', 'welcome', 1, quiet);
    expect(room.mails('awake@example.com')).toHaveLength(1);
  });

  it('is brought once the night is over', async () => {
    room.advance(11 * hourMs);
    await knock('asleep', 'welcome', 1, quiet);
    expect(room.mails('asleep@example.com')).toHaveLength(1);
    // Counted from the plan, not from the morning.
    expect(Date.parse((await walkOf('asleep'))?.plannedAt ?? '') - quiet.now()).toBeLessThan(2 * dayMs);
  });
});

describe('caps', () => {
  const single = (id: string, template: string) => one(id, { name: id, steps: [{ kind: 'email', template }] });
  const many = Sequences.parse([single('a', 'welcome-1'), single('b', 'welcome-2'), single('c', 'welcome-3')]);
  const capped = withHolds({ sequences: many, account: { caps: { perDay: 2, perWeek: 2 } } });

  it('I-M5 hold even when every sequence is due in the same instant, and three workers bring them', async () => {
    await room.addLead('popular');
    await begin('popular', capped);
    await Promise.allSettled(['a', 'b', 'c'].map((id) => knock('popular', id, 1, capped)));
    for (const id of ['a', 'b', 'c']) await knock('popular', id, 1, capped);
    expect(room.mails('popular@example.com')).toHaveLength(2);
    const walks = await Promise.all(['a', 'b', 'c'].map((id) => walkOf('popular', id)));
    const held = walks.filter((walk) => walk?.because === 'weekly-cap');
    expect(held).toHaveLength(1);
    expect(Date.parse(held[0]?.dueAt ?? '') - capped.now()).toBeGreaterThan(5 * dayMs);
  });

  it('leave room again when the week is over', async () => {
    room.advance(7 * dayMs);
    const held = (await Promise.all(['a', 'b', 'c'].map((id) => walkOf('popular', id)))).find(
      (walk) => walk?.status === 'active',
    );
    await knock('popular', held?.sequence ?? '', 1, capped);
    expect(room.mails('popular@example.com')).toHaveLength(3);
  });
});

describe('a sequence of higher priority', () => {
  const both = withHolds({
    sequences: Sequences.parse([
      one('teaching', { priority: 20 }),
      one('buying', { priority: 80, steps: [{ kind: 'email', template: 'welcome-3' }] }),
    ]),
  });

  it('goes first: the other waits for its end', async () => {
    await room.addLead('between');
    await begin('between', both, new Date(both.now() - hourMs).toISOString());
    await knock('between', 'teaching', 1, both);
    expect(room.mails('between@example.com')).toEqual([]);
    expect(await walkOf('between', 'teaching')).toMatchObject({ because: 'priority' });
    await knock('between', 'buying', 1, both);
    expect(room.mails('between@example.com')).toHaveLength(1);
  });
});

describe('an e-mail of two sequences', () => {
  const twins = withHolds({ sequences: Sequences.parse([one('first', {}), one('second', {})]) });

  it('reaches the lead once, and both walks go on', async () => {
    await room.addLead('twins');
    await begin('twins', twins);
    await Promise.allSettled(['first', 'second'].map((id) => knock('twins', id, 1, twins)));
    for (const id of ['first', 'second']) await knock('twins', id, 1, twins);
    expect(room.mails('twins@example.com')).toHaveLength(1);
    const walks = await Promise.all(['first', 'second'].map((id) => walkOf('twins', id)));
    expect(walks.map((walk) => walk?.step)).toEqual([3, 3]);
    const sends = await twins.sends.list('twins');
    expect(sends.map(({ status }) => status).toSorted()).toEqual(['cancelled', 'sent']);
  });
});

describe('the switch', () => {
  const switches = sendingSwitchStore(leads);
  const turn = async (paused: 'nothing' | 'marketing', stopped: readonly string[]) => {
    const change = pause(await switches.get(), paused, { reason: 'a test', by: 'ana', now: room.deps.now() });
    expect(await switches.save({ ...change, after: { ...change.after, sequences: [...stopped] } })).toBe('saved');
  };

  it('holds marketing back at the claim itself, and lets the walk say why', async () => {
    await room.addLead('switched');
    await begin('switched', room.deps);
    await turn('marketing', []);
    await knock('switched', 'welcome', 1, room.deps);
    expect(room.mails('switched@example.com')).toEqual([]);
    expect(await walkOf('switched')).toMatchObject({ because: 'paused', status: 'active' });
    await turn('nothing', ['welcome']);
    room.advance(hourMs);
    await knock('switched', 'welcome', 1, room.deps);
    expect(room.mails('switched@example.com')).toEqual([]);
    await turn('nothing', []);
    room.advance(hourMs);
    await knock('switched', 'welcome', 1, room.deps);
    expect(room.mails('switched@example.com')).toHaveLength(1);
  });
});
