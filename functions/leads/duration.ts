import * as z from 'zod';

const minuteMs = 60_000;
const unitMs = { weeks: 7 * 24 * 60 * minuteMs, days: 24 * 60 * minuteMs, hours: 60 * minuteMs, minutes: minuteMs };
const durationShape =
  /^P(?=[T\d])(?:(?<weeks>\d{1,3})W)?(?:(?<days>\d{1,4})D)?(?:T(?=\d)(?:(?<hours>\d{1,4})H)?(?:(?<minutes>\d{1,5})M)?)?$/;

/** A length of time as ISO 8601 writes it: `P2D`, `PT6H`, `P1W`. Months and years are refused: they are not always as long. */
export const Duration = z
  .string()
  .regex(durationShape, {
    message: 'write a wait as an ISO 8601 duration of weeks, days, hours or minutes, such as P2D or PT6H',
    // One thing at a time: how long it takes is asked of a duration only.
    abort: true,
  })
  .refine((duration) => durationMs(duration) > 0, 'a wait takes some time: leave the step out instead');

/** How long an ISO 8601 duration of weeks, days, hours and minutes is; a day has 24 hours. */
export function durationMs(duration: string): number {
  const parts = durationShape.exec(duration)?.groups ?? {};
  return Object.entries(unitMs).reduce((sum, [unit, ms]) => sum + Number(parts[unit] ?? 0) * ms, 0);
}
