import { type Exclusion, whyNot } from '../handoff/eligibility.ts';
import { lastPeriod, performanceWeights, pointsOf } from '../handoff/performance.ts';
import type { RepDay, RepRecord } from '../handoff/rep-record.ts';
import { noPlace, type Roster } from '../handoff/roster.ts';
import type { Leave, Rep, Team } from '../handoff/team.ts';
import { calendarOf, nextOpening } from '../handoff/working-time.ts';
import { localTimeOf } from '../leads/local-time.ts';

/** Figures are of so many days, today included. */
export const standingDays = 30;

/** How a rep stands now. */
export interface Standing {
  readonly rep: Rep;
  readonly timeZone: string;
  /** Why they would get no lead now; `null`: they could. */
  readonly why: Exclusion | null;
  /** Epoch milliseconds; `null` when they are there, or will not be within a year. */
  readonly backAt: number | null;
  readonly open: number;
  readonly capacity: { readonly open: number; readonly perDay?: number | undefined };
  /** New ones on this day of their calendar. */
  readonly today: number;
  /** Not over yet, the next first. */
  readonly leave: readonly Leave[];
  /** Their share by performance, and the points of the period. */
  readonly weight: number;
  readonly points: number;
  readonly done: Pick<RepDay, 'accepted' | 'won' | 'missed'>;
  /** Mean, in milliseconds; `null`: they accepted none. */
  readonly speedMs: number | null;
}

export interface Standings {
  readonly reps: readonly Standing[];
  /** Whose points make the shares: `2026-10`, `2026-W47`. */
  readonly period: string;
}

interface Known {
  readonly team: Team;
  readonly account: { readonly timeZone: string };
  readonly roster: Roster;
  readonly records: readonly RepRecord[];
  /** Ids of those who would not hear of a lead. */
  readonly silent: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Everybody of the team, in its order, as they stand at `now`. */
export function standings(known: Known): Standings {
  const { team, account, records, now } = known;
  const { day } = localTimeOf(now, account.timeZone);
  const { performance } = team.assignment;
  const { period, weights } = performanceWeights(team.reps, records, performance, { day });
  const { from, until } = lastPeriod(performance.period, day);
  const daysOf = (rep: Rep) => Object.entries(records.find((record) => record.rep === rep.id)?.days ?? {});
  const points = (rep: Rep) =>
    sum(daysOf(rep).map(([each, done]) => (from <= each && each < until ? pointsOf(done, performance) : 0)));
  const since = localTimeOf(now - (standingDays - 1) * 86_400_000, account.timeZone).day;
  return {
    period,
    reps: team.reps.map((rep) => ({
      ...presence(rep, known),
      weight: weights[rep.id] ?? rep.weight,
      points: points(rep),
      ...figures(daysOf(rep).flatMap(([each, done]) => (each >= since ? [done] : []))),
    })),
  };
}

function presence(rep: Rep, { team, account, roster, silent, now }: Known) {
  const calendar = calendarOf(rep, team, account);
  const { timeZone } = calendar;
  const { day } = localTimeOf(now, timeZone);
  const place = roster.places[rep.id] ?? noPlace;
  const excluded = silent.map((id) => ({ rep: id, reason: 'silenced' as const }));
  const why = whyNot(rep, { team, account, roster, excluded, now });
  return {
    ...{ rep, timeZone, why, open: place.open, capacity: rep.capacity ?? team.capacity },
    backAt: isAway(why) ? nextOpening(calendar, now) : null,
    today: place.day === day ? place.taken : 0,
    leave: (rep.leave ?? []).filter(({ until }) => until >= day).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

/** Is it only a matter of time? */
export function isAway(why: Exclusion | null): boolean {
  return why !== null && ['leave', 'holiday', 'hours'].includes(why.reason);
}

function figures(days: readonly RepDay[]) {
  const of = (name: keyof RepDay) => sum(days.map((done) => done[name]));
  const accepted = of('accepted');
  return {
    done: { accepted, won: of('won'), missed: of('missed') },
    speedMs: accepted > 0 ? of('speedMs') / accepted : null,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
