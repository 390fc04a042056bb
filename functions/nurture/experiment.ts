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

/** A share of 0 to 1, or a difference of two of −1 to 1, and the 95 % interval around it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type Verdict = 'better' | 'worse' | 'no difference seen' | 'not enough data';

export interface VariantResult extends VariantCounts {
  /** Of those delivered; `null` before the first. */
  readonly rate: Estimate | null;
  /** This rate less that of the first variant; `null` for the first itself, and where a rate is. */
  readonly difference: Estimate | null;
  /** `null` for the first variant, with which the others are compared. */
  readonly verdict: Verdict | null;
}

/** Below this many delivered in either variant no verdict is given: chance alone makes the difference. */
export const enoughDelivered = 100;

/**
 * The result table of an experiment: each variant's rate, and whether it does better or worse than the first. It does when both had
 * enough delivered and the interval of the difference leaves out zero. That is wrong for one comparison in twenty between equals,
 * and for more when it is looked at every day until it says something: decide beforehand when to look.
 */
export function resultsOf(counts: readonly VariantCounts[], outcome: Outcome): VariantResult[] {
  const [first] = counts;
  return counts.map((arm) => {
    const rate = rateOf(arm, outcome);
    if (first === undefined || arm === first) return { ...arm, rate, difference: null, verdict: null };
    const difference = differenceOf(rate, rateOf(first, outcome));
    const isEnough = Math.min(arm.delivered, first.delivered) >= enoughDelivered;
    return { ...arm, rate, difference, verdict: isEnough ? verdictOf(difference) : 'not enough data' };
  });
}

function verdictOf(difference: Estimate | null): Verdict {
  if (difference === null) return 'not enough data';
  if (difference.low > 0) return 'better';
  return difference.high < 0 ? 'worse' : 'no difference seen';
}

/** Whoever opened, clicked or replied has got the message, also where the news of its delivery was lost. */
function rateOf(arm: VariantCounts, outcome: Outcome): Estimate | null {
  return shareOf(arm[outcome], Math.max(arm.delivered, arm[outcome]));
}

/** The 97.5th percentile of the normal distribution: 95 % lie within it on both sides. */
const z = 1.959963984540054;

/** A share with its score interval (Wilson 1927, JASA 22:209–212): good for few cases, and for shares near 0 and 1. */
export function shareOf(count: number, of: number): Estimate | null {
  if (of === 0) return null;
  const share = count / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  // None and all are ends of their intervals, which arithmetic misses by the last digit.
  return { value: share, low: count === 0 ? 0 : centre - half, high: count === of ? 1 : centre + half };
}

/** One share less another, with the interval made of both of theirs (Newcombe 1998, Statistics in Medicine 17:873–890, method 10). */
export function differenceOf(one: Estimate | null, other: Estimate | null): Estimate | null {
  if (one === null || other === null) return null;
  const value = one.value - other.value;
  return {
    value,
    low: value - Math.hypot(one.value - one.low, other.high - other.value),
    high: value + Math.hypot(one.high - one.value, other.value - other.low),
  };
}
