import { afterAll, describe, expect, it } from 'vitest';
import type { Activity } from '../../../functions/leads/activity.ts';
import { followActivity, followSuppression } from '../../../functions/nurture/follow-lead.ts';
import { resolveSend } from '../../../functions/nurture/resolve-send.ts';
import { type StepDeps, sendStep } from '../../../functions/nurture/send-step.ts';
import { Sequences } from '../../../functions/nurture/sequence.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRecorded, dayMs, sequences } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const iso = (shiftMs = 0) => new Date(room.deps.now() + shiftMs).toISOString();
const follow = (leadId: string, given: Partial<Activity>, deps: StepDeps = room.deps) =>
  followActivity(
    { leadId, activity: aRecorded({ occurredAt: iso(), ...given }), quiet: false },
    { ...room.follow, ...deps },
  );
const walkOf = (leadId: string) => room.deps.enrollments.get(leadId, 'welcome');

/** Knocks as the sweep does, four times a day. */
async function live(leadId: string, days: number, deps: StepDeps): Promise<void> {
  for (let quarter = 0; quarter < days * 4; quarter++) {
    const walk = await walkOf(leadId);
    if (walk?.status === 'active') await sendStep(walk, deps);
    room.advance(dayMs / 4);
  }
}

describe('what began an earlier walk, told again', () => {
  const again = Sequences.parse([{ ...sequences[0], reentry: { after: 'P1D' } }]);
  const deps = { ...room.deps, sequences: async () => again };

  it('begins nothing, and blocks nothing that comes after', async () => {
    await room.addLead('replayed');
    const first = { activityId: 'cause-a', occurredAt: iso() };
    await follow('replayed', first, deps);
    await live('replayed', 7, deps);
    room.advance(9 * dayMs);
    await follow('replayed', { activityId: 'cause-b' }, deps);
    await live('replayed', 7, deps);
    expect(room.mails('replayed@example.com')).toHaveLength(6);
    room.advance(2 * dayMs);
    await follow('replayed', first, deps);
    await live('replayed', 2, deps);
    expect(await walkOf('replayed')).toMatchObject({ run: 'cause-b', status: 'completed' });
    room.advance(9 * dayMs);
    await follow('replayed', { activityId: 'cause-c' }, deps);
    await live('replayed', 7, deps);
    expect(room.mails('replayed@example.com')).toHaveLength(9);
  });

  it('begins nothing when it is old, unless an operator says that it is live', async () => {
    await room.addLead('archive');
    await follow('archive', { occurredAt: iso(-200 * dayMs) });
    expect(await walkOf('archive')).toBeNull();
    await follow('archive', { occurredAt: iso(-200 * dayMs), source: 'import' });
    expect(await walkOf('archive')).toMatchObject({ status: 'active' });
  });
});

describe('old news', () => {
  it.each<[string, Partial<Activity>]>([
    ['a reply of last month', { type: 'email.replied', source: 'ses', occurredAt: iso(-30 * dayMs) }],
    ['a reply that anybody may tell the tracker', { type: 'email.replied', source: 'tracker' }],
  ])('%s ends no walk', async (name, activity) => {
    const leadId = name.replaceAll(' ', '-');
    await room.addLead(leadId);
    await follow(leadId, {});
    await follow(leadId, { activityId: 'reply-1', ...activity });
    expect(await walkOf(leadId)).toMatchObject({ status: 'active' });
    await follow(leadId, { activityId: 'reply-2', type: 'email.replied', source: 'ses' });
    expect(await walkOf(leadId)).toMatchObject({ exit: { reason: 'replied' } });
  });

  it('of a no before a new yes ends no walk; of one that stands, every walk', async () => {
    await room.addLead('came-back');
    await follow('came-back', {});
    await followSuppression('came-back', { ...room.follow, ...room.deps });
    expect(await walkOf('came-back')).toMatchObject({ status: 'active' });
    await room.addLead('gone', { suppressed: null });
    await follow('gone', {});
    await room.addLead('gone', { suppressed: { reason: 'complaint', at: iso() } });
    await followSuppression('gone', { ...room.follow, ...room.deps });
    expect(await walkOf('gone')).toMatchObject({ exit: { reason: 'suppressed' } });
  });
});

describe('a marketing e-mail that must arrive', () => {
  const must = Sequences.parse([
    { ...sequences[0], steps: [{ kind: 'email', template: 'welcome-1', policy: 'atLeastOnce' }] },
  ]);
  const deps = { ...room.deps, sequences: async () => must };

  it('is tried once more by the way every message goes: not at night', async () => {
    await room.addLead('again');
    await follow('again', {}, deps);
    const unheard: StepDeps = { ...deps, sendMail: async () => ({ outcome: 'unknown', reason: 'ECONNRESET' }) };
    await room.knock('again', 1, unheard);
    room.advance(20 * 60_000);
    await resolveSend({ leadId: 'again', sequence: 'welcome', run: 'activity-1', step: 1 }, deps);
    expect(await room.sendAt('again', 1)).toMatchObject({ status: 'retry', resent: true });
    room.advance(60 * 60_000);
    const night = { ...deps, account: { ...deps.account, quietHours: { from: '00:00', to: '20:00' } } };
    await room.knock('again', 1, night);
    expect(await walkOf('again')).toMatchObject({ because: 'quiet-hours' });
    room.advance(dayMs);
    await room.knock('again', 1, deps);
    expect(await room.sendAt('again', 1)).toMatchObject({ status: 'sent', resent: true });
    expect(room.mails('again@example.com')).toHaveLength(1);
  });
});
