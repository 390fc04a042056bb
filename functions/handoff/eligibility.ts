import { nextDay, startOfDay } from '../leads/calendar.ts';
import { localTimeOf } from '../leads/local-time.ts';
import type { AssignmentReason } from './handoff.ts';
import { noPlace, type Roster } from './roster.ts';
import type { Rep, Team } from './team.ts';
import { calendarOf, nextOpening, whyAway } from './working-time.ts';

export type Exclusion = AssignmentReason['exclusions'][number];

/** Whom this hand-off is not to go to, whatever its lead is like: they said no, let it lie, or cannot be told of it. */
export interface Barred {
  readonly rep: string;
  readonly reason: 'declined' | 'missed' | 'silenced';
}

/** What decides whether somebody could take any lead at all. */
export interface Availability {
  readonly team: Team;
  readonly account: { readonly timeZone: string };
  readonly roster: Roster;
  readonly excluded: readonly Barred[];
  readonly now: number;
}

/** Why a rep gets no lead now, the strongest reason: not again, away, or busy. `null`: they could. */
export function whyNot(rep: Rep, availability: Availability): Exclusion | null {
  const { excluded } = availability;
  const barred = excluded.filter((each) => each.rep === rep.id);
  const again = barred.find(({ reason }) => reason !== 'silenced');
  if (again) return { rep: rep.id, reason: again.reason };
  return awayNow(rep, availability) ?? busy(rep, availability) ?? barred[0] ?? null;
}

/** When a rep may be there for this hand-off; `null` where no clock can say: who is full is free when a lead is closed. */
export function availableFrom(rep: Rep, { team, account, roster, excluded, now }: Availability): number | null {
  const place = roster.places[rep.id] ?? noPlace;
  const { open, perDay } = rep.capacity ?? team.capacity;
  if (excluded.some((each) => each.rep === rep.id) || place.open >= open) return null;
  const calendar = calendarOf(rep, team, account);
  const { day } = localTimeOf(now, calendar.timeZone);
  const isFull = perDay !== undefined && place.day === day && place.taken >= perDay;
  return nextOpening(calendar, isFull ? Date.parse(startOfDay(nextDay(day), calendar.timeZone)) : now);
}

/** `detail` of hours: when they open again, by the rep's clock, as 2026-11-30T09:00. */
function awayNow(rep: Rep, { team, account, now }: Availability): Exclusion | null {
  const calendar = calendarOf(rep, team, account);
  const away = whyAway(calendar, now);
  if (!away) return null;
  if (away.detail !== undefined) return { rep: rep.id, ...away };
  const opening = nextOpening(calendar, now);
  if (opening === null) return { rep: rep.id, reason: 'hours' };
  const { day, time } = localTimeOf(opening, calendar.timeZone);
  return { rep: rep.id, reason: 'hours', detail: `${day}T${time}` };
}

/** `detail`: how many they may have. */
function busy(rep: Rep, { team, account, roster, now }: Availability): Exclusion | null {
  const place = roster.places[rep.id] ?? noPlace;
  const { open, perDay } = rep.capacity ?? team.capacity;
  if (place.open >= open) return { rep: rep.id, reason: 'capacity', detail: String(open) };
  if (perDay === undefined || place.taken < perDay) return null;
  const today = localTimeOf(now, rep.timeZone ?? account.timeZone).day;
  return place.day === today ? { rep: rep.id, reason: 'day-capacity', detail: String(perDay) } : null;
}
