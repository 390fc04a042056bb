import { localTimeOf } from '../leads/local-time.ts';
import type { Asked } from '../leads/predicate.ts';
import { availableFrom, type Barred, type Exclusion, whyNot } from './eligibility.ts';
import type { AssignmentReason } from './handoff.ts';
import { performanceWeights } from './performance.ts';
import type { RepRecord } from './rep-record.ts';
import type { Roster } from './roster.ts';
import { fits, traitsOf, whyUnsuited } from './suitability.ts';
import type { Method, Rep, Rule, Team } from './team.ts';
import { inOrder } from './whose-turn.ts';

export interface Routed {
  /** `null`: nobody can take it now. */
  readonly rep: string | null;
  readonly reason: AssignmentReason;
  /** What weighted turns leave each rep with, for the roster. */
  readonly credits: Readonly<Record<string, number>>;
  /** ISO: when somebody may be available again; `null` with a rep, or when no clock can say. */
  readonly nextTryAt: string | null;
}

export interface Routing {
  readonly team: Team;
  readonly account: { readonly timeZone: string; readonly language: string };
  /** The lead. Rules see attributes such as country, region, industry and product, and what the lead has done. */
  readonly asked: Asked;
  readonly roster: Roster;
  readonly records: readonly RepRecord[];
  /** Whom a returning lead had. */
  readonly previousRep: string | null;
  readonly excluded: readonly Barred[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Who gets a lead, and why (D2–D9). Whoever has passed it on, is away or is full is out. Of the others: the rep whom the lead had
 * before; else those of the first rule that fits and of whose reps one is there; else everybody. The same input, the same rep.
 */
export function route(routing: Routing): Routed {
  const { team, asked, previousRep, now } = routing;
  const unable = exclusionsOf(team, (rep) => whyNot(rep, routing));
  const able = without(team.reps, unable);
  const known = able.find(({ id }) => id === previousRep);
  if (known && team.assignment.returning === 'same-rep') return back(known, able, [...unable.values()], routing);

  const traits = traitsOf(asked);
  const passedRules: string[] = [];
  for (const rule of team.assignment.rules.filter((each) => fits(each, asked, traits, now))) {
    const unsuited = exclusionsOf(team, (rep) => whyUnsuited(rep, rule, traits, team));
    const exclusions = [...exclusionsOf(team, ({ id }) => unable.get(id) ?? unsuited.get(id) ?? null).values()];
    const suited = without(able, unsuited);
    if (suited.length > 0) return assigned(suited, { rule, exclusions, passedRules }, routing);
    const awaited = without(team.reps, unsuited);
    // Who waits for nobody waits for ever.
    if (rule.otherwise === 'queue' && awaited.length > 0)
      return queued(awaited, { rule, exclusions, passedRules }, routing);
    passedRules.push(rule.id);
  }
  const everybody = { exclusions: [...unable.values()], passedRules };
  return able.length > 0 ? assigned(able, everybody, routing) : queued(team.reps, everybody, routing);
}

interface Ground {
  /** Left out: no rule decided. */
  readonly rule?: Rule;
  readonly exclusions: Exclusion[];
  readonly passedRules: string[];
}

function assigned(suited: readonly Rep[], { rule, ...ground }: Ground, routing: Routing): Routed {
  const method = rule?.method ?? routing.team.assignment.method;
  const weights = weightsFor(method, routing);
  const { reps, credits } = inOrder(method, suited, routing.roster, ({ id }) => weights?.[id] ?? 1);
  return {
    rep: reps[0] ?? null,
    reason: {
      rule: rule?.id ?? method,
      ...(rule && { ruleName: rule.name }),
      method,
      candidates: [...reps],
      ...ground,
      ...(weights && { weights: Object.fromEntries(reps.map((id) => [id, weights[id] ?? 1])) }),
    },
    credits,
    nextTryAt: null,
  };
}

/** To the rep whom they had, before all the others who could have taken them. */
function back(known: Rep, able: readonly Rep[], exclusions: Exclusion[], { roster }: Routing): Routed {
  const others = able.filter((rep) => rep !== known);
  const candidates = [known.id, ...inOrder('round-robin', others, roster, () => 1).reps];
  return {
    rep: known.id,
    reason: { rule: 'returning', method: 'same-rep', candidates, exclusions, passedRules: [] },
    credits: {},
    nextTryAt: null,
  };
}

function queued(awaited: readonly Rep[], { rule, ...ground }: Ground, routing: Routing): Routed {
  const { team, previousRep } = routing;
  // Whom they had before gets them past every rule.
  const known = team.assignment.returning === 'same-rep' ? team.reps.filter(({ id }) => id === previousRep) : [];
  const openings = [...awaited, ...known].flatMap((rep) => availableFrom(rep, routing) ?? []);
  return {
    rep: null,
    reason: {
      rule: rule?.id ?? 'none',
      ...(rule && { ruleName: rule.name }),
      method: 'none',
      candidates: [],
      ...ground,
    },
    credits: {},
    nextTryAt: openings.length > 0 ? new Date(Math.min(...openings)).toISOString() : null,
  };
}

function exclusionsOf(team: Team, why: (rep: Rep) => Exclusion | null): ReadonlyMap<string, Exclusion> {
  return new Map(team.reps.flatMap((rep) => why(rep) ?? []).map((exclusion) => [exclusion.rep, exclusion]));
}

function without(reps: readonly Rep[], excluded: ReadonlyMap<string, Exclusion>): readonly Rep[] {
  return reps.filter(({ id }) => !excluded.has(id));
}

/** Each rep's share, where shares decide. */
function weightsFor(method: Method, { team, account, records, now }: Routing) {
  if (method === 'weighted') return Object.fromEntries(team.reps.map(({ id, weight }) => [id, weight]));
  if (method !== 'performance') return undefined;
  const { day } = localTimeOf(now, account.timeZone);
  return performanceWeights(team.reps, records, team.assignment.performance, { day }).weights;
}
