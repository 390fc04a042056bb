import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { labelIn, Team } from '../../../functions/handoff/team.ts';
import { aTeam } from './a-qualified-lead.ts';

/** What is wrong with a team of Ana and Bruno, once this is said of it: where, and the mend. */
function problems(given: Partial<z.input<typeof Team>>): readonly string[] {
  const { error } = Team.safeParse({ ...aTeam(2), ...given });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const [ana] = aTeam(1).reps;
if (!ana) throw new Error('a team has somebody');
const rule = { id: 'one', name: 'One' };

describe('a team', () => {
  it('limits nobody by what it leaves out', () => {
    expect(aTeam(1)).toMatchObject({
      capacity: { open: 20 },
      assignment: { method: 'round-robin', returning: 'same-rep', rules: [], performance: { period: 'month' } },
      sla: { acceptMinutes: 30, nextMinutes: 30 },
      reps: [{ id: 'ana', weight: 1, channel: { kind: 'email' } }],
    });
  });

  it.each<[string, Partial<z.input<typeof Team>>, string]>([
    ['two of one id', { reps: [ana, ana] }, 'reps: two people have the id "ana"'],
    [
      'a rep who is the manager',
      { manager: { id: 'ana', name: 'Ana', email: 'ana@orchard.example' } },
      'reps: two people have the id "ana"',
    ],
    [
      'holidays nobody wrote',
      { reps: [{ ...ana, holidays: 'mars' }] },
      'reps.0.holidays: there is no calendar of holidays "mars"',
    ],
    [
      'a territory nobody drew',
      { reps: [{ ...ana, territories: ['mars'] }] },
      'reps.0.territories: there is no territory "mars"',
    ],
    [
      'hours over midnight',
      { reps: [{ ...ana, workingHours: [{ days: ['monday'], from: '22:00', to: '02:00' }] }] },
      'reps.0.workingHours.0: from is before to: hours over midnight are two entries',
    ],
    [
      'leave that ends before it begins',
      { reps: [{ ...ana, leave: [{ from: '2026-12-21', until: '2026-12-20' }] }] },
      'reps.0.leave.0: from is not after until',
    ],
    [
      'a region by its name',
      { territories: [{ id: 'south', regions: ['Brazil'] }] },
      'territories.0.regions.0: write a country or region by its ISO 3166 code, such as BR or BR-SP',
    ],
    [
      'a rule that says to nobody',
      { assignment: { rules: [rule] } },
      'assignment.rules.0: say to whom: write needs, or what must match',
    ],
    [
      'a rule for a stranger',
      { assignment: { rules: [{ ...rule, needs: { reps: ['zoe'] } }] } },
      'assignment.rules.0.needs.reps: there is no rep "zoe"',
    ],
    [
      'two rules of one id',
      { assignment: { rules: [rule, rule].map((each) => ({ ...each, needs: { reps: ['ana'] } })) } },
      'assignment.rules: two rules have the id "one"',
    ],
    [
      'a rule for what nobody is',
      { assignment: { rules: [{ ...rule, needs: { seniority: ['senior'] } }] } },
      'assignment.rules.0.needs: no rep meets all of this: take something out, or add it to a rep',
    ],
    [
      'a match that no rep has',
      { assignment: { rules: [{ ...rule, matching: ['industry'] }] } },
      'assignment.rules.0.matching: none of its reps says which industry they are for: add industries to a rep, or take industry out',
    ],
  ])('is refused with %s', (_, given, problem) => {
    expect(problems(given)).toEqual([problem]);
  });
});

describe('a label', () => {
  it('is read in the language, in its base language, or else in the first one written', () => {
    const label = { en: 'Price', 'pt-BR': 'Preço' };
    expect(['pt-BR', 'pt-PT', 'en-GB', 'fr'].map((language) => labelIn(label, language))).toEqual([
      ...['Preço', 'Preço', 'Price', 'Price'],
    ]);
  });
});
