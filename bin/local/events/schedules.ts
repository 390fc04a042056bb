import { Temporal } from '@js-temporal/polyfill';
import { type Cron, nextMatch, parseCron } from './cron.ts';

/**
 * The first instant strictly after `after` (both epoch milliseconds) at which the schedule fires; Infinity when it never
 * will again. `cron(…)` and `at(…)` are read in `timeZone` (IANA name); rules of EventBridge are always UTC. `rate(…)`
 * fires on the whole multiples of its period since 1970, so it needs no memory of when it was created.
 */
export function nextFire(expression: string, after: number, timeZone = 'UTC'): number {
  const [, kind, body = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return nextCron(parseCron(body), after, zone(timeZone));
  if (kind === 'rate') return nextRate(body, after);
  if (kind === 'at') return at(body, after, zone(timeZone));
  throw new Error(`schedule ${expression}: it must be cron(…), rate(…) or at(…)`);
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function nextRate(body: string, after: number): number {
  const [, digits = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(body) ?? [];
  const value = Number(digits);
  const unitMs = UNIT_MS[unit];
  if (!unitMs || value < 1 || (value === 1) !== (plural === '')) {
    throw new Error(`schedule rate(${body}): it must be like rate(1 minute) or rate(5 hours), with a plural above 1`);
  }
  const period = value * unitMs;
  return (Math.floor(after / period) + 1) * period;
}

function at(body: string, after: number, timeZone: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body)) throw atError(body);
  try {
    const instant = Temporal.PlainDateTime.from(body, { overflow: 'reject' }).toZonedDateTime(
      timeZone,
    ).epochMilliseconds;
    return instant > after ? instant : Number.POSITIVE_INFINITY;
  } catch {
    throw atError(body);
  }
}

function atError(body: string): Error {
  return new Error(`schedule at(${body}): it must be a real moment like at(2026-11-20T13:00:00)`);
}

/** Daylight saving as EventBridge does it: a time that is skipped does not fire, one that comes twice fires once. */
function nextCron(cron: Cron, after: number, timeZone: string): number {
  if (timeZone === 'UTC') return nextMatch(cron, after) ?? Number.POSITIVE_INFINITY;

  // Cron is read against the local clock, shown to it as if it were UTC.
  const local = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(timeZone).toPlainDateTime();
  let shown: number | null = local.toZonedDateTime('UTC').epochMilliseconds;
  for (;;) {
    shown = nextMatch(cron, shown);
    if (shown === null) return Number.POSITIVE_INFINITY;
    const wanted = Temporal.Instant.fromEpochMilliseconds(shown).toZonedDateTimeISO('UTC').toPlainDateTime();
    const moment = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    const exists = moment.toPlainDateTime().equals(wanted);
    if (exists && moment.epochMilliseconds > after) return moment.epochMilliseconds;
  }
}

function zone(timeZone: string): string {
  try {
    return Temporal.Now.zonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    throw new Error(`${timeZone} is not a time zone; use a name like Europe/Berlin`);
  }
}
