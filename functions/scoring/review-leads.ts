import * as z from 'zod';
import { operatorLine } from '../leads/operator-line.ts';
import type { ReviewStore } from '../leads/review.store.ts';
import { ReviewDecision } from '../leads/review.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import { type DecideDeps, type Decision, type DecisionOutcome, decideReview } from './decide-review.ts';

export interface ReviewDeps extends DecideDeps {
  readonly reviews: Pick<ReviewStore, 'get' | 'list'>;
  /** Is there time for another lead? */
  readonly hasTime: () => boolean;
}

const Posted = z.object({
  decision: z.enum(ReviewDecision.options, 'write hand-over, which tells sales, or leave'),
  author: operatorLine('who you are', 200),
});

/**
 * `GET /api/reviews`: leads that only a change of the playbook brought over the threshold. `POST /api/reviews/{leadId}` decides on one
 * of them, `POST /api/reviews` on all (T4): with `hand-over` everybody is notified whom the change concerns.
 */
export async function reviewLeads(request: HttpRequest, deps: ReviewDeps): Promise<HttpAnswer> {
  if (request.method === 'GET') return listReviews(request, deps);
  const { leadId } = request.params;
  const decide = async (fields: unknown) => {
    const decision = postedAs(Posted, fields);
    return leadId === undefined ? json(200, await decideAll(decision, deps)) : decideOne(leadId, decision, deps);
  };
  return answerPosted(request, '/review', decide, `/review?decided=${encodeURIComponent(leadId ?? 'all')}`);
}

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2048).optional(),
});

async function listReviews({ query }: Pick<HttpRequest, 'query'>, { reviews }: ReviewDeps): Promise<HttpAnswer> {
  const { limit, cursor } = postedAs(Query, Object.fromEntries(query));
  const page = await reviews.list(limit, cursor);
  return json(200, { reviews: page.items, cursor: page.cursor });
}

const why: Readonly<Record<Extract<DecisionOutcome, { outcome: 'not-qualified' }>['reason'], string>> = {
  'with-sales': 'Sales has this lead already: leave it.',
  complaint: 'This person has called our mail spam and is not to be called: leave it.',
  'refuses-contact': 'They have said that they want no call from us: leave it, unless they ask for one.',
  disqualified: 'A rule of the playbook says that this is no buyer for us: leave it.',
  'below-threshold': 'The score has fallen below the threshold since: leave it, or wait until it is back.',
  'no-recent-signal': 'The last buying signal is too long ago: leave it, or wait for the next one.',
};

async function decideOne(leadId: string, decision: Decision, deps: ReviewDeps): Promise<HttpAnswer> {
  const decided = await decideReview(leadId, decision, deps);
  if (decided.outcome === 'not-waiting')
    throw new RequestError(
      404,
      'no-review',
      'Nothing waits for a decision on this lead: somebody has decided already.',
    );
  if (decided.outcome === 'not-qualified') throw new RequestError(409, decided.reason, why[decided.reason]);
  return json(200, { leadId, ...decided });
}

/** What became of all that waited. `kept` do not qualify today; `more`: the time was up, so ask again. */
interface DecidedAll {
  readonly handedOver: number;
  readonly left: number;
  readonly kept: number;
  readonly more: boolean;
}

async function decideAll(decision: Decision, deps: ReviewDeps): Promise<DecidedAll> {
  const count = { 'handed-over': 0, left: 0, 'not-qualified': 0, 'not-waiting': 0 };
  let cursor: string | undefined;
  let more = false;
  do {
    const page = await deps.reviews.list(100, cursor);
    for (const { leadId } of page.items) {
      more = !deps.hasTime();
      if (more) break;
      const { outcome } = await decideReview(leadId, decision, deps);
      count[outcome] += 1;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && !more);
  return { handedOver: count['handed-over'], left: count.left, kept: count['not-qualified'], more };
}
