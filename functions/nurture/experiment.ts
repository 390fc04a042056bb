import { type Compared, compared } from '../leads/interval.ts';

/** What became of the messages of one variant, each counted once. Opens and clicks are those of people. */
export interface VariantCounts {
  readonly variant: string;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly replied: number;
}

/** What a variant may be better at. */
export type Outcome = 'opened' | 'clicked' | 'replied';

/** Rates are of those delivered. */
export type VariantResult = VariantCounts & Compared;

/** The result table of an experiment: each variant's rate, and whether it does better or worse than the first. */
export function resultsOf(counts: readonly VariantCounts[], outcome: Outcome): VariantResult[] {
  // Whoever opened, clicked or replied has got the message, also where the news of its delivery was lost.
  const arms = counts.map((arm) => ({ ...arm, count: arm[outcome], of: Math.max(arm.delivered, arm[outcome]) }));
  return compared(arms).map(({ count, of, ...result }) => result);
}
