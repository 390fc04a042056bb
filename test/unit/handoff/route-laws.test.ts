import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RepRecord } from '../../../functions/handoff/rep-record.ts';
import { noPlace, type Roster, startOfRoster, withReleased, withTaken } from '../../../functions/handoff/roster.ts';
import { type Routing, route } from '../../../functions/handoff/route.ts';
import { type Leave, Method, type WorkingHours } from '../../../functions/handoff/team.ts';
import type { Weekday } from '../../../functions/leads/account.ts';
import { aTeam, monday } from './a-qualified-lead.ts';
import { aRouting, asked, teamOf } from './a-routing.ts';

const manyAtATime = { capacity: { open: 1_000_000 } };

/** How many leads each rep has had after so many. */
function shares(count: number, routing: Routing): Map<string, number> {
  const had = new Map<string, number>();
  let roster = startOfRoster;
  for (let lead = 0; lead < count; lead++) {
    const { rep, credits } = route({ ...routing, roster });
    if (rep === null) throw new Error('somebody is always there');
    roster = withTaken(roster, rep, '2026-03-02', credits);
    had.set(rep, (had.get(rep) ?? 0) + 1);
  }
  return had;
}

describe('fairness', () => {
  it('never lets two equal reps differ by more than one lead, whatever is closed meanwhile', () => {
    const equal = fc.constantFrom<Method>('round-robin', 'weighted', 'performance');
    const closed = fc.array(fc.nat({ max: 4 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), equal, closed, (size, method, releases) => {
        const routing = aRouting({ team: aTeam(size, { ...manyAtATime, assignment: { method } }) });
        const had = new Map(routing.team.reps.map(({ id }) => [id, 0]));
        let roster: Roster = startOfRoster;
        for (const release of releases) {
          const { rep, credits } = route({ ...routing, roster });
          roster = withTaken(roster, rep ?? '', '2026-03-02', credits);
          had.set(rep ?? '', (had.get(rep ?? '') ?? 0) + 1);
          const closing = routing.team.reps[release]?.id;
          if (closing !== undefined) roster = withReleased(roster, closing);
          expect(Math.max(...had.values()) - Math.min(...had.values())).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('gives 2:1 by weight over 3,000 leads, exactly (D7)', () => {
    const team = teamOf([{ weight: 2 }, {}], { ...manyAtATime, assignment: { method: 'weighted' } });
    expect([...shares(3_000, aRouting({ team }))]).toEqual([
      ['ana', 2_000],
      ['bruno', 1_000],
    ]);
  });

  it('gives 2:1 by last month’s outcomes over 3,000 leads, within 5 % (D7)', () => {
    const records: RepRecord[] = [
      RepRecord.parse({ rep: 'ana', days: { '2026-02-03': { won: 2 } }, ver: 1 }),
      RepRecord.parse({ rep: 'bruno', days: { '2026-02-04': { won: 1 } }, ver: 1 }),
    ];
    const team = aTeam(2, { ...manyAtATime, assignment: { method: 'performance' } });
    const had = shares(3_000, aRouting({ team, records }));
    expect(Math.abs((had.get('ana') ?? 0) - 2_000)).toBeLessThanOrEqual(2);
    expect(route(aRouting({ team, records })).reason.weights).toEqual({ ana: 1.333, bruno: 0.667 });
  });

  it('stays within one lead of anybody’s share at every moment', () => {
    const weight = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 1, max: 80 }),
        (weights, count) => {
          const team = teamOf(
            weights.map((each) => ({ weight: each })),
            { ...manyAtATime, assignment: { method: 'weighted' } },
          );
          const had = shares(count, aRouting({ team }));
          const total = weights.reduce((sum, each) => sum + each, 0);
          for (const { id, weight: each } of team.reps)
            expect(Math.abs((had.get(id) ?? 0) - (count * each) / total)).toBeLessThanOrEqual(weights.length);
        },
      ),
    );
  });
});

const days: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const rep = fc.record({
  workingHours: fc.option(
    fc.constantFrom<WorkingHours[]>(
      [{ days, from: '09:00', to: '18:00' }],
      [{ days: days.slice(2), from: '00:00', to: '03:00' }],
      [{ days: days.slice(0, 1), from: '13:00', to: '24:00' }],
    ),
    { nil: undefined },
  ),
  timeZone: fc.constantFrom('America/Sao_Paulo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo'),
  leave: fc.constantFrom<Leave[]>(
    [],
    [{ from: '2026-03-01', until: '2026-03-04' }],
    [{ from: '2026-03-29', until: '2026-04-07' }],
  ),
  industries: fc.constantFrom<string[]>(['retail'], ['food'], ['retail', 'food']),
  weight: fc.integer({ min: 1, max: 3 }),
  capacity: fc.constantFrom({ open: 2 }, { open: 20, perDay: 1 }, undefined),
});
const place = fc.record({
  lastTurn: fc.nat({ max: 9 }),
  open: fc.nat({ max: 3 }),
  day: fc.constantFrom('', '2026-03-02', '2026-04-03'),
  taken: fc.nat({ max: 2 }),
  credit: fc.integer({ min: -3_000, max: 3_000 }),
});
const barred = fc.record({
  rep: fc.constantFrom('ana', 'bruno', 'carla', 'daniel'),
  reason: fc.constantFrom('declined' as const, 'missed' as const, 'silenced' as const),
});
const routing = fc
  .record({
    reps: fc.array(rep, { minLength: 1, maxLength: 5 }),
    places: fc.array(place, { maxLength: 5 }),
    method: fc.constantFrom(...Method.options),
    otherwise: fc.constantFrom('next-rule' as const, 'queue' as const),
    industry: fc.constantFrom('retail', 'banking', undefined),
    excluded: fc.array(barred, { maxLength: 2 }),
    hours: fc.constantFrom(0, 9, 40, 100, 24 * 27, 24 * 30, 24 * 33),
    previousRep: fc.constantFrom(null, 'ana', 'gone'),
  })
  .map(({ reps, places, method, otherwise, industry, excluded, hours, previousRep }) => {
    const rules = [{ id: 'industry', name: 'Who knows it', matching: ['industry' as const], otherwise }];
    const team = teamOf(reps, { assignment: { method, rules } });
    const each = team.reps.map(({ id }, index) => [id, places[index] ?? noPlace]);
    return aRouting({
      team,
      roster: { ver: 1, turns: 9, places: Object.fromEntries(each) },
      asked: asked({ attributes: { industry } }),
      now: Date.parse(monday) + hours * 3_600_000,
      ...{ excluded, previousRep },
    });
  });

describe('every decision', () => {
  it('names each of the team once, as a candidate or excluded, and gives the lead to the first candidate', () => {
    fc.assert(
      fc.property(routing, (each) => {
        const { rep: chosen, reason, nextTryAt } = route(each);
        const named = [...reason.candidates, ...reason.exclusions.map((exclusion) => exclusion.rep)];
        expect(named.toSorted()).toEqual(each.team.reps.map(({ id }) => id).toSorted());
        expect(chosen).toBe(reason.candidates[0] ?? null);
        if (chosen !== null) expect(nextTryAt).toBeNull();
      }),
    );
  });

  it('is the same for the same input, in whatever order records and places are read', () => {
    fc.assert(
      fc.property(routing, fc.array(fc.nat({ max: 9 }), { minLength: 5, maxLength: 5 }), (each, wins) => {
        const records = each.team.reps.map(({ id }, index) =>
          RepRecord.parse({ rep: id, days: { '2026-02-10': { won: wins[index] } }, ver: 1 }),
        );
        const places = Object.fromEntries(Object.entries(each.roster.places).reverse());
        const excluded = each.excluded
          .toReversed()
          .filter((one, index, all) => all.findIndex(({ rep: id }) => id === one.rep) === index);
        const once = { ...each, records, excluded };
        const again = { ...once, records: records.toReversed(), roster: { ...each.roster, places } };
        expect(route(again)).toEqual(route(once));
      }),
    );
  });

  it('looks again at the very instant at which somebody comes', () => {
    fc.assert(
      fc.property(routing, (each) => {
        const { rep: chosen, nextTryAt } = route(each);
        fc.pre(chosen === null && nextTryAt !== null);
        const at = Date.parse(nextTryAt ?? '');
        expect(at).toBeGreaterThan(each.now);
        expect(route({ ...each, now: at }).rep).not.toBeNull();
        expect(route({ ...each, now: at - 1 }).rep).toBeNull();
      }),
    );
  });
});
