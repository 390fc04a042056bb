import { Temporal } from '@js-temporal/polyfill';
import { Weekday } from './account.ts';

/** What calendar and clock show somewhere: the day as yyyy-mm-dd, the time as hh:mm of 24 hours. Both sort as text. */
export interface LocalTime {
  readonly day: string;
  readonly weekday: Weekday;
  readonly time: string;
}

/** What calendar and clock of an IANA zone show at an instant. */
export function localTimeOf(atMs: number, zone: string): LocalTime {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    weekday: Weekday.parse(parts.get('weekday')?.toLowerCase()),
    time: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/**
 * The first instant after `afterMs` at which the clock of a zone shows this. A time that is skipped when clocks go forward
 * is the instant at which they do; of a time that is shown twice the second counts only when the first is not after `afterMs`.
 */
export function nextShowing(shown: Pick<LocalTime, 'day' | 'time'>, zone: string, afterMs = Number.NEGATIVE_INFINITY) {
  const wall = Temporal.PlainDateTime.from(`${shown.day}T${shown.time}`);
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  // A time that is skipped is read as one from before the clocks go forward, and so comes out as another.
  const isSkipped = !first.toPlainDateTime().equals(wall);
  if (isSkipped) return first.getTimeZoneTransition('next')?.epochMilliseconds ?? first.epochMilliseconds;
  if (first.epochMilliseconds > afterMs) return first.epochMilliseconds;
  return wall.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
}

/** The instant after `atMs` and not after `untilMs` at which the clocks of a zone go forward or back, if they do. */
export function clockChange(atMs: number, untilMs: number, zone: string): number | null {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  const until = Temporal.Instant.fromEpochMilliseconds(untilMs).toZonedDateTimeISO(zone);
  // Looking for a change takes ten times as long as seeing that there was none.
  if (at.offsetNanoseconds === until.offsetNanoseconds) return null;
  return at.getTimeZoneTransition('next')?.epochMilliseconds ?? null;
}

// Every e-mail is asked for its local time, and making a formatter takes longer than a thousand of its answers.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const twoDigits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const formatter = new Intl.DateTimeFormat('en', {
    ...twoDigits,
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
