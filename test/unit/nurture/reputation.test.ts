import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayOfSending, pauseCause, reputationOf } from '../../../functions/nurture/reputation.ts';

const limits = { bounceRate: 0.04, complaintRate: 0.0008 };
const aDay = (day: string, sent: number, hardBounces = 0, complaints = 0): DayOfSending => ({
  ...{ day, sent, hardBounces, complaints },
});
const causeOf = (days: readonly DayOfSending[], baseline: DayOfSending | null = null) =>
  pauseCause(reputationOf(days, baseline, limits));

describe('the reputation of the last days', () => {
  it('is their sum, and unknown where nothing was sent', () => {
    const days = [aDay('2026-11-20', 100, 2, 1), aDay('2026-11-21', 300, 4)];
    expect(reputationOf(days, null, limits)).toMatchObject({ sent: 400, bounceRate: 0.015, complaintRate: 0.0025 });
    expect(reputationOf([], null, limits)).toMatchObject({ sent: 0, bounceRate: null, complaintRate: null });
  });

  it.each([
    ['pauses at four per cent', aDay('d', 100, 4), 'bounces'],
    ['not below it', aDay('d', 101, 4), null],
    ['not for two addresses, whatever the rate', aDay('d', 2, 2), null],
    ['pauses at eight complaints in ten thousand', aDay('d', 10_000, 0, 8), 'complaints'],
    ['not for one complaint, whatever the rate', aDay('d', 10, 0, 1), null],
    ['pauses for what came back of mail sent before', aDay('d', 0, 3), 'bounces'],
  ])('%s', (_, day, cause) => {
    expect(causeOf([day])).toBe(cause);
  });

  it('forgives what was known when a person let mail go again, and nothing after', () => {
    const before = aDay('2026-11-20', 100, 9);
    const yesterday = aDay('2026-11-19', 50, 9);
    expect(causeOf([yesterday, before])).toBe('bounces');
    expect(causeOf([yesterday, before], before)).toBeNull();
    expect(causeOf([yesterday, aDay('2026-11-20', 150, 11)], before)).toBeNull();
    expect(causeOf([yesterday, aDay('2026-11-20', 150, 12)], before)).toBe('bounces');
    expect(causeOf([before, aDay('2026-11-21', 50, 3)], before)).toBe('bounces');
  });

  it('never comes out below zero, and never pauses for nothing', () => {
    const figures = fc.record({ sent: fc.nat(500), hardBounces: fc.nat(20), complaints: fc.nat(9) });
    fc.assert(
      fc.property(figures, figures, (day, baseline) => {
        const since = reputationOf([{ day: 'd', ...day }], { day: 'd', ...baseline }, limits);
        expect(Math.min(since.sent, since.hardBounces, since.complaints)).toBeGreaterThanOrEqual(0);
        if (day.hardBounces <= baseline.hardBounces && day.complaints <= baseline.complaints)
          expect(pauseCause(since)).toBeNull();
      }),
    );
  });
});
