import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay, nextDay, startOfDay } from '../../../functions/leads/calendar.ts';

/** Days with a clock change in each zone, and how many hours they have. At São Paulo it came at midnight: the day began at one. */
const changes = [
  ['America/Sao_Paulo', '2018-11-04', 23],
  ['America/Sao_Paulo', '2018-02-17', 25],
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
] as const;

describe('local days', () => {
  it.each(changes)('in %s, %s has %d hours (I-D2)', (zone, day, hours) => {
    const lengthMs = Date.parse(startOfDay(nextDay(day), zone)) - Date.parse(startOfDay(day, zone));
    expect(lengthMs / 3_600_000).toBe(hours);
  });

  it('count each instant on exactly one day, at every clock change (I-D1)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -86_400_000, max: 2 * 86_400_000 }),
        ([zone, day], ms) => {
          const instant = new Date(Date.parse(startOfDay(day, zone)) + ms).toISOString();
          const counted = localDay(instant, zone);
          expect(startOfDay(counted, zone) <= instant).toBe(true);
          expect(instant < startOfDay(nextDay(counted), zone)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
