/** A share of 0 to 1, or a difference of two of −1 to 1, and the 95 % interval around it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type Verdict = 'better' | 'worse' | 'no difference seen' | 'not enough data';

/** One of the variants of an experiment: so many of so many. */
export interface Arm {
  readonly count: number;
  readonly of: number;
}

export interface Compared {
  /** `null` where there were none. */
  readonly rate: Estimate | null;
  /** This rate less that of the first arm; `null` for the first itself, and where a rate is. */
  readonly difference: Estimate | null;
  /** `null` for the first arm, with which the others are compared. */
  readonly verdict: Verdict | null;
}

/** Below this many cases in either arm no verdict is given: chance alone makes the difference. */
export const enoughCases = 100;

/**
 * Each arm's rate, and whether it does better or worse than the first. It does when both had enough cases and the interval of the
 * difference leaves out zero. That is wrong for one comparison in twenty between equals, and for more when it is looked at every day
 * until it says something: decide beforehand when to look.
 */
export function compared<One extends Arm>(arms: readonly One[]): (One & Compared)[] {
  const [first] = arms;
  return arms.map((arm) => {
    const rate = shareOf(arm.count, arm.of);
    if (first === undefined || arm === first) return { ...arm, rate, difference: null, verdict: null };
    const difference = differenceOf(rate, shareOf(first.count, first.of));
    const isEnough = Math.min(arm.of, first.of) >= enoughCases;
    return { ...arm, rate, difference, verdict: isEnough ? verdictOf(difference) : 'not enough data' };
  });
}

function verdictOf(difference: Estimate | null): Verdict {
  if (difference === null) return 'not enough data';
  if (difference.low > 0) return 'better';
  return difference.high < 0 ? 'worse' : 'no difference seen';
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
