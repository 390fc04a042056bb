import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { entries, hold, score } from './score.ts';
import type { ScoringModel } from './scoring-model.ts';

/** One reason for the score, as people and scripts read it (GET /api/leads/{leadId}/explanation). */
export interface ExplanationEntry {
  readonly activityId: string;
  readonly ruleId: string;
  /** The rule as a sentence about the lead: "clicked a link in an e-mail". */
  readonly rule: string;
  readonly points: number;
  /** Share of the points that time has left, 0–1. */
  readonly decay: number;
  /** True when the rule's limit left nothing, or not all, of the points. */
  readonly capped: boolean;
  readonly contribution: number;
  readonly occurredAt: string;
}

export interface Explanation {
  readonly total: number;
  readonly sum: number;
  readonly asOf: string;
  readonly modelVersion: string;
  readonly entries: readonly ExplanationEntry[];
}

/**
 * Every point of a score, from the ledger itself. `total` is the stored figure when `asOf` is now and the ledger's otherwise; `sum`
 * is always added up from the entries, so that the two can be compared (T1, I-S6).
 */
export function explain(
  lead: Lead,
  history: readonly Activity[],
  model: ScoringModel,
  options: { readonly asOf: string; readonly past: boolean; readonly timeZone: string; readonly language?: string },
): Explanation {
  const held = history.reduce((holders, activity) => hold(holders, activity, model, options.timeZone), {});
  const lines = entries(held, model).map(({ rule, points, counted, activityId, occurredAt }) => ({
    activityId,
    ruleId: rule.id,
    rule: rule.says[options.language ?? 'en'] ?? rule.says.en,
    points,
    decay: 1,
    capped: counted !== points,
    contribution: counted,
    occurredAt,
  }));
  const sum = lines.reduce((total, { contribution }) => total + contribution, 0);
  const { asOf, past } = options;
  return {
    total: past ? score(held, model).total : lead.score.total,
    sum,
    asOf,
    modelVersion: lead.modelVersion,
    entries: lines,
  };
}
