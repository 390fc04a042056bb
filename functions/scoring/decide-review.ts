import { mayCall } from '../consent/consent.ts';
import { byOccurrence } from '../leads/activity.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import type { ReviewStore } from '../leads/review.store.ts';
import type { Review, ReviewDecision } from '../leads/review.ts';
import type { ModelStore } from './model.store.ts';
import { qualifiedEvent } from './qualified-event.ts';
import { changedMilestones, hasCrossed, mayQualify, qualify } from './record.ts';
import { settle } from './settle.ts';

export interface DecideDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history' | 'save'>;
  readonly reviews: Pick<ReviewStore, 'get'>;
  readonly models: Pick<ModelStore, 'get'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Decision {
  readonly decision: ReviewDecision;
  /** Who has decided. */
  readonly author: string;
}

/**
 * `not-waiting`: there is nothing to decide on this lead. `not-qualified`: sales would not get this lead by its own doing today either;
 * the review stays, to be left or to be handed over when the score is back.
 */
export type DecisionOutcome =
  | { readonly outcome: 'handed-over'; readonly cycle: number }
  | { readonly outcome: 'left' }
  | { readonly outcome: 'not-waiting' }
  | { readonly outcome: 'not-qualified'; readonly reason: NotQualified };

type NotQualified =
  | 'with-sales'
  | 'complaint'
  | 'refuses-contact'
  | 'disqualified'
  | 'below-threshold'
  | 'no-recent-signal';

/**
 * What a person decides on a lead that a change of the playbook brought over the threshold. Handing over qualifies the lead and tells
 * sales, in one transaction with the decision; deciding twice changes nothing.
 */
export async function decideReview(leadId: string, decision: Decision, deps: DecideDeps): Promise<DecisionOutcome> {
  for (let round = 0; round < 100; round++) {
    const lead = await deps.leads.get(leadId);
    // After the lead: what somebody else decides from now on is a new `ver` of the lead, and ours is refused.
    const review = await deps.reviews.get(leadId);
    if (!lead || review === null || review.decided !== null) return { outcome: 'not-waiting' };
    const answer = await decide(lead, review, decision, deps);
    if (answer !== 'conflict') return answer;
  }
  throw new Error('this lead is written to by too many at once: try again');
}

async function decide(
  lead: Lead,
  review: Review,
  { decision, author }: Decision,
  { leads, models, now }: DecideDeps,
): Promise<DecisionOutcome | 'conflict'> {
  const at = now();
  const decided = { ...review, decided: { decision, author, at: new Date(at).toISOString() } };
  const nothing = { recorded: [], rejudged: [], holders: {}, evidence: [], statements: [] };
  if (decision === 'leave') {
    const left = { ...lead, ver: lead.ver + 1 };
    const saved = await leads.save({ ...nothing, lead: left, milestones: [], outbox: [], review: decided });
    return saved.outcome === 'saved' ? { outcome: 'left' } : 'conflict';
  }
  const model = await models.get(lead.modelVersion);
  const signal = Object.values(lead.fold.lasts).sort(byOccurrence).at(-1) ?? null;
  const settled = settle(lead, model, at, signal);
  const reason = reasonNot(settled, model.model.threshold);
  if (reason) return { outcome: 'not-qualified', reason };
  if (!signal || !hasCrossed(settled, model, at)) return { outcome: 'not-qualified', reason: 'no-recent-signal' };
  const qualified = { ...qualify(settled, signal.activityId, 'threshold', { model, now: at }), ver: lead.ver + 1 };
  const saved = await leads.save({
    ...nothing,
    lead: qualified,
    milestones: changedMilestones(lead, qualified),
    outbox: [qualifiedEvent(qualified, await leads.history(lead.leadId), model)],
    review: decided,
  });
  if (saved.outcome !== 'saved') return 'conflict';
  return { outcome: 'handed-over', cycle: qualified.qualification?.cycle ?? 1 };
}

function reasonNot(lead: Lead, threshold: number): NotQualified | null {
  if (lead.qualification?.open) return 'with-sales';
  if (lead.disqualified) return 'disqualified';
  if (!mayQualify(lead)) return 'complaint';
  if (!mayCall(lead)) return 'refuses-contact';
  return lead.score.total < threshold ? 'below-threshold' : null;
}
