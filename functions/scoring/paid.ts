import { type Activity, byOccurrence } from '../leads/activity.ts';
import type { At, Fold, ScoreGroup } from '../leads/fold.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from './compiled-model.ts';
import type { Plan } from './plan.ts';
import { statedAt } from './settle.ts';

/** Points that were paid, with what they were paid for. */
export interface Paid extends At {
  readonly ruleId: string;
  readonly group: ScoreGroup;
  readonly points: number;
  readonly halfLifeMs: number | null;
  readonly limit: number | undefined;
}

/** What they did, each with its cause: the holder of every scope, and what always counts. */
export function* paidForDoing(said: Plan['said']): Generator<Paid> {
  const held = new Map<string, Paid>();
  for (const { said: one, at } of said)
    for (const { holder, ...payment } of one.payments) {
      const paid = { ...payment, ...at };
      const current = holder === null ? undefined : held.get(holder);
      if (holder === null) yield paid;
      else if (!current || byOccurrence(at, current) < 0) held.set(holder, paid);
    }
  yield* held.values();
}

/** Who they are. Before the first activity there was nobody to know anything about. */
export function* paidForBeing(lead: Lead, history: readonly Activity[], model: CompiledModel): Generator<Paid> {
  if (history.length === 0) return;
  for (const { rule, halfLifeMs, holds } of model.attributeRules) {
    const since = statedAt(lead, Object.keys(rule.attributes));
    if (!holds(lead.attributes, since.occurredAt)) continue;
    yield { ...since, ruleId: rule.id, group: rule.group, points: rule.points, halfLifeMs, limit: rule.limit };
  }
}

/** What they did not do (S9): the last message of the silence is its cause. */
export function* paidForSilence({ silences }: Fold, asOf: string): Generator<Paid> {
  for (const [ruleId, { points, limit, windows }] of Object.entries(silences))
    for (const { activityId, until } of windows)
      if (until <= asOf)
        yield { ruleId, group: 'engagement', points, halfLifeMs: null, limit, activityId, occurredAt: until };
}

const adjustedBy = {
  en: (author: string, reason: string) => `adjusted by ${author}: ${reason}`,
  'pt-BR': (author: string, reason: string) => `ajustado por ${author}: ${reason}`,
};

/** What adjustments say for themselves, by activity: who made them, and why (Q2). */
export function adjustmentsIn(history: readonly Activity[], language: string): ReadonlyMap<string, string> {
  const says = adjustedBy[language.startsWith('pt') ? 'pt-BR' : 'en'];
  return new Map(
    history
      .filter(({ type, source }) => type === 'score.adjusted' && source === 'operator')
      .map(({ activityId, properties }) => [activityId, says(String(properties.author), String(properties.reason))]),
  );
}
