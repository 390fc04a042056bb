import { describe, expect, it } from 'vitest';
import { Handoff } from '../../../functions/handoff/handoff.ts';
import {
  type Case,
  type Fate,
  fateWithSales,
  goalsAfter,
  hasPricingSignal,
  type Leak,
  type LeakQuestion,
  ownLeak,
} from '../../../functions/handoff/leaks.ts';
import type { Activity } from '../../../functions/leads/activity.ts';
import { aLead } from '../../support/lead.ts';
import { aRecorded, dayMs } from '../../support/nurture.ts';

const reachedAt = '2026-03-02T09:00:00.000Z';
const day = (days: number) => new Date(Date.parse(reachedAt) + days * dayMs).toISOString();
const at = { activityId: 'activity-1', occurredAt: reachedAt };
const fold = aLead().fold;

function aHandoff(given: Partial<Handoff>): Handoff {
  return Handoff.parse({
    ...{ handoffId: 'ana.1', leadId: 'ana', cycle: 1, status: 'assigned', rep: 'bruno', turn: 1, level: 'rep' },
    reason: { rule: 'round-robin', method: 'round-robin', candidates: ['bruno'], exclusions: [] },
    ...{ qualifiedBy: 'threshold', qualifiedAt: day(1), score: 55, explanation: [] },
    consent: { marketing: 'granted', suppressed: false },
    ...{ firstAssignedAt: day(1), assignedAt: day(1), dueAt: null, acceptedAt: null, firstTouchAt: null },
    ...{ outcome: null, outcomeReason: null, amount: null, closedAt: null, notes: [], history: [], ver: 1 },
    ...given,
  });
}

function aCase({ handoff, ...lead }: { handoff?: Partial<Handoff> } & Partial<Case['lead']> = {}): Case {
  return {
    lead: { milestones: { lead: at, mql: at }, qualification: null, fold, ...lead },
    handoff: handoff ? aHandoff(handoff) : null,
    reachedAt,
  };
}

const asked = (given: Partial<LeakQuestion> = {}): LeakQuestion => ({
  ...{ goal: 'customer', noFollowUpDays: 7, knowsPricing: true, now: Date.parse(day(60)) },
  ...given,
});

const leaked = (cause: Leak, reason: string | null = null): Fate => ({ fate: 'leaked', cause, reason });
const entry = (what: 'accepted' | 'contacted' | 'missed', days: number) => ({ at: day(days), what, rep: 'bruno' });

