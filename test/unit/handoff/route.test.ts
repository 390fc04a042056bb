import { describe, expect, it } from 'vitest';
import { startOfRoster, withTaken } from '../../../functions/handoff/roster.ts';
import { type Routing, route } from '../../../functions/handoff/route.ts';
import { aTeam } from './a-qualified-lead.ts';
import { aRouting, asked, rosterOf, teamOf } from './a-routing.ts';

const retail = {
  id: 'retail',
  name: 'Retail leads go to those who know retail',
  when: { attribute: 'industry', is: { equals: 'Retail' } },
  matching: ['industry' as const],
};
const aRetailer = asked({ attributes: { country: 'BR', industry: 'Retail' } });

/** To whom so many leads go, one after the other. */
function given(count: number, routing: Routing): (string | null)[] {
  let { roster } = routing;
  return Array.from({ length: count }, () => {
    const { rep, credits } = route({ ...routing, roster });
    if (rep !== null) roster = withTaken(roster, rep, '2026-03-02', credits);
    return rep;
  });
}

describe('routing', () => {
  it('gives ten leads to five equal reps in the order of the team, two to each (D3)', () => {
    const five = ['ana', 'bruno', 'carla', 'daniel', 'elena'];
    expect(given(10, aRouting())).toEqual([...five, ...five]);
  });

  it('explains itself: everybody is a candidate or excluded', () => {
    const team = teamOf([{}, { leave: [{ from: '2026-03-01', until: '2026-03-08' }] }, {}]);
    expect(route(aRouting({ team }))).toEqual({
      rep: 'ana',
      reason: {
        rule: 'round-robin',
        method: 'round-robin',
        candidates: ['ana', 'carla'],
        exclusions: [{ rep: 'bruno', reason: 'leave', detail: '2026-03-08' }],
        passedRules: [],
      },
      credits: {},
      nextTryAt: null,
    });
  });

  it('gives the next lead to who has waited longest, whoever has left or joined', () => {
    const roster = rosterOf({ ana: { lastTurn: 9 }, bruno: { lastTurn: 7 }, gone: { lastTurn: 1 } });
    expect(route(aRouting({ team: aTeam(2), roster })).reason.candidates).toEqual(['bruno', 'ana']);
    expect(route(aRouting({ team: aTeam(3), roster })).reason.candidates).toEqual(['carla', 'bruno', 'ana']);
  });

  it('gives it to who has the fewest open leads, where that is the method', () => {
    const team = aTeam(3, { assignment: { method: 'least-busy' } });
    const roster = rosterOf({
      ana: { open: 3, lastTurn: 1 },
      bruno: { open: 1, lastTurn: 3 },
      carla: { open: 1, lastTurn: 2 },
    });
    expect(route(aRouting({ team, roster })).reason.candidates).toEqual(['carla', 'bruno', 'ana']);
  });

  it('shares by weight without a run of leads to one rep', () => {
    const team = teamOf([{ weight: 2 }, {}], { assignment: { method: 'weighted' } });
    expect(given(6, aRouting({ team }))).toEqual(['ana', 'bruno', 'ana', 'ana', 'bruno', 'ana']);
    expect(route(aRouting({ team })).reason.weights).toEqual({ ana: 2, bruno: 1 });
  });

  it('gives a returning lead to the rep they had, before any rule, if that one is there', () => {
    const team = teamOf([{}, {}, { industries: ['retail'] }], { assignment: { rules: [retail] } });
    const returning = aRouting({ team, asked: aRetailer, previousRep: 'bruno' });
    const { rep, reason } = route(returning);
    expect(rep).toBe('bruno');
    expect(reason).toMatchObject({ rule: 'returning', method: 'same-rep', candidates: ['bruno', 'ana', 'carla'] });
    expect(route({ ...returning, excluded: [{ rep: 'bruno', reason: 'declined' }] }).rep).toBe('carla');
    expect(route({ ...returning, previousRep: 'gone' }).rep).toBe('carla');
    const anybody = { ...team, assignment: { ...team.assignment, returning: 'anybody' as const } };
    expect(route({ ...returning, team: anybody }).rep).toBe('carla');
  });
});

