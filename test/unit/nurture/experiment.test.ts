import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, resultsOf, shareOf, type VariantCounts } from '../../../functions/nurture/experiment.ts';

const arm = (variant: string, delivered: number, clicked: number): VariantCounts => ({
  ...{ variant, sent: delivered, delivered, opened: clicked, clicked, replied: 0 },
});
const verdicts = (...arms: VariantCounts[]) => resultsOf(arms, 'clicked').map(({ verdict }) => verdict);

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

describe('the result of an experiment', () => {
  it('compares every variant with the first', () => {
    expect(verdicts(arm('a', 1000, 50), arm('b', 1000, 90), arm('c', 1000, 20), arm('d', 1000, 55))).toEqual([
      null,
      'better',
      'worse',
      'no difference seen',
    ]);
  });

  it('says nothing of fewer than 100 delivered, however far apart they are', () => {
    expect(verdicts(arm('a', 99, 0), arm('b', 5000, 4000))).toEqual([null, 'not enough data']);
    expect(verdicts(arm('a', 5000, 0), arm('b', 99, 90))).toEqual([null, 'not enough data']);
    expect(verdicts(arm('a', 0, 0), arm('b', 0, 0))).toEqual([null, 'not enough data']);
  });

  it('counts who clicked as reached, where the news of the delivery was lost', () => {
    expect(resultsOf([arm('a', 3, 4)], 'clicked')[0]?.rate?.value).toBe(1);
  });

  it('turns round when the variants change places', () => {
    const counts = fc.integer({ min: 100, max: 5000 }).chain((of) => fc.tuple(fc.constant(of), fc.nat(of)));
    const turned = { better: 'worse', worse: 'better' } as const;
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [, one] = verdicts(arm('a', ...a), arm('b', ...b));
        const [, other] = verdicts(arm('b', ...b), arm('a', ...a));
        expect(other).toBe(one === 'better' || one === 'worse' ? turned[one] : one);
      }),
    );
  });

  it('finds a difference between equals in about one comparison of twenty', () => {
    const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 400 * 600, seed: 7 });
    const draw = (round: number) => random.slice(round * 200, (round + 1) * 200).filter((drawn) => drawn < 0.3).length;
    const rounds = Array.from({ length: 600 }, (_, round) =>
      verdicts(arm('a', 200, draw(2 * round)), arm('b', 200, draw(2 * round + 1))),
    );
    const found = rounds.filter(([, verdict]) => verdict !== 'no difference seen').length;
    expect(found / rounds.length).toBeGreaterThan(0.02);
    expect(found / rounds.length).toBeLessThan(0.08);
  });
});
