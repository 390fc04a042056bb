import { Engine, Operator, type TopLevelCondition } from 'json-rules-engine';
import type { Seen, Test } from '../../functions/leads/condition.ts';
import { compileModel } from '../../functions/scoring/compiled-model.ts';
import type { ActivityRule, ScoringModel } from '../../functions/scoring/scoring-model.ts';

/** Which rules an activity earns, by id: the one question that all contestants answer. */
export type Fired = (activity: Seen) => readonly string[];
export type FiredLater = (activity: Seen) => Promise<readonly string[]>;

/** Ours. */
export function ripen(model: ScoringModel): Fired {
  const compiled = compileModel(model, 'v', 'UTC');
  return (activity) =>
    compiled
      .meaningOf(activity.type)
      .rulesFor(activity.properties)
      .filter(({ pays }) => pays(activity))
      .map(({ rule }) => rule.id);
}

/**
 * json-rules-engine at its best: flat facts, since a path into a fact costs a JSONPath; the type as a condition of higher priority,
 * so that the rules of other types are done after one comparison; one engine, kept.
 */
export function jsonRulesEngine(model: ScoringModel): FiredLater {
  const engine = anEngine();
  for (const rule of activityRules(model)) engine.addRule(toEngineRule(rule, true));
  return async (activity) => (await engine.run(factsOf(activity))).events.map(({ type }) => type);
}

/** What nobody does, but might: an engine for each activity type, looked up by hand as Ripen does. */
export function jsonRulesEngines(model: ScoringModel): FiredLater {
  const engines = new Map<string, Engine>();
  for (const rule of activityRules(model)) {
    const engine = engines.get(rule.activity) ?? anEngine();
    engines.set(rule.activity, engine.addRule(toEngineRule(rule, false)));
  }
  return async (activity) => {
    const engine = engines.get(activity.type);
    return engine ? (await engine.run(factsOf(activity))).events.map(({ type }) => type) : [];
  };
}

/** What a patient person would write out by hand for this very model: one function, a `switch` over types, and one over paths. */
export function handWritten(model: ScoringModel): Fired {
  const byType = Map.groupBy(activityRules(model), ({ activity }) => activity);
  const cases = [...byType].map(([type, rules]) => `case ${quoted(type)}: ${bodyOf(rules)} break;`);
  const compiled = new Function(
    'activity',
    `const fired = []; const p = activity.properties; switch (activity.type) { ${cases.join('\n')} } return fired;`,
  );
  return (activity) => compiled(activity);
}

function activityRules({ rules }: ScoringModel): readonly ActivityRule[] {
  return rules.flatMap((rule) => ('activity' in rule ? [rule] : []));
}

function anEngine(): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  const isText = (value: string) => typeof value === 'string';
  engine.addOperator(new Operator('startsWith', (value: string, start: string) => value.startsWith(start), isText));
  return engine;
}

/** Made once for each activity and not in the race: whoever calls it may have its facts at hand. */
const facts = new WeakMap<Seen, Record<string, unknown>>();

function factsOf(activity: Seen): Record<string, unknown> {
  const known = facts.get(activity) ?? { ...activity.properties, type: activity.type };
  facts.set(activity, known);
  return known;
}

function toEngineRule({ id, activity, where }: ActivityRule, typeFirst: boolean) {
  const all: TopLevelCondition = { all: Object.entries(where).map(([fact, test]) => ({ fact, ...operatorOf(test) })) };
  if (typeFirst) all.all.unshift({ fact: 'type', operator: 'equal', value: activity, priority: 10 });
  return { conditions: all, event: { type: id } };
}

function operatorOf(test: Test): { operator: string; value: unknown } {
  if ('equals' in test) return { operator: 'equal', value: test.equals };
  if ('atLeast' in test) return { operator: 'greaterThanInclusive', value: test.atLeast };
  if ('startsWith' in test) return { operator: 'startsWith', value: test.startsWith };
  throw new Error('the benchmark knows no such test: add it to all contestants');
}

function bodyOf(rules: readonly ActivityRule[]): string {
  const paths = rules.map(({ where }) => (where.path && 'equals' in where.path ? where.path.equals : undefined));
  if (paths.every((path) => path !== undefined))
    return `switch (p.path) { ${rules.map(({ id }, n) => `case ${quoted(paths[n])}: fired.push('${id}'); break;`).join('\n')} }`;
  return rules.map(({ id, where }) => `if (${conditionOf(where)}) fired.push('${id}');`).join('\n');
}

function conditionOf(where: ActivityRule['where']): string {
  const parts = Object.entries(where).map(([name, test]) => {
    const { operator, value } = operatorOf(test);
    if (operator === 'equal') return `p.${name} === ${quoted(value)}`;
    return operator === 'startsWith' ? `p.${name}?.startsWith(${quoted(value)})` : `p.${name} >= ${quoted(value)}`;
  });
  return parts.join(' && ') || 'true';
}

const quoted = (value: unknown) => JSON.stringify(value);
