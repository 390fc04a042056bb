import { nextDay } from '../leads/calendar.ts';
import { clockChange, type LocalTime, localTimeOf, nextShowing } from '../leads/local-time.ts';
import type { Leave, Rep, Team, WorkingHours } from './team.ts';

/** When somebody is there, by the clock and the calendar of their own zone. */
export interface WorkCalendar {
  readonly timeZone: string;
  /** Left out: round the clock. */
  readonly workingHours?: readonly WorkingHours[] | undefined;
  /** Day, yyyy-mm-dd → its name. */
  readonly holidays: ReadonlyMap<string, string>;
  readonly leave: readonly Leave[];
}

/** `detail`: the last day of a leave, or the name of a holiday. */
export type Away =
  | { readonly reason: 'leave' | 'holiday'; readonly detail: string }
  | { readonly reason: 'hours'; readonly detail?: undefined };

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;

/** Who does not open within so many days has left: a year, and a few days for the holiday on which it would end. */
const longestWaitMs = 370 * dayMs;
/** No deadline is further away: a thousand minutes of a calendar that opens for one a week would take twenty years. */
const longestDeadlineMs = 10 * 365 * dayMs;

/** A rep's calendar, with what the team and the account say where the rep says nothing. */
export function calendarOf(
  rep: Pick<Rep, 'timeZone' | 'workingHours' | 'holidays' | 'leave'>,
  team: Pick<Team, 'holidays'>,
  account: { readonly timeZone: string },
): WorkCalendar {
  const days = team.holidays.find(({ id }) => id === rep.holidays)?.days ?? [];
  return {
    timeZone: rep.timeZone ?? account.timeZone,
    workingHours: rep.workingHours,
    holidays: new Map(days.map(({ day, name }) => [day, name])),
    leave: rep.leave ?? [],
  };
}

/** Why somebody is not there at an instant; `null` when they are. */
export function whyAway(calendar: WorkCalendar, atMs: number): Away | null {
  return awayAt(calendar, localTimeOf(atMs, calendar.timeZone));
}

/** The first instant, not before `atMs`, at which somebody is there; `null` when there is none within 370 days. */
export function nextOpening(calendar: WorkCalendar, atMs: number): number | null {
  for (let at = atMs; at <= atMs + longestWaitMs; ) {
    const stretch = stretchFrom(calendar, at);
    if (stretch.isOpen) return at;
    at = stretch.untilMs;
  }
  return null;
}

/**
 * The instant at which so many minutes of working time have passed since `fromMs`. Minutes are real ones, so an hour that the
 * clocks skip is not worked and one they repeat is worked twice. At most ten years from then, where a calendar hardly ever opens.
 */
export function addWorkingMinutes(calendar: WorkCalendar, fromMs: number, minutes: number): number {
  const limit = fromMs + longestDeadlineMs;
  let left = minutes * minuteMs;
  for (let at = fromMs; at < limit; ) {
    const { isOpen, untilMs } = stretchFrom(calendar, at);
    if (isOpen && at + left <= untilMs) return at + left;
    if (isOpen) left -= untilMs - at;
    at = untilMs;
  }
  return limit;
}

/** How many minutes of working time lie between two instants, parts of a minute included; 0 when `toMs` is not after `fromMs`. */
export function workingMinutesBetween(calendar: WorkCalendar, fromMs: number, toMs: number): number {
  let worked = 0;
  for (let at = fromMs; at < toMs; ) {
    const { isOpen, untilMs } = stretchFrom(calendar, at);
    const until = Math.min(untilMs, toMs);
    if (isOpen) worked += until - at;
    at = until;
  }
  return worked / minuteMs;
}

function awayAt({ leave, holidays, workingHours }: WorkCalendar, { day, weekday, time }: LocalTime): Away | null {
  const absence = leave.find(({ from, until }) => from <= day && day <= until);
  if (absence) return { reason: 'leave', detail: absence.until };
  const holiday = holidays.get(day);
  if (holiday !== undefined) return { reason: 'holiday', detail: holiday };
  const isThere =
    workingHours === undefined ||
    workingHours.some(({ days, from, to }) => days.includes(weekday) && from <= time && time < to);
  return isThere ? null : { reason: 'hours' };
}

/** Is somebody there at `atMs`, and until when does that not change? It may go on beyond: never over midnight. */
function stretchFrom(calendar: WorkCalendar, atMs: number): { readonly isOpen: boolean; readonly untilMs: number } {
  const { timeZone, workingHours, leave, holidays } = calendar;
  if (!workingHours && leave.length === 0 && holidays.size === 0)
    return { isOpen: true, untilMs: Number.POSITIVE_INFINITY };
  const local = localTimeOf(atMs, timeZone);
  const away = awayAt(calendar, local);
  // What leave is for: nobody looks at its days one by one.
  if (away?.reason === 'leave') return { isOpen: false, untilMs: beginningMs(nextDay(away.detail), timeZone, atMs) };
  const isWorkday = away?.reason !== 'holiday';
  const edge = isWorkday ? nextEdge(workingHours ?? [], local) : undefined;
  const untilMs =
    edge === undefined
      ? beginningMs(nextDay(local.day), timeZone, atMs)
      : nextShowing({ day: local.day, time: edge }, timeZone, atMs);
  // Where clocks go back or forward they may show a time at which things are otherwise.
  return { isOpen: away === null, untilMs: clockChange(atMs, untilMs, timeZone) ?? untilMs };
}

/** The next time of that day at which work begins or ends. */
function nextEdge(workingHours: readonly WorkingHours[], { weekday, time }: LocalTime): string | undefined {
  return workingHours
    .filter(({ days }) => days.includes(weekday))
    .flatMap(({ from, to }) => [from, to])
    .filter((edge) => edge > time && edge < '24:00')
    .sort()[0];
}

function beginningMs(day: string, timeZone: string, afterMs: number): number {
  return nextShowing({ day, time: '00:00' }, timeZone, afterMs);
}