describe('what became of somebody, as far as goals and sales tell', () => {
  it.each<[string, Case, LeakQuestion, Fate | null]>([
    [
      'bought',
      aCase({ milestones: { mql: at, customer: at }, handoff: { status: 'lost', outcomeReason: 'price' } }),
      asked(),
      { fate: 'went-on' },
    ],
    ['won, and the ledger does not have it yet', aCase({ handoff: { status: 'won' } }), asked(), { fate: 'went-on' }],
    [
      'is further than the goal',
      aCase({ milestones: { mql: at, opportunity: at } }),
      asked({ goal: 'sql' }),
      { fate: 'went-on' },
    ],
    [
      'tries the product, which is no sale',
      aCase({ milestones: { mql: at, trial: at } }),
      asked({ goal: 'sql' }),
      null,
    ],
    [
      'tries the product, as they should',
      aCase({ milestones: { mql: at, trial: at } }),
      asked({ goal: 'trial' }),
      { fate: 'went-on' },
    ],
    [
      'was rejected',
      aCase({ handoff: { status: 'rejected', outcomeReason: 'not-ready' } }),
      asked(),
      leaked('rejected', 'not-ready'),
    ],
    ['was lost', aCase({ handoff: { status: 'lost', outcomeReason: 'price' } }), asked(), leaked('lost', 'price')],
    ['was given back', aCase({ handoff: { status: 'recycled' } }), asked(), leaked('recycled')],
    ['was assigned and forgotten', aCase({ handoff: {} }), asked({ now: Date.parse(day(8)) }), leaked('no-follow-up')],
    [
      'was assigned lately',
      aCase({ handoff: {} }),
      asked({ now: Date.parse(day(8)) - 1 }),
      { fate: 'under-way', cause: 'with-sales' },
    ],
    [
      'waits in the queue too long',
      aCase({ handoff: { status: 'queued', firstAssignedAt: null, assignedAt: null } }),
      asked(),
      leaked('no-follow-up'),
    ],
    [
      'was called lately',
      aCase({ handoff: { status: 'accepted', history: [entry('accepted', 2), entry('contacted', 55)] } }),
      asked(),
      { fate: 'under-way', cause: 'with-sales' },
    ],
    [
      'was called long ago',
      aCase({ handoff: { status: 'accepted', history: [entry('accepted', 2), entry('contacted', 53)] } }),
      asked(),
      leaked('no-follow-up'),
    ],
    [
      'was missed again and again: nothing was done',
      aCase({ handoff: { history: [entry('missed', 58)] } }),
      asked(),
      leaked('no-follow-up'),
    ],
    [
      'has another patience',
      aCase({ handoff: {} }),
      asked({ noFollowUpDays: 60 }),
      { fate: 'under-way', cause: 'with-sales' },
    ],
    [
      'is about to be handed off',
      aCase({
        qualification: { cycle: 1, reason: 'threshold', activityId: 'a', score: 55, qualifiedAt: day(1), open: true },
      }),
      asked(),
      { fate: 'under-way', cause: 'with-sales' },
    ],
    ['is an MQL of yesterday', aCase(), asked({ now: Date.parse(day(1)) }), { fate: 'under-way', cause: 'young' }],
    ['has had their time', aCase(), asked({ now: Date.parse(day(30)) }), null],
  ])('%s', (_, one, question, expected) => {
    const fate = fateWithSales(one, question);
    if (expected === null) expect(fate).toBeNull();
    else expect(fate).toEqual(expected);
  });
});

describe('why somebody left by themselves', () => {
  const told = (given: Partial<Activity>) => aRecorded({ occurredAt: day(3), ...given });
  const sawPrices = aCase({ fold: { ...fold, firsts: { 'pricing-page': at } } });

  it.each<[string, Case, Partial<Activity>[], Leak]>([
    ['nothing came', sawPrices, [], 'no-engagement'],
    ['only what made them one', sawPrices, [{ occurredAt: reachedAt }], 'no-engagement'],
    [
      'only our mail',
      sawPrices,
      [
        { type: 'email.sent', source: 'ses' },
        { type: 'email.delivered', source: 'ses' },
      ],
      'no-engagement',
    ],
    [
      'only a scanner',
      sawPrices,
      [{ type: 'email.clicked', source: 'ses', verdict: { by: 'machine', reasons: [] } }],
      'no-engagement',
    ],
    [
      'only we and sales',
      sawPrices,
      [
        { type: 'audience.joined', source: 'handoff' },
        { type: 'score.adjusted', source: 'operator' },
      ],
      'no-engagement',
    ],
    [
      'they clicked, and never saw prices',
      aCase(),
      [{ type: 'email.clicked', source: 'ses', verdict: { by: 'human', reasons: [] } }],
      'no-pricing',
    ],
    ['they wrote back, and never saw prices', aCase(), [{ type: 'email.replied', source: 'ses' }], 'no-pricing'],
    ['they came by, and had seen prices', sawPrices, [{ type: 'page.viewed', source: 'tracker' }], 'stopped'],
  ])('%s', (_, one, history, cause) => {
    expect(ownLeak(one, history.map(told), asked())).toEqual(leaked(cause));
  });

  it('is not that they saw no prices where nobody notes who did', () => {
    expect(ownLeak(aCase(), [told({ type: 'page.viewed' })], asked({ knowsPricing: false }))).toEqual(
      leaked('stopped'),
    );
    expect(hasPricingSignal({ signals: { 'pricing-page': {} } })).toBe(true);
    expect(hasPricingSignal({})).toBe(false);
  });
});

it('knows what may come after a step', () => {
  expect(goalsAfter('sql')).toEqual(['trial', 'opportunity', 'customer']);
  expect(goalsAfter('customer')).toEqual([]);
});
