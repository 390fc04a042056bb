import type { Activity } from '../leads/activity.ts';
import { scoreAt } from '../leads/fold.ts';
import type { Statement } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { type CompiledModel, type Past, verdictReachMs } from './compiled-model.ts';
import { folding, saidBy } from './folding.ts';
import { knownPast } from './known-past.ts';
import { attributesAt } from './person.ts';
import { settle } from './settle.ts';

/** The score at an instant (ISO). */
export interface ScorePoint {
  readonly at: string;
  readonly total: number;
}

/** Everything that is known of a lead: what is stored, the whole ledger, and what they said about themselves. */
export interface KnownLead {
  readonly lead: Lead;
  readonly history: readonly Activity[];
  readonly statements: readonly Statement[];
}

/** Epoch milliseconds, both included; `steps` parts of the same length, for the fall between activities. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly steps: number;
}

/** More than these nobody can tell apart in a drawing. */
const mostPoints = 200;

const { aroundMs, proofMs } = verdictReachMs;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * How the score has run, oldest first: what `explain` says of the same instants, at the price of reading the ledger once. Points lie
 * at every step, and right before and after what makes the score jump.
 */
export function scoreOverTime(known: KnownLead, model: CompiledModel, span: Span): readonly ScorePoint[] {
  const { lead, statements } = known;
  const ledger = reading(known.history, model);
  return instantsOf(known, span).map((atMs) => {
    const at = iso(atMs);
    const then = { ...lead, ...attributesAt(statements, at), fold: ledger.foldAt(atMs) };
    return { at, total: scoreAt(settle(then, model, atMs).fold, atMs).total };
  });
}

/**
 * The fold at one instant after another, never back in time. What is older than a verdict reaches has its last verdict and is added for
 * good; what is newer is judged as it was at that instant, when nobody knew yet what would come.
 */
function reading(history: readonly Activity[], model: CompiledModel) {
  const { activities, past } = knownPast(history, model);
  const certain = folding(model);
  let added = 0;
  return {
    foldAt(atMs: number) {
      const certainUntil = iso(atMs - proofMs);
      for (let next = activities[added]; next && next.occurredAt <= certainUntil; next = activities[++added])
        certain.add(saidBy(next, model, past), next);
      const recent = folding(model, certain.fold(), certain.changed);
      const near = knownPast(rowsBetween(activities, added, [atMs - proofMs - 2 * aroundMs, atMs]), model);
      const isRecent = ({ occurredAt }: Pick<Activity, 'occurredAt'>) => occurredAt > certainUntil;
      const pastOfRecent: Past = (...asked) => [
        ...past(...asked).filter((one) => !isRecent(one)),
        ...near.past(...asked).filter(isRecent),
      ];
      for (const activity of near.activities.filter(isRecent))
        recent.add(saidBy(activity, model, pastOfRecent), activity);
      return recent.fold();
    },
  };
}

/** The rows of a short time around position `near`; both ends included. */
function rowsBetween(
  activities: readonly Activity[],
  near: number,
  [fromMs, untilMs]: readonly [number, number],
): readonly Activity[] {
  let [first, end] = [near, near];
  while ((activities[first - 1]?.occurredAt ?? '') >= iso(fromMs)) first -= 1;
  while ((activities[end]?.occurredAt ?? '~') <= iso(untilMs)) end += 1;
  return activities.slice(first, end);
}

function instantsOf({ lead, history }: KnownLead, { fromMs, untilMs, steps }: Span): readonly number[] {
  const silences = Object.values(lead.fold.silences).flatMap(({ windows }) => windows.map(({ until }) => until));
  const jumps = [...history.map(({ occurredAt }) => occurredAt), ...silences]
    .map((at) => Date.parse(at))
    .sort((a, b) => a - b);
  // Where there are more than can be drawn, those close together are one jump: from right before the first to the last of them.
  const room = Math.max(2, Math.floor((mostPoints - steps) / 2));
  const partMs = jumps.length < room ? 1 : Math.max(1, (untilMs - fromMs) / (room - 1));
  const parts = Map.groupBy(jumps, (at) => Math.floor((at - fromMs) / partMs)).values();
  const around = [...parts].flatMap((part) => [(part[0] ?? untilMs) - 1, part.at(-1) ?? untilMs]);
  const even = Array.from({ length: steps + 1 }, (_, n) => fromMs + Math.round(((untilMs - fromMs) * n) / steps));
  return [...new Set([...even, ...around])].filter((at) => at >= fromMs && at <= untilMs).sort((a, b) => a - b);
}
