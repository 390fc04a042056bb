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
 * Who gets a lead, and why (D2–D9). Whoever is away, full, or has passed it on is out. Of the others: the rep whom the lead had
 * before; else those of the first rule that fits and of whose reps one is there; else everybody. The same input, the same rep.
 */
export function route(routing: Routing): Routed {
  const { team, asked, previousRep, now } = routing;
  const unable = new Map(team.reps.flatMap((rep) => [whyNot(rep, routing) ?? []].flat().map((why) => [rep.id, why])));
  const able = team.reps.filter(({ id }) => !unable.has(id));
  const out = [...unable.values()];
  const known = able.find(({ id }) => id === previousRep);
  if (known && team.assignment.returning === 'same-rep') return sameRep(known, able, out, routing);

  const traits = traitsOf(asked);
  const passed: string[] = [];
  for (const rule of team.assignment.rules.filter((each) => fits(each, asked, traits, now))) {
    const unsuited = new Map(
      team.reps.flatMap((rep) => [whyUnsuited(rep, rule, traits, team) ?? []].flat().map((why) => [rep.id, why])),
    );
    const suited = able.filter(({ id }) => !unsuited.has(id));
    const exclusions = team.reps.flatMap(({ id }) => unable.get(id) ?? unsuited.get(id) ?? []);
    if (suited.length > 0) return assigned(suited, { rule, exclusions, passed }, routing);
    if (rule.otherwise === 'queue') {
      const awaited = team.reps.filter(({ id }) => !unsuited.has(id));
      return queued(awaited, { rule, exclusions, passed }, routing);
    }
    passed.push(rule.id);
  }
  return able.length > 0
    ? assigned(able, { exclusions: out, passed }, routing)
    : queued(team.reps, { exclusions: out, passed }, routing);
}

interface Decision {
  /** Left out: no rule decided. */
  readonly rule?: Rule;
  readonly exclusions: readonly Exclusion[];
  readonly passed: readonly string[];
}

function assigned(suited: readonly Rep[], { rule, exclusions, passed }: Decision, routing: Routing): Routed {
  const method = rule?.method ?? routing.team.assignment.method;
  const weights = weightsFor(method, routing);
  const thousandths = (rep: Rep) => Math.max(1, Math.round((weights?.[rep.id] ?? 1) * 1000));
  const { reps, credits } = inOrder(method, suited, routing.roster, thousandths);
  const shares = weights && Object.fromEntries(reps.map((id) => [id, weights[id] ?? 1]));
  return {
    rep: reps[0] ?? null,
    reason: {
      rule: rule?.id ?? method,
      ...(rule && { ruleName: rule.name }),
      method,
      candidates: [...reps],
      exclusions: [...exclusions],
      passedRules: [...passed],
      ...(shares && { weights: shares }),
    },
    credits,
    nextTryAt: null,
  };
}

function sameRep(known: Rep, able: readonly Rep[], exclusions: readonly Exclusion[], routing: Routing): Routed {
  const others = able.filter((rep) => rep !== known);
  const { reps } = inOrder('round-robin', others, routing.roster, () => 1);
  const reason = { rule: 'returning', method: 'same-rep', exclusions: [...exclusions], passedRules: [] } as const;
  return {
    rep: known.id,
    reason: { ...reason, exclusions: [...exclusions], passedRules: [], candidates: [known.id, ...reps] },
    credits: {},
    nextTryAt: null,
  };
}

function queued(awaited: readonly Rep[], { rule, exclusions, passed }: Decision, routing: Routing): Routed {
  const openings = awaited.flatMap((rep) => availableFrom(rep, routing) ?? []);
  return {
    rep: null,
    reason: {
      rule: rule?.id ?? 'none',
      ...(rule && { ruleName: rule.name }),
      method: 'none',
      candidates: [],
      exclusions: [...exclusions],
      passedRules: [...passed],
    },
    credits: {},
    nextTryAt: openings.length > 0 ? new Date(Math.min(...openings)).toISOString() : null,
  };
}

/** Each rep's share, where shares decide. */
function weightsFor(method: Method, { team, account, records, now }: Routing) {
  if (method === 'weighted') return Object.fromEntries(team.reps.map(({ id, weight }) => [id, weight]));
  if (method !== 'performance') return undefined;
  const { day } = localTimeOf(now, account.timeZone);
  return performanceWeights(team.reps, records, team.assignment.performance, { day }).weights;
}
