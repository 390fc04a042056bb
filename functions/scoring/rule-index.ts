import type { Test, Where } from '../leads/condition.ts';

/** Every rule whose tests these values may pass, and few whose they do not. In no particular order. */
export type RuleIndex<Rule> = (values: Readonly<Record<string, unknown>>) => readonly Rule[];

/** So few are asked faster than looked up. */
const few = 6;

/**
 * Finds the rules of one activity type by the property that tells most of them apart, as a path does: a thousand pages with a rule
 * each cost a view of one of them no more than ten. Only texts are looked up, since a number may come as text too.
 */
export function ruleIndex<Rule extends { readonly rule: { readonly where: Where } }>(
  rules: readonly Rule[],
): RuleIndex<Rule> {
  const property = rules.length <= few ? undefined : mostTelling(rules.map(({ rule }) => rule.where));
  if (property === undefined) return () => rules;
  const wholes = new Map<string, Rule[]>();
  const starts = new Map<string, Rule[]>();
  const others: Rule[] = [];
  for (const rule of rules) {
    const handle = handleOf(rule.rule.where[property]);
    if (!handle) others.push(rule);
    else for (const text of handle.texts) listIn(handle.whole ? wholes : starts, text).push(rule);
  }
  const lengths = [...new Set([...starts.keys()].map(({ length }) => length))];
  return (values) => {
    const value = Object.hasOwn(values, property) ? values[property] : undefined;
    if (typeof value !== 'string') return others;
    const found = [...others, ...(wholes.get(value) ?? [])];
    for (const length of lengths) if (length <= value.length) found.push(...(starts.get(value.slice(0, length)) ?? []));
    return found;
  };
}

/** What a property must be, or begin with, for this test to pass; `undefined`: not to be said in texts. */
function handleOf(
  test: Test | undefined,
): { readonly whole: boolean; readonly texts: ReadonlySet<string> } | undefined {
  if (test === undefined) return undefined;
  if ('startsWith' in test) return { whole: false, texts: new Set([test.startsWith]) };
  const literals = 'equals' in test ? [test.equals] : 'oneOf' in test ? test.oneOf : [];
  const texts = new Set(literals.filter((literal) => typeof literal === 'string'));
  return literals.length > 0 && literals.every((literal) => typeof literal === 'string')
    ? { whole: true, texts }
    : undefined;
}

function mostTelling(all: readonly Where[]): string | undefined {
  const counts = new Map<string, number>();
  for (const where of all)
    for (const [name, test] of Object.entries(where)) if (handleOf(test)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function listIn<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const known = lists.get(name) ?? [];
  lists.set(name, known);
  return known;
}
