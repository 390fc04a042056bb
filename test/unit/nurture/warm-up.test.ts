import { expect, it } from 'vitest';
import { warmUpDay, warmUpLimit, warmUpSchedule } from '../../../functions/nurture/warm-up.ts';

it('a new domain begins with fifty, sends more every day, and all it likes after two weeks', () => {
  const limits = ['01', '02', '14', '15'].map((day) => warmUpLimit('2026-12-01', `2026-12-${day}`));
  expect(limits).toEqual([50, 100, 50_000, null]);
  expect(warmUpSchedule).toEqual(warmUpSchedule.toSorted((a, b) => a - b));
});

it('a domain that has sent before has no limit, and one that has yet to begin is careful', () => {
  expect(warmUpLimit(undefined, '2026-12-01')).toBeNull();
  expect(warmUpDay('2026-12-01', '2026-11-20')).toBe(1);
});

it('days are calendar days, also across a change of the clocks and a year', () => {
  expect(warmUpDay('2026-12-30', '2027-01-02')).toBe(4);
  expect(warmUpDay('2026-03-28', '2026-03-30')).toBe(3);
});
