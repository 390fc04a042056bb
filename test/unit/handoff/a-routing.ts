import type * as z from 'zod';
import type { Roster } from '../../../functions/handoff/roster.ts';
import { noPlace, startOfRoster } from '../../../functions/handoff/roster.ts';
import type { Routing } from '../../../functions/handoff/route.ts';
import type { Rep, Team } from '../../../functions/handoff/team.ts';
import type { Asked } from '../../../functions/leads/predicate.ts';
import { aTeam, monday } from './a-qualified-lead.ts';

/** A lead of Brazil with nothing else known of them. */
export function asked(given: Partial<Asked> = {}): Asked {
  return {
    ...{ attributes: { country: 'BR' }, milestones: {}, rating: 'hot', score: 55, language: 'pt-BR', history: [] },
    ...given,
  };
}

/** A hand-off on a Monday at noon among equal reps who are there round the clock, unless `given` says otherwise. */
export function aRouting(given: Partial<Routing> = {}): Routing {
  return {
    team: aTeam(),
    account: { timeZone: 'UTC', language: 'en' },
    asked: asked(),
    roster: startOfRoster,
    records: [],
    previousRep: null,
    excluded: [],
    now: Date.parse(monday),
    ...given,
  };
}

type RepGiven = Partial<z.input<typeof Rep>>;

/** Ana, Bruno, Carla, Daniel and Elena, as many as are described, each with what is said of them. */
export function teamOf(reps: readonly RepGiven[], given: Partial<z.input<typeof Team>> = {}): Team {
  const equal = aTeam(reps.length).reps;
  return aTeam(reps.length, { reps: equal.map((rep, index) => ({ ...rep, ...reps[index] })), ...given });
}

/** A roster in which these have so many open leads, or whatever else is said of their place. */
export function rosterOf(places: Readonly<Record<string, Partial<Roster['places'][string]>>>): Roster {
  const each = Object.entries(places).map(([rep, place]) => [rep, { ...noPlace, ...place }]);
  return { ver: 1, turns: 0, places: Object.fromEntries(each) };
}
