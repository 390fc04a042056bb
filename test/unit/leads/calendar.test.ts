import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localDay } from '../../../functions/leads/calendar.ts';

const zones = Intl.supportedValuesOf('timeZone');

it('is the day that Temporal has, in every zone, through every change of the clocks (I-D2)', () => {
  const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2040, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, ms) => {
      const instant = new Date(ms).toISOString();
      const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
      expect(localDay(instant, zone)).toBe(day);
    }),
    { numRuns: 2000 },
  );
});

it('knows days of 23 and of 25 hours', () => {
  const days = (from: string, hours: number) =>
    Array.from({ length: hours }, (_, hour) =>
      localDay(new Date(Date.parse(from) + hour * 3_600_000).toISOString(), 'Europe/Lisbon'),
    );
  expect(days('2026-03-29T00:00:00.000Z', 24).filter((day) => day === '2026-03-29')).toHaveLength(23);
  expect(days('2026-10-24T23:00:00.000Z', 26).filter((day) => day === '2026-10-25')).toHaveLength(25);
});
