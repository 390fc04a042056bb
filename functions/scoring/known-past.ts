import { type Activity, byOccurrence } from '../leads/activity.ts';
import type { CompiledModel, Past } from './compiled-model.ts';
import { judge } from './verdict.ts';

/** Activities of one lead, judged by what they say about each other, oldest first; and a way to look back among them. */
export interface KnownPast {
  readonly activities: readonly Activity[];
  readonly past: Past;
}

/** Judges afresh: what is stored on a row is for people and metrics, and may be older than what is known now (T6). */
export function knownPast(rows: readonly Activity[], model: CompiledModel): KnownPast {
  const verdicts = judge(rows, model.model.machines);
  const activities = rows.map((row) => judged(row, verdicts.get(row.activityId))).sort(byOccurrence);
  const byType = Map.groupBy(activities, ({ type }) => type);
  return {
    activities,
    past(type, from, until) {
      const all = byType.get(type) ?? [];
      return all.slice(firstFrom(all, from), firstFrom(all, `${until}~`));
    },
  };
}

export function judged({ verdict: _, ...row }: Activity, verdict: Activity['verdict']): Activity {
  return verdict ? { ...row, verdict } : row;
}

/** Position of the first activity at or after an instant, by halving. */
function firstFrom(activities: readonly Activity[], instant: string): number {
  let low = 0;
  let high = activities.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((activities[middle]?.occurredAt ?? '') < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
