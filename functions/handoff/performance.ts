import { Temporal } from '@js-temporal/polyfill';
import type { RepDay, RepRecord } from './rep-record.ts';
import type { Performance, Rep } from './team.ts';

/** Each rep's share by what they did in the last whole week or month, thousandths exact, and which one it was (D7). */
export interface PerformanceWeights {
  /** `2026-W47` or `2026-10`. */
  readonly period: string;
  readonly weights: Readonly<Record<string, number>>;
}

/**
 * Points of the period over the mean of the team, held within `atLeast` and `atMost`, times the rep's own weight. Who lost points on
 * balance counts as having none; while nobody has any, the reps' own weights decide. `day`: today in the account's calendar.
 */
export function performanceWeights(
  reps: readonly Pick<Rep, 'id' | 'weight'>[],
  records: readonly RepRecord[],
  performance: Performance,
  { day }: { readonly day: string },
): PerformanceWeights {
  const { period, from, until } = lastPeriod(performance.period, day);
  const points = new Map(
    reps.map(({ id }) => {
      const days = Object.entries(records.find(({ rep }) => rep === id)?.days ?? {});
      const counted = days.filter(([each]) => from <= each && each < until);
      return [id, Math.max(0, sum(counted.map(([, done]) => pointsOf(done, performance))))];
    }),
  );
  const mean = sum([...points.values()]) / reps.length;
  const shareOf = (id: string) =>
    mean > 0 ? Math.min(performance.atMost, Math.max(performance.atLeast, (points.get(id) ?? 0) / mean)) : 1;
  return {
    period,
    weights: Object.fromEntries(reps.map(({ id, weight }) => [id, Math.round(shareOf(id) * weight * 1000) / 1000])),
  };
}

/** What one day is worth. */
export function pointsOf(done: RepDay, { points }: Performance): number {
  return (
    done.won * points.won +
    done.meeting * points.meeting +
    done.contacted * points.contacted +
    done.missed * points.missed
  );
}

/** The whole week or month before this one: its name, its first day, and the first day after it. */
export function lastPeriod(length: Performance['period'], today: string) {
  const day = Temporal.PlainDate.from(today);
  if (length === 'month') {
    const until = day.with({ day: 1 });
    const from = until.subtract({ months: 1 });
    return { period: from.toPlainYearMonth().toString(), from: from.toString(), until: until.toString() };
  }
  const until = day.subtract({ days: day.dayOfWeek - 1 });
  const from = until.subtract({ weeks: 1 });
  const week = String(from.weekOfYear).padStart(2, '0');
  return { period: `${from.yearOfWeek}-W${week}`, from: from.toString(), until: until.toString() };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
