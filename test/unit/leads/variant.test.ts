import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableId } from '../../../functions/leads/lead-id.ts';
import { variantFor } from '../../../functions/leads/variant.ts';

const leads = Array.from({ length: 20_000 }, (_, index) => stableId('lead', String(index)));
const a = { name: 'a', weight: 1 };
const b = { name: 'b', weight: 1 };
const c = { name: 'c', weight: 2 };
const drawn = (leadId: string, step: number, variants: readonly { name: string; weight: number }[]) =>
  variantFor(leadId, ['welcome', step], variants).name;

/** How far the counts are from what is expected of them, Σ (o − e)² / e. */
function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, index) => {
    const wanted = expected[index] ?? 0;
    return sum + (count - wanted) ** 2 / wanted;
  }, 0);
}

describe('the variant of a lead (T19)', () => {
  it('is the same every time, in whatever order the variants are written', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 100 }), (leadId, step) => {
        expect(drawn(leadId, step, [a, b, c])).toBe(drawn(leadId, step, [c, a, b]));
      }),
    );
  });

  it('is this one, today and in every version to come', () => {
    const six = ['ana', 'bia', 'caio', 'davi', 'eva', 'fabio'].map((leadId) => drawn(leadId, 3, [a, b]));
    expect(six.join('')).toMatchInlineSnapshot(`"abbaab"`);
  });

  it('has its weight of the leads', () => {
    const names = leads.map((leadId) => drawn(leadId, 1, [a, b, c]));
    const counts = ['a', 'b', 'c'].map((name) => names.filter((drawnName) => drawnName === name).length);
    // 13.8 is passed by one fair draw in a thousand (two degrees of freedom).
    expect(chiSquare(counts, [5000, 5000, 10_000])).toBeLessThan(13.8);
  });

  it.each(['another step', 'another sequence'])('says nothing about what the same lead gets in %s', (where) => {
    const other = (leadId: string) =>
      where === 'another step' ? drawn(leadId, 2, [a, b]) : variantFor(leadId, ['demo', 1], [a, b]).name;
    const pairs = leads.map((leadId) => drawn(leadId, 1, [a, b]) + other(leadId));
    const counts = ['aa', 'ab', 'ba', 'bb'].map((pair) => pairs.filter((drawnPair) => drawnPair === pair).length);
    // Three degrees of freedom.
    expect(chiSquare(counts, [5000, 5000, 5000, 5000])).toBeLessThan(16.3);
  });

  it('changes only for those who go to a new one, and for those whose own is taken away', () => {
    for (const leadId of leads.slice(0, 2000)) {
      const before = drawn(leadId, 1, [a, b]);
      const after = drawn(leadId, 1, [a, b, c]);
      expect([before, 'c']).toContain(after);
    }
  });

  it('is the only one there is', () => {
    expect(drawn('ana', 1, [a])).toBe('a');
  });
});
