import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, type Where } from '../../../functions/leads/condition.ts';
import { ruleIndex } from '../../../functions/scoring/rule-index.ts';

const text = fc.constantFrom('', '/', '/a', '/a/', '/a/b', '/b', '7', 'constructor');
const literal = fc.oneof(text, fc.constantFrom(7, 8, true));
const test = fc.oneof(
  fc.record({ equals: literal }),
  fc.record({ oneOf: fc.array(literal, { minLength: 1, maxLength: 3 }) }),
  fc.record({ startsWith: text.filter((start) => start !== '') }),
  fc.record({ notEquals: literal }),
  fc.record({ exists: fc.boolean() }),
);
const property = fc.constantFrom('path', 'plan', 'constructor');
const where = fc.dictionary(property, test, { maxKeys: 2 });
const value = fc.oneof(literal, fc.constantFrom(null, ['/a'], '/a/b/c'));
const values = fc.dictionary(property, value, { maxKeys: 3 });

const asked = (wheres: readonly Where[]) => ruleIndex(wheres.map((one) => ({ rule: { where: one } })));

describe('the rule index', () => {
  it('finds every rule that holds, each once', () => {
    fc.assert(
      fc.property(fc.array(where, { maxLength: 20 }), fc.array(values, { maxLength: 20 }), (wheres, people) => {
        const index = asked(wheres);
        for (const person of people) {
          const at = '2026-03-02T12:00:00.000Z';
          const found = index(person).filter(({ rule }) => holds(rule.where)(person, at));
          expect(new Set(found).size).toBe(found.length);
          expect(new Set(found.map(({ rule }) => rule.where))).toEqual(
            new Set(wheres.filter((one) => holds(one)(person, at))),
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('asks one rule of a thousand pages, and those that ask for no page', () => {
    const pages = Array.from({ length: 1000 }, (_, n) => ({ path: { equals: `/page-${n}` } }));
    const areas = Array.from({ length: 1000 }, (_, n) => ({ path: { startsWith: `/page-${n}/` } }));
    const index = asked([...pages, ...areas, { plan: { exists: true } }]);
    expect(index({ path: '/page-17' })).toHaveLength(2);
    expect(index({ path: '/page-17/price' })).toHaveLength(2);
    expect(index({ path: '/elsewhere' })).toHaveLength(1);
    expect(index({})).toHaveLength(1);
  });
});
