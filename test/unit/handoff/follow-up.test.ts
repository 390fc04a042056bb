import { describe, expect, it } from 'vitest';
import { isLost, lookAt, mayAskAbout, taskAfter } from '../../../functions/handoff/follow-up.ts';
import { Handoff } from '../../../functions/handoff/handoff.ts';
import { holderOf, leadOfTask } from '../../../functions/handoff/task.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { aRecorded } from '../../support/nurture.ts';
import { aPlan } from './a-follow-up-plan.ts';
import { aLead, aTeam, monday } from './a-qualified-lead.ts';

const plan = aPlan();
const team = aTeam();
const dayMs = 86_400_000;
const at = (days: number) => new Date(Date.parse(monday) + days * dayMs).toISOString();
const now = Date.parse(monday) + 30 * dayMs;

type Entry = Handoff['history'][number];
const told = (what: Entry['what'], days: number): Entry => ({ what, at: at(days), rep: 'ana' });

function aHandoff(given: Partial<Handoff>): Handoff {
  return Handoff.parse({
    ...{ handoffId: 'abcdefgh.1', leadId: 'abcdefgh', cycle: 1, status: 'accepted', rep: 'ana', turn: 1, level: 'rep' },
    reason: { rule: 'round-robin', method: 'round-robin', candidates: ['ana'], exclusions: [] },
    ...{ qualifiedBy: 'threshold', qualifiedAt: monday, score: 55, explanation: [] },
    consent: { marketing: 'granted', suppressed: false },
    ...{ firstAssignedAt: monday, assignedAt: monday, dueAt: null, acceptedAt: at(0), firstTouchAt: null },
    ...{ outcome: null, outcomeReason: null, amount: null, closedAt: null, notes: [], ver: 2 },
    history: [told('assigned', 0), told('accepted', 0)],
    ...given,
  });
}

const taskOf = (given: Partial<Handoff>, by = plan) => taskAfter(aHandoff(given), by.sql, team, now);

describe('the task of a rep (U2)', () => {
  it('follows a week after the lead was accepted and nothing more was heard', () => {
    expect(taskOf({})).toMatchObject({
      ...{ leadId: 'abcdefgh', handoffId: 'abcdefgh.1', rep: 'ana', asks: 'follow-up', dueAt: at(7) },
      ...{ title: { en: 'Follow up' }, because: { what: 'accepted', at: at(0) }, doneAt: null },
    });
  });

  it('moves on with every contact, and is another task then', () => {
    const history = [told('accepted', 0), told('contacted', 3), told('meeting', 5)];
    const later = taskOf({ history });
    expect(later).toMatchObject({ because: { what: 'meeting', at: at(5) }, dueAt: at(12) });
    expect(later?.taskId).not.toBe(taskOf({})?.taskId);
    expect(later?.taskId).toBe(taskOf({ history, ver: 9 })?.taskId);
  });

  it('is asked of nobody while nobody has accepted, nor after the end', () => {
    expect(taskOf({ status: 'assigned', history: [told('assigned', 0)] })).toBeNull();
    for (const status of ['won', 'rejected', 'recycled'] as const)
      expect(taskOf({ status, closedAt: at(4), history: [told('accepted', 0), told(status, 4)] })).toBeNull();
  });

  it('asks again some time after a lost deal, if the plan says so', () => {
    const history = [told('accepted', 0), told('lost', 10)];
    const lost = { status: 'lost' as const, closedAt: at(10), history };
    expect(taskOf(lost)).toMatchObject({ asks: 'ask-again', dueAt: at(100), title: { en: 'Ask again' } });
    expect(taskOf(lost, aPlan({ asksAgain: false }))).toBeNull();
  });

  it('goes to the manager when the rep has left the team', () => {
    expect(taskOf({ rep: 'zoe' })?.rep).toBe('marta');
    expect(['ana', 'zoe', 'marta'].map((rep) => holderOf({ rep }, team))).toEqual(['ana', 'marta', 'marta']);
  });

  it('is not about who has bought since, is no buyer, or has called our mail spam', () => {
    const because = { because: { what: 'accepted', at: monday } } as const;
    const customer = (days: number) => ({ milestones: { customer: { activityId: 'deal', occurredAt: at(days) } } });
    const may = (given: Partial<Lead>) => mayAskAbout(aLead(given), because);
    expect(may({})).toBe(true);
    expect(may(customer(-90))).toBe(true);
    expect(may(customer(2))).toBe(false);
    expect(may({ disqualified: { ruleId: 'student', at: monday } })).toBe(false);
    expect(may({ suppressed: { reason: 'unsubscribe', at: monday } })).toBe(true);
    expect(may({ suppressed: { reason: 'complaint', at: monday } })).toBe(false);
  });

  it('has an id that names its lead', () => {
    expect(leadOfTask(taskOf({})?.taskId ?? '')).toBe('abcdefgh');
    for (const other of ['', 'abcdefgh', '../x.y', 'a.b.c']) expect(leadOfTask(other)).toBeNull();
  });
});

describe('an MQL without a next step (U3)', () => {
  const became = { activityId: 'activity-1', occurredAt: monday };
  const mql = (given: Partial<Lead> = {}) => aLead({ milestones: { lead: became, mql: became }, ...given });
  const { mql: followUp } = plan;
  if (followUp.strategy !== 're-engage') throw new Error('the plan re-engages');
  const isIt = (given: Partial<Lead>, history = [aRecorded({ type: 'page.viewed' })]) =>
    isLost(mql(given), 'mql', followUp, history);

  it('is looked for when the time of the plan is over', () => {
    expect(lookAt(mql().milestones, 'mql', plan)).toBe(at(14));
    expect(lookAt(aLead().milestones, 'mql', plan)).toBeNull();
    expect(lookAt({ trial: became }, 'trial', plan)).toBeNull();
  });

  it('is who did none of what was hoped for', () => {
    expect(isIt({})).toBe(true);
    expect(isIt({}, [aRecorded({ type: 'appointment.booked' })])).toBe(false);
    expect(isIt({}, [aRecorded({ properties: { form: 'demo' } })])).toBe(false);
    expect(isIt({}, [aRecorded({ properties: { form: 'webinar' } })])).toBe(true);
  });

  it('is nobody who became one by an old file, whatever they do since', () => {
    expect(isIt({}, [aRecorded({ type: 'page.viewed', quiet: true })])).toBe(false);
    expect(isIt({}, [aRecorded({ activityId: 'other', type: 'page.viewed', quiet: true })])).toBe(true);
  });

  it('is nobody whom sales has, who is of another type, has bought, is no buyer, or must not be written to', () => {
    const qualification = { cycle: 1, reason: 'threshold', activityId: 'a', score: 55, qualifiedAt: monday } as const;
    expect(isIt({ qualification: { ...qualification, open: true } })).toBe(false);
    for (const further of ['sql', 'trial', 'customer'])
      expect(isIt({ milestones: { mql: became, [further]: became } })).toBe(false);
    expect(isIt({ disqualified: { ruleId: 'student', at: monday } })).toBe(false);
    expect(isIt({ suppressed: { reason: 'unsubscribe', at: monday } })).toBe(false);
    expect(isIt({ consent: {} })).toBe(false);
  });
});
