import fc from 'fast-check';
import { expect, it } from 'vitest';
import { epochMs, fromText, oneDecimal, pointsOf, toText, weigh, worth } from '../../../functions/leads/points.ts';

const dayMs = 86_400_000;
const halfLives = fc.integer({ min: 1, max: 36_500 }).map((days) => days * dayMs);
const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) });
const points = fc.integer({ min: -1000, max: 1000 });
const inPoints = (value: bigint) => Number((value * 1_000_000n) >> 64n) / 1_000_000;

it('is worth what was earned at once, half after a half-life, and a quarter after two (§2.2)', () => {
  const at = Date.UTC(2026, 2, 2);
  const weight = weigh(25, at, 60 * dayMs);
  expect([0, 60, 120].map((days) => oneDecimal(worth(weight, at + days * dayMs, 60 * dayMs)))).toEqual([25, 12.5, 6.3]);
});

it('falls as 2^(-age / half-life), to a millionth', () => {
  fc.assert(
    fc.property(points, instants, halfLives, fc.integer({ min: 0, max: 3000 }), (earned, at, halfLifeMs, days) => {
      const laterMs = Math.max(at, epochMs) + days * dayMs;
      const value = inPoints(worth(weigh(earned, at, halfLifeMs), laterMs, halfLifeMs));
      expect(Math.abs(value - earned * 2 ** -((laterMs - at) / halfLifeMs))).toBeLessThan(0.001);
    }),
  );
});

it('never rises by waiting, not by the least bit', () => {
  fc.assert(
    fc.property(
      points,
      instants,
      halfLives,
      fc.integer({ min: 0, max: 400 * dayMs }),
      fc.integer({ min: 1, max: 100_000 }),
      (earned, at, halfLifeMs, wait, longer) => {
        const weight = weigh(Math.abs(earned), at, halfLifeMs);
        const then = Math.max(at, epochMs) + wait;
        expect(worth(weight, then + longer, halfLifeMs) <= worth(weight, then, halfLifeMs)).toBe(true);
      },
    ),
    { numRuns: 5000 },
  );
});

it('adds up the same in any order', () => {
  const earned = fc.array(fc.tuple(points, instants), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(
      earned.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      halfLives,
      ([all, shuffled], halfLifeMs) => {
        const sum = (list: typeof all) => list.reduce((total, [each, at]) => total + weigh(each, at, halfLifeMs), 0n);
        expect(sum(shuffled)).toBe(sum(all));
      },
    ),
  );
});

it('is written down and read again, also below zero', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), (value) => fromText(toText(value)) === value),
  );
});

it('rounds half up, to one decimal', () => {
  const quarter = pointsOf(1) / 4n;
  expect([quarter, -quarter, pointsOf(-5), pointsOf(49) + pointsOf(19) / 20n].map(oneDecimal)).toEqual([
    0.3, -0.2, -5, 49.9,
  ]);
  expect(oneDecimal(pointsOf(49) + (pointsOf(19) / 20n + 1n))).toBe(50);
});
