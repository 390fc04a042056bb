import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsOf, type VariantCounts } from '../../../functions/nurture/experiment.ts';

const arm = (variant: string, delivered: number, clicked: number): VariantCounts => ({
  ...{ variant, sent: delivered, delivered, opened: clicked, clicked, replied: 0 },
});
const verdicts = (...arms: VariantCounts[]) => resultsOf(arms, 'clicked').map(({ verdict }) => verdict);

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
