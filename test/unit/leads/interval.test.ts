import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, shareOf } from '../../../functions/leads/interval.ts';

describe('a share and its interval', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 1998; 17:857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is that of the literature', (count, of, low, high) => {
    const share = shareOf(count, of);
    expect(share?.low).toBeCloseTo(low, 4);
    expect(share?.high).toBeCloseTo(high, 4);
  });

  it('is nothing where there was nothing', () => {
    expect(shareOf(0, 0)).toBeNull();
  });

  it('lies within 0 and 1, around the share', () => {
    const counts = fc.integer({ min: 1, max: 1e7 }).chain((of) => fc.tuple(fc.nat(of), fc.constant(of)));
    fc.assert(
      fc.property(counts, ([count, of]) => {
        const share = shareOf(count, of);
        if (!share) return false;
        return 0 <= share.low && share.low <= share.value && share.value <= share.high && share.high <= 1;
      }),
    );
  });
});

describe('the difference of two shares and its interval', () => {
  // Newcombe 1998; 17:873–890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %i in %i and %i in %i is that of the literature', (count, of, otherCount, otherOf, low, high) => {
    const difference = differenceOf(shareOf(count, of), shareOf(otherCount, otherOf));
    expect(difference?.low).toBeCloseTo(low, 4);
    expect(difference?.high).toBeCloseTo(high, 4);
  });
});
