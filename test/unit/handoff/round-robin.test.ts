import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTurn, startOfRotation } from '../../../functions/handoff/round-robin.ts';
import { aTeam } from './a-qualified-lead.ts';

function turns(count: number, { reps } = aTeam(), rotation = startOfRotation): string[] {
  const given: string[] = [];
  for (let turn = 0; turn < count; turn++) {
    const next = nextTurn(reps, rotation);
    rotation = next.rotation;
    given.push(next.rep.id);
  }
  return given;
}

describe('the rotation', () => {
  it('gives each of five reps one lead in the order of the team, then begins again (D3)', () => {
    expect(turns(7)).toEqual(['ana', 'bruno', 'carla', 'daniel', 'elena', 'ana', 'bruno']);
  });

  it('never lets two reps differ by more than one lead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 60 }), (size, count) => {
        const given = turns(count, aTeam(size));
        const counts = aTeam(size).reps.map(({ id }) => given.filter((rep) => rep === id).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('goes on with the first rep when the last one has left the team', () => {
    expect(nextTurn(aTeam().reps, { turns: 9, lastRep: 'gone' }).rep.id).toBe('ana');
  });
});