describe('assignment rules', () => {
  it('give a retail lead to who knows retail, whatever the capitals (D4, D5)', () => {
    const team = teamOf([{ industries: ['banking'] }, {}, { industries: ['RETAIL'] }], {
      assignment: { rules: [retail] },
    });
    const { rep, reason } = route(aRouting({ team, asked: aRetailer }));
    expect(rep).toBe('carla');
    expect(reason).toMatchObject({
      rule: 'retail',
      ruleName: 'Retail leads go to those who know retail',
      exclusions: [
        { rep: 'ana', reason: 'industry', detail: 'retail' },
        { rep: 'bruno', reason: 'industry', detail: 'retail' },
      ],
    });
    expect(route(aRouting({ team })).reason.rule).toBe('round-robin');
  });

  it('name reps, skills, languages, regions, territories and seniority, and say which one somebody lacks', () => {
    const needs = [
      { reps: ['bruno'] },
      { skills: ['pos', 'ERP'] },
      { languages: ['es', 'de'] },
      { regions: ['BR-RJ', 'PT'] },
      { territories: ['south'] },
      { seniority: ['senior' as const] },
      { industries: ['retail', 'food'] },
    ];
    const able = {
      skills: ['erp', 'POS'],
      languages: ['pt-BR', 'es-MX'],
      territories: ['south'],
      regions: ['BR'],
      seniority: 'senior' as const,
      industries: ['Food'],
    };
    const lacks = needs.map((each) => {
      const rules = [{ id: 'one', name: 'One', needs: each }];
      const reps = [{ skills: ['pos'], languages: ['pt'], regions: ['BR-SP'], seniority: 'junior' as const }, able];
      const team = teamOf(reps, { assignment: { rules }, territories: [{ id: 'south', regions: ['BR-RS'] }] });
      const { rep, reason } = route(aRouting({ team }));
      expect(rep).toBe('bruno');
      return reason.exclusions[0];
    });
    expect(lacks).toEqual([
      { rep: 'ana', reason: 'not-named' },
      { rep: 'ana', reason: 'skill', detail: 'ERP' },
      { rep: 'ana', reason: 'language', detail: 'es, de' },
      { rep: 'ana', reason: 'region', detail: 'BR-RJ, PT' },
      { rep: 'ana', reason: 'region', detail: 'south' },
      { rep: 'ana', reason: 'seniority', detail: 'senior' },
      { rep: 'ana', reason: 'industry', detail: 'retail, food' },
    ]);
  });

  it.each([
    ['a country', { country: 'BR' }, 'carla'],
    ['a region of it', { country: 'BR', region: 'SP' }, 'ana'],
    ['a region with its country', { country: 'BR', state: 'BR-RS' }, 'bruno'],
    ['a region that only its country has', { country: 'BR', state: 'AM' }, 'carla'],
    ['a region written out, of which we know the country', { country: 'BR', state: 'São Paulo' }, 'carla'],
    ['small letters', { country: 'br', region: 'sp' }, 'ana'],
  ])('match the place of a lead by %s (D8)', (_, attributes, rep) => {
    const rules = [{ id: 'near', name: 'To who is near', matching: ['region' as const] }];
    const reps = [{ regions: ['BR-SP'] }, { territories: ['south'] }, { regions: ['BR'] }];
    const territories = [{ id: 'south', regions: ['BR-RS', 'BR-SC'] }];
    // Who has had no lead yet is not next: place decides, then waiting.
    const roster = rosterOf({ ana: { lastTurn: 1 }, bruno: { lastTurn: 2 }, carla: { lastTurn: 3 } });
    const team = teamOf(reps, { assignment: { rules }, territories });
    expect(route(aRouting({ team, roster, asked: asked({ attributes }) })).rep).toBe(rep);
  });

  it('are not about a lead of whom we do not know what they compare', () => {
    const rules = (['industry', 'product', 'language', 'region'] as const).map((match) => ({
      id: match,
      name: match,
      matching: [match],
    }));
    const able = { industries: ['food'], skills: ['pos'], languages: ['pt'], regions: ['BR'] };
    const team = teamOf([{}, able], { assignment: { rules } });
    const ruleOf = (attributes: Record<string, unknown>, language = '') =>
      route(aRouting({ team, asked: asked({ attributes, language }) })).reason.rule;
    expect(ruleOf({})).toBe('round-robin');
    expect(ruleOf({ country: 7, industry: '', product: [] })).toBe('round-robin');
    expect(ruleOf({ industry: 'Food' })).toBe('industry');
    expect(ruleOf({ product: 'POS' })).toBe('product');
    expect(ruleOf({ interest: ['erp', 'pos'] })).toBe('product');
    expect(ruleOf({}, 'pt-PT')).toBe('language');
    expect(ruleOf({ country: 'BR' })).toBe('region');
  });

  it('pass to the next when none of their reps is there, and at last to everybody', () => {
    const rules = [
      { id: 'seniors', name: 'To seniors', needs: { seniority: ['senior' as const] } },
      { id: 'ana-or-carla', name: 'To Ana or Carla', needs: { reps: ['ana', 'carla'] }, method: 'least-busy' as const },
    ];
    const away = { leave: [{ from: '2026-03-01', until: '2026-03-05' }] };
    const seniors = teamOf([{ ...away, seniority: 'senior' }, {}, {}], { assignment: { rules } });
    expect(route(aRouting({ team: seniors })).reason).toMatchObject({
      rule: 'ana-or-carla',
      method: 'least-busy',
      candidates: ['carla'],
      passedRules: ['seniors'],
    });
    const both = teamOf([{ ...away, seniority: 'senior' }, {}, away], { assignment: { rules } });
    const { rep, reason } = route(aRouting({ team: both }));
    expect(rep).toBe('bruno');
    expect(reason).toMatchObject({ rule: 'round-robin', passedRules: ['seniors', 'ana-or-carla'] });
    // No rule decided, so nobody was out for want of seniority.
    expect(reason.exclusions.map(({ reason: why }) => why)).toEqual(['leave', 'leave']);
  });

  it('let a lead wait for their reps, where they say so', () => {
    const rules = [{ ...retail, otherwise: 'queue' as const }];
    const away = [{ from: '2026-03-01', until: '2026-03-05' }];
    const team = teamOf([{}, { industries: ['retail'], leave: away }], { assignment: { rules } });
    const waiting = aRouting({ team, asked: aRetailer });
    expect(route(waiting)).toMatchObject({
      rep: null,
      reason: {
        rule: 'retail',
        ruleName: retail.name,
        method: 'none',
        candidates: [],
        exclusions: [
          { rep: 'ana', reason: 'industry', detail: 'retail' },
          { rep: 'bruno', reason: 'leave', detail: '2026-03-05' },
        ],
      },
      nextTryAt: '2026-03-06T00:00:00.000Z',
    });
  });

  it('let no lead wait for reps whom the team does not have', () => {
    const rules = [{ ...retail, otherwise: 'queue' as const }];
    const team = teamOf([{}, { industries: ['food'] }], { assignment: { rules } });
    expect(route(aRouting({ team, asked: aRetailer }))).toMatchObject({
      rep: 'ana',
      reason: { passedRules: ['retail'] },
    });
  });

  it('see what the lead has done', () => {
    const rules = [
      { id: 'trials', name: 'Trials go to Bruno', when: { milestone: 'trial' as const }, needs: { reps: ['bruno'] } },
    ];
    const team = teamOf([{}, {}], { assignment: { rules } });
    expect(route(aRouting({ team })).rep).toBe('ana');
    expect(route(aRouting({ team, asked: asked({ milestones: { trial: {} } }) })).rep).toBe('bruno');
  });
});

describe('a rep who has had none', () => {
  it('is not given all leads at once, but one, and then their share', () => {
    let roster = startOfRoster;
    for (const rep of ['ana', 'bruno', 'ana', 'bruno']) roster = withTaken(roster, rep, '2026-03-02');
    expect(given(6, aRouting({ team: aTeam(3), roster }))).toEqual(['carla', 'ana', 'bruno', 'carla', 'ana', 'bruno']);
  });
});
