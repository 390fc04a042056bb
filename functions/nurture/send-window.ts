import { type QuietHours, Weekday } from '../leads/account.ts';
import { nextDay } from '../leads/calendar.ts';
import { clockChange, localTimeOf, nextShowing } from '../leads/local-time.ts';

/** When marketing e-mail may go, by the lead's own clock and calendar. `null`: no quiet hours. */
export interface SendWindow {
  readonly quietHours: QuietHours | null;
  readonly sendDays: readonly Weekday[];
}

/**
 * The first instant not before `atMs` that is outside the quiet hours and on a send day in this zone (I-M5). Where every day
 * is a send day and no more than 20 hours are quiet it is less than a day later, whatever the clocks do.
 */
export function nextAllowed(atMs: number, zone: string, window: SendWindow): number {
  if (window.sendDays.length === 0) throw new RangeError('sendDays: name at least one weekday');
  const { day, weekday, time } = localTimeOf(atMs, zone);
  if (!window.sendDays.includes(weekday)) {
    return nextAllowed(boundary(nextDay(day), '00:00', zone, atMs), zone, window);
  }
  if (window.quietHours && isQuiet(time, window.quietHours)) {
    const { to } = window.quietHours;
    return nextAllowed(boundary(time < to ? day : nextDay(day), to, zone, atMs), zone, window);
  }
  return atMs;
}

/** When a place shows this, or when its clocks change if that comes first: what it shows then may be allowed again. */
function boundary(day: string, time: string, zone: string, afterMs: number): number {
  const shown = nextShowing({ day, time }, zone, afterMs);
  return clockChange(afterMs, shown, zone) ?? shown;
}

/** Quiet hours may go over midnight; from a time to the same time there are none. */
function isQuiet(time: string, { from, to }: QuietHours): boolean {
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

/**
 * The first instant not before `atMs` that is on one of these weekdays and at this time, in this zone; either may be left out.
 * A time that the clocks skip is when they do, one that they show twice is the first: each day has one instant, and no more.
 */
export function untilLocal(
  atMs: number,
  zone: string,
  { weekdays = Weekday.options, time }: { readonly weekdays?: readonly Weekday[]; readonly time?: string },
): number {
  if (weekdays.length === 0) throw new RangeError('weekdays: name at least one weekday');
  const local = localTimeOf(atMs, zone);
  if (time === undefined && weekdays.includes(local.weekday)) return atMs;
  for (let day = local.day; ; day = nextDay(day)) {
    const instant = nextShowing({ day, time: time ?? '00:00' }, zone);
    if (instant >= atMs && weekdays.includes(localTimeOf(instant, zone).weekday)) return instant;
  }
}

/** The local calendar day of an instant, yyyy-mm-dd: what a cap per day is counted by. */
export function localDayOf(atMs: number, zone: string): string {
  return localTimeOf(atMs, zone).day;
}
