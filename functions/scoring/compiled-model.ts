import type { Activity } from '../leads/activity.ts';
import { startOfDay } from '../leads/calendar.ts';
import { type Holds, holds, type Seen } from '../leads/condition.ts';
import { dayMs, type ScoreGroup } from '../leads/fold.ts';
import { type RuleIndex, ruleIndex } from './rule-index.ts';
import type { AbsenceRule, ActivityRule, AttributeRule, Given, ScoringModel, ScoringRule } from './scoring-model.ts';

/** A rule on activities, ready to be asked. */
export interface CompiledRule {
  readonly rule: ActivityRule;
  readonly halfLifeMs: number | null;
  /** Does this activity, judged as it is, earn what the rule pays? `past` knows what else the lead did in the rule's windows. */
  readonly pays: (activity: Seen, past?: Past) => boolean;
}

/** The lead's activities of a type from one instant to another, both included (ISO). */
export type Past = (type: string, from: string, until: string) => readonly Seen[];

const nothingElse: Past = () => [];

interface CompiledSignal {
  readonly name: string;
  readonly isBuying: boolean;
  readonly seenIn: (activity: Seen) => boolean;
}

/** Everything that one type of activity can mean. */
export interface Meaning {
  /** The rules whose tests the properties may pass. */
  readonly rulesFor: RuleIndex<CompiledRule>;
  readonly signals: readonly CompiledSignal[];
}

/** A scoring model made ready for work: what an activity costs depends on its type's rules, never on how many there are in all. */
export interface CompiledModel {
  readonly model: ScoringModel;
  /** The hash of what the model says: a lead names the one it was scored with. */
  readonly version: string;
  readonly timeZone: string;
  readonly rules: ReadonlyMap<string, ScoringRule>;
  readonly attributeRules: readonly { rule: AttributeRule; halfLifeMs: number | null; holds: Holds }[];
  readonly absenceRules: readonly AbsenceRule[];
  readonly disqualifiers: readonly { id: string; holds: Holds }[];
  /** How far around this activity the ledger must be known to decide on it and its neighbours, in ms; 0: not at all. */
  readonly reachMsOf: (activity: Pick<Activity, 'type' | 'properties'>) => number;
  meaningOf(type: string): Meaning;
}

const nothing: Meaning = { rulesFor: () => [], signals: [] };

/** Compiles a model once, at cold start; `version` names it in every lead that is scored with it. */
export function compileModel(model: ScoringModel, version: string, timeZone: string): CompiledModel {
  const rules = new Map<string, CompiledRule[]>();
  const signals = new Map<string, CompiledSignal[]>();
  const halfLifeMs = (points: number, group: ScoreGroup) => halfLifeOf(points, group, model);
  for (const rule of model.rules)
    if ('activity' in rule) {
      const compiled = { rule, halfLifeMs: halfLifeMs(rule.points, rule.group), pays: paying(rule, timeZone) };
      rules.set(rule.activity, [...(rules.get(rule.activity) ?? []), compiled]);
    }
  for (const [name, signal] of Object.entries(model.signals)) {
    const passes = holds(signal.where);
    const compiled = {
      name,
      isBuying: model.buyingSignals.includes(name),
      seenIn: (activity: Seen) => isAllowed(signal, activity) && passes(activity.properties, activity.occurredAt),
    };
    signals.set(signal.activity, [...(signals.get(signal.activity) ?? []), compiled]);
  }
  const meanings = new Map<string, Meaning>(
    [...new Set([...rules.keys(), ...signals.keys()])].map((type) => [
      type,
      { rulesFor: ruleIndex(rules.get(type) ?? []), signals: signals.get(type) ?? [] },
    ]),
  );
  return {
    model,
    version,
    timeZone,
    rules: new Map(model.rules.map((rule) => [rule.id, rule])),
    attributeRules: model.rules.flatMap((rule) =>
      'attributes' in rule
        ? [{ rule, halfLifeMs: halfLifeMs(rule.points, rule.group), holds: holds(rule.attributes) }]
        : [],
    ),
    absenceRules: model.rules.flatMap((rule) => ('ignores' in rule ? [rule] : [])),
    disqualifiers: model.disqualify.map(({ id, attributes }) => ({ id, holds: holds(attributes) })),
    reachMsOf: reaches(model),
    meaningOf: (type) => meanings.get(type) ?? nothing,
  };
}

/** Negative points do not decay: silence must never make a lead hotter (requirements §2.2). */
function halfLifeOf(points: number, group: ScoreGroup, { groups }: ScoringModel): number | null {
  const { halfLifeDays } = groups[group];
  return points < 0 || halfLifeDays === 'none' ? null : halfLifeDays * dayMs;
}

function isAllowed({ humanOnly }: { readonly humanOnly: boolean }, { verdict }: Seen): boolean {
  return !humanOnly || verdict === undefined || verdict.by === 'human';
}

function paying(rule: ActivityRule, timeZone: string): CompiledRule['pays'] {
  const passes = holds(rule.where);
  const from = rule.from === undefined ? '' : startOfDay(rule.from, timeZone);
  const until = rule.until === undefined ? '~' : startOfDay(rule.until, timeZone);
  const given = rule.given.map(done);
  return (activity, past = nothingElse) =>
    isAllowed(rule, activity) &&
    passes(activity.properties, activity.occurredAt) &&
    activity.occurredAt >= from &&
    activity.occurredAt < until &&
    (given.length === 0 || given.every((each) => each(activity, past)));
}

function done({ activity: type, where, times, withinDays, apartHours }: Given) {
  const passes = holds(where);
  return ({ occurredAt }: Seen, past: Past): boolean => {
    const earliest = new Date(Date.parse(occurredAt) - withinDays * dayMs).toISOString();
    const latest = new Date(Date.parse(occurredAt) - apartHours * 3_600_000).toISOString();
    let count = 0;
    for (const one of past(type, earliest, latest)) {
      // Not itself, nor what happened at the same instant; and what a machine did, nobody did.
      if (one.occurredAt >= occurredAt || !isAllowed({ humanOnly: true }, one)) continue;
      if (passes(one.properties, one.occurredAt)) count += 1;
      if (count >= times) return true;
    }
    return false;
  };
}

/** A verdict looks a minute around, and half an hour ahead for the page that proves a person (invariants §5). */
export const verdictReachMs = { aroundMs: 60_000, proofMs: 30 * 60_000 } as const;

const mail: readonly string[] = ['email.opened', 'email.clicked'];

/** A neighbour that is decided anew needs its own surroundings too: twice the verdict's reach, then the rules' look back. */
function reaches({ rules }: ScoringModel): CompiledModel['reachMsOf'] {
  const looks = new Map<string, number>();
  for (const rule of rules)
    if ('activity' in rule)
      for (const { activity, withinDays } of rule.given)
        for (const type of [activity, rule.activity])
          looks.set(type, Math.max(looks.get(type) ?? 0, withinDays * dayMs));
  const { aroundMs, proofMs } = verdictReachMs;
  const afterVerdicts = Math.max(0, ...mail.map((type) => looks.get(type) ?? 0));
  return ({ type, properties }) => {
    const look = looks.get(type) ?? 0;
    const changesVerdicts =
      mail.includes(type) || type === 'email.delivered' || (type === 'page.viewed' && properties.linkId !== undefined);
    const lookMs = changesVerdicts ? Math.max(look, afterVerdicts) : look;
    const verdictMs = 2 * aroundMs + proofMs;
    if (lookMs > 0) return lookMs + 2 * verdictMs;
    return changesVerdicts ? verdictMs : 0;
  };
}
