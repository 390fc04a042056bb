import type { Chance } from '../demo/chance.ts';

/** How likely each fault is at one call, 0–1, and how long a call takes. */
export interface Weather {
  /** The process dies before the call has left, or after it has had its effect and before the answer is here. */
  readonly crashBefore: number;
  readonly crashAfter: number;
  /** The effect is there and the answer never comes. The SDK tries again; sometimes all its tries end so. */
  readonly answerLost: number;
  readonly throttled: number;
  /** Somebody else's transaction is under way on the same item. */
  readonly conflict: number;
  /** The process stands still for minutes: garbage, a starved CPU. Longer than its message stays invisible. */
  readonly longPause: number;
  /** A message comes twice, or comes back although it was dealt with. */
  readonly duplicate: number;
  /** Calls that take seconds instead of milliseconds. */
  readonly slowCall: number;
  /** Global indexes that lag by up to ten seconds. */
  readonly staleIndex: number;
}

export const calm: Weather = {
  crashBefore: 0,
  crashAfter: 0,
  answerLost: 0,
  throttled: 0,
  conflict: 0,
  longPause: 0,
  duplicate: 0,
  slowCall: 0,
  staleIndex: 0,
};

/** Nothing fails, and now and then somebody does not move for minutes. */
export const stillness: Weather = { ...calm, longPause: 0.06 };

/** The weather of one history. Some have every fault and some only two or three, since one fault may hide what another would show. */
export function weatherOf(chance: Chance): Weather {
  const severity = chance.weighted([
    [1, 5],
    [4, 3],
    [10, 1],
  ]);
  const some = (probability: number) => (chance.happens(0.6) ? Math.min(0.5, probability * severity) : 0);
  return {
    crashBefore: some(0.008),
    crashAfter: some(0.008),
    answerLost: some(0.008),
    throttled: some(0.01),
    conflict: some(0.02),
    longPause: some(0.006),
    duplicate: 0.1 + 0.2 * chance.next(),
    slowCall: some(0.01),
    staleIndex: some(0.05),
  };
}

/** Milliseconds that one call takes: mostly a few, now and then seconds. */
export function latencyMs(chance: Chance, { slowCall }: Weather): number {
  return chance.happens(slowCall) ? 2_000 + chance.next() * 30_000 : 1 + chance.next() * 15;
}
