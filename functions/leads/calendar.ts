import { Temporal } from '@js-temporal/polyfill';
import * as z from 'zod';

/** A calendar day, `yyyy-mm-dd`, of a time in which there were forms to fill in: the day before it exists too. */
export const Day = z.iso
  .date('write a day like 2026-11-20')
  .refine((day) => day >= '1970-01-01' && day <= '9999-12-30', 'write a day from 1970 on, like 2026-11-20');

/** The local calendar day of an instant in an IANA zone, `yyyy-mm-dd`: days of 23, 24 and 25 hours come out right (I-D2). */
export function localDay(instant: string, timeZone: string): string {
  return formatterOf(timeZone).format(Date.parse(instant));
}

// Every row of the ledger is asked for its day, and making a formatter takes longer than a thousand of its answers.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Writes days as yyyy-mm-dd, which is how English Canada does. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** The instant at which a local day begins. */
export function startOfDay(day: string, timeZone: string): string {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(timeZone);
  return new Date(start.epochMilliseconds).toISOString();
}

/** The day after. */
export function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
