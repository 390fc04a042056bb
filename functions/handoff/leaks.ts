import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { dayMs } from '../leads/fold.ts';
import { type Lead, Milestone } from '../leads/lead.ts';
import { type Handoff, isOpen } from './handoff.ts';

/** Why somebody did not go on. The first that is so, in this order, and no other (U6). */
export const Leak = z.enum(['rejected', 'lost', 'no-follow-up', 'recycled', 'no-engagement', 'no-pricing', 'stopped']);
export type Leak = z.infer<typeof Leak>;

/** What cannot be called a leak yet: sales has them, or it is too early to say. */
export const UnderWay = z.enum(['with-sales', 'young']);
export type UnderWay = z.infer<typeof UnderWay>;

export type Fate =
  | { readonly fate: 'went-on' }
  | { readonly fate: 'under-way'; readonly cause: UnderWay }
  /** `reason`: what sales said of them, of `rejectionReasons` or `lossReasons`. */
  | { readonly fate: 'leaked'; readonly cause: Leak; readonly reason: string | null };

/** Somebody who became what is asked about. */
export interface Case {
  readonly lead: Pick<Lead, 'milestones' | 'qualification' | 'fold'>;
  /** Their latest. */
  readonly handoff: Handoff | null;
  /** When they became it (ISO). */
  readonly reachedAt: string;
}

export interface LeakQuestion {
  /** What they should have become. */
  readonly goal: Milestone;
  /** Sales has done nothing for so many days: nobody follows up. */
  readonly noFollowUpDays: number;
  /** Does the scoring model know who looked at prices? */
  readonly knowsPricing: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** So long somebody has to show interest before we say that they show none. */
export const quietDays = 30;

/** What became of them as far as goals and sales tell; `null`: only what they did themselves can say. */
export function fateWithSales(
  { lead, handoff, reachedAt }: Case,
  { goal, noFollowUpDays, now }: LeakQuestion,
): Fate | null {
  if (hasReached(lead, goal)) return { fate: 'went-on' };
  switch (handoff?.status) {
    case 'won':
      return { fate: 'went-on' };
    case 'rejected':
    case 'lost':
      return { fate: 'leaked', cause: handoff.status, reason: handoff.outcomeReason };
    case 'recycled':
      return { fate: 'leaked', cause: 'recycled', reason: null };
  }
  if (handoff && isOpen(handoff)) {
    const isForgotten = lastDeedMs(handoff) + noFollowUpDays * dayMs <= now;
    return isForgotten
      ? { fate: 'leaked', cause: 'no-follow-up', reason: null }
      : { fate: 'under-way', cause: 'with-sales' };
  }
  // Their hand-off is about to be written.
  if (lead.qualification?.open) return { fate: 'under-way', cause: 'with-sales' };
  return Date.parse(reachedAt) + quietDays * dayMs > now ? { fate: 'under-way', cause: 'young' } : null;
}

/** Why they left by themselves. `history`: what happened in the `quietDays` after. */
export function ownLeak({ lead, reachedAt }: Case, history: readonly Activity[], { knowsPricing }: LeakQuestion): Fate {
  const isEngaged = history.some((activity) => activity.occurredAt > reachedAt && isTheirs(activity));
  if (!isEngaged) return { fate: 'leaked', cause: 'no-engagement', reason: null };
  const sawPrices = !knowsPricing || lead.fold.firsts[pricingSignal] !== undefined;
  return { fate: 'leaked', cause: sawPrices ? 'stopped' : 'no-pricing', reason: null };
}

/** The signal of the scoring model that says so. */
const pricingSignal = 'pricing-page';

/** Does this scoring model know who looked at prices? */
export function hasPricingSignal(model: unknown): boolean {
  return Signals.parse(model).signals[pricingSignal] !== undefined;
}

const Signals = z.object({ signals: z.record(z.string(), z.unknown()).default({}) });

/** The goal, or what lies beyond it. That somebody tries the product says only that. */
function hasReached({ milestones }: Case['lead'], goal: Milestone): boolean {
  return goalsAfter(goal, true).some(
    (each) => (each !== 'trial' || goal === 'trial') && milestones[each] !== undefined,
  );
}

/** What may come after a step of a lead's life, the next one first. */
export function goalsAfter(stage: Milestone, included = false): readonly Milestone[] {
  return Milestone.options.slice(Milestone.options.indexOf(stage) + (included ? 0 : 1));
}

/** When sales last did something for them; that time ran out, or somebody else got them, is nothing done. */
function lastDeedMs({ history, firstAssignedAt, qualifiedAt }: Handoff): number {
  const deeds = history.filter(({ what }) => what === 'accepted' || what === 'contacted' || what === 'meeting');
  return Math.max(Date.parse(firstAssignedAt ?? qualifiedAt), ...deeds.map(({ at }) => Date.parse(at)));
}

/** What a person did themselves; opens and clicks of machines, and what we or sales did, are not. */
function isTheirs({ type, source, verdict }: Activity): boolean {
  if (type === 'email.opened' || type === 'email.clicked') return verdict?.by === 'human';
  if (type.startsWith('email.')) return type === 'email.replied';
  return source !== 'operator' && source !== 'handoff' && !ours.includes(type);
}

const ours: readonly string[] = ['audience.joined', 'score.adjusted', 'address.changed', 'deal.won', 'deal.lost'];
