import type { Lead } from '../leads/lead.ts';
import type { Review } from '../leads/review.ts';
import type { CompiledModel } from './compiled-model.ts';
import { hasCrossed, mayQualify } from './record.ts';
import { settle } from './settle.ts';

/** A lead that changes its model: as it was read, and as the new model makes it of the same ledger. */
export interface Move {
  readonly before: Lead;
  readonly was: CompiledModel;
  readonly after: Lead;
  readonly model: CompiledModel;
  /** The lead's latest review. */
  readonly review: Review | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The lead to store, and its review: `null` takes one back, `undefined` leaves everything as it is. */
export interface QuietMove {
  readonly lead: Lead;
  readonly review: Review | null | undefined;
  /** The change has brought this lead over the threshold. */
  readonly isCrossing: boolean;
}

/**
 * A threshold that a lead crosses only because the model has changed is no news for sales: a person looks at it first, and until
 * then the lead is not armed (T4). A later change that takes the lead below the threshold again takes the review back as well.
 */
export function crossQuietly(move: Move): QuietMove {
  const { before, after, model, review, now } = move;
  const isThere = mayQualify(after) && hasCrossed(after, model, now);
  const waits = review?.decided === null ? review : null;
  if (!isThere) {
    const lead = isHeldForReview(move) ? { ...after, armed: true } : after;
    return { lead, review: waits === null ? undefined : null, isCrossing: false };
  }
  if (waits)
    return {
      lead: { ...after, armed: false },
      review: { ...waits, modelVersion: model.version, after: after.score.total },
      isCrossing: false,
    };
  const then = settle(before, move.was, now);
  // Who was there before the change, imported quietly for instance, was not brought by it.
  const wasThere = mayQualify(then) && hasCrossed(then, move.was, now);
  if (!after.armed || wasThere) return { lead: after, review: undefined, isCrossing: false };
  return {
    lead: { ...after, armed: false },
    review: {
      leadId: after.leadId,
      modelVersion: model.version,
      before: then.score.total,
      after: after.score.total,
      at: new Date(now).toISOString(),
      decided: null,
    },
    isCrossing: true,
  };
}

/** It is for a review, and for no hand-off, that the lead is not armed: its next crossing, by its own doing, must be told. */
function isHeldForReview({ after: { qualification }, review }: Move): boolean {
  if (!review || review.decided?.decision === 'hand-over' || qualification?.open) return false;
  return !qualification || qualification.qualifiedAt < review.at;
}
