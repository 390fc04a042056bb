import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Identification, identifiedBy, ownerAt } from '../../../functions/leads/identification.ts';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const one = (leadId: string, hour: number): Identification => ({ leadId, at: at(hour) });
const allOf = (list: readonly Identification[]) => list.reduce(identifiedBy, [] as readonly Identification[]);

describe('a shared computer', () => {
  it('is whoever said so last, and before anybody did, whoever did so first', () => {
    const shared = allOf([one('ana', 9), one('bob', 12)]);
    expect([8, 9, 11, 12, 13].map((hour) => ownerAt(shared, at(hour)))).toEqual(['ana', 'ana', 'ana', 'bob', 'bob']);
    expect(ownerAt([], at(9))).toBeNull();
  });

  it('is told again without any change', () => {
    const shared = allOf([one('ana', 9), one('bob', 12), one('ana', 14)]);
    expect(identifiedBy(shared, one('bob', 12))).toBe(shared);
  });

  it('does not grow with every visit', () => {
    const days = Array.from({ length: 60 }, (_, day) => ({
      leadId: 'ana',
      at: new Date(Date.UTC(2026, 2, day)).toISOString(),
    }));
    const visited = allOf(days);
    expect(visited).toHaveLength(25);
    expect(identifiedBy(visited, { leadId: 'bob', at: '2026-02-01T00:00:00.000Z' })).toBe(visited);
    expect(ownerAt(visited, '2026-02-01T00:00:00.000Z')).toBe('ana');
  });

  it('is the same for any order in which it is told, and forgets nobody who matters', () => {
    const said = fc.record({
      leadId: fc.constantFrom('ana', 'bob', 'eve'),
      at: fc.integer({ min: 0, max: 20 }).map(at),
    });
    const history = fc.uniqueArray(said, { maxLength: 15, selector: (each) => each.at });
    fc.assert(
      fc.property(
        history.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const told = allOf(shuffled);
          expect(allOf([...shuffled, ...list])).toEqual(told);
          const whole = list.toSorted((a, b) => (a.at < b.at ? -1 : 1));
          for (let hour = 0; hour <= 21; hour++) expect(ownerAt(told, at(hour))).toBe(ownerAt(whole, at(hour)));
        },
      ),
    );
  });
});
