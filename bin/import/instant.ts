import { Temporal } from '@js-temporal/polyfill';

/**
 * The instant a cell names, ISO 8601 UTC: a day, or a day and a time. Without a zone it is the account's clock; a day alone is its
 * first instant there, so that it counts on that very day. `null` for anything else: 03/04/2026 is two different days.
 */
export function instantOf(cell: string, timeZone: string): string | null {
  const text = cell.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d{2}:\d{2})/, '$1T');
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return null;
  try {
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
    const ms = zoned
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    return new Date(ms).toISOString();
  } catch {
    return null;
  }
}
