import { type Activity, byOccurrence } from '../leads/activity.ts';
import { type At, atLeast, atMost, type Fold, type ScoreGroup, scoreAt, within } from '../leads/fold.ts';
import type { Lead } from '../leads/lead.ts';
import { oneDecimal, type Points, pointsOf, shareOf, weigh, worth } from '../leads/points.ts';
import type { CompiledModel } from './compiled-model.ts';
import { folding } from './folding.ts';
import { historyPlan, type Plan } from './plan.ts';
import { settle, statedAt } from './settle.ts';

/** One reason for the score, as people and scripts read it (GET /api/leads/{leadId}/explanation). */
export interface ExplanationEntry {
  /** The cause: empty where there is none, as for what a limit takes away. */
  readonly activityId: string;
  readonly ruleId: string;
  /** The rule as a sentence about the lead: "clicked a link in an e-mail". */
  readonly rule: string;
  readonly group: ScoreGroup | null;
  readonly points: number;
  /** Share of the points that time has left, 0–1. */
  readonly decay: number;
  /** True when a limit left nothing, or not all, of the points. */
  readonly capped: boolean;
  /** What it adds to the score, to one decimal: parts are rounded so that they add up to the whole (largest remainder). */
  readonly contribution: number;
  readonly occurredAt: string;
}

export interface Explanation {
  readonly total: number;
  readonly sum: number;
  readonly asOf: string;
  readonly modelVersion: string;
  readonly entries: readonly ExplanationEntry[];
}

export interface ExplainOptions {
  /** ISO. */
  readonly asOf: string;
  /** Before the lead was last written: then `total` is the ledger's too, read another way. */
  readonly past: boolean;
  readonly language?: string;
}

/** A reason before it is rounded. */
interface Reason extends Omit<ExplanationEntry, 'contribution'> {
  readonly exact: Points;
}

/**
 * Every point of a score, from the ledger itself. `total` is the stored fold's figure; `sum` is added up from the reasons, each
 * decayed and limited on its own, so that the two can be held against each other (T1, I-S6). `lead` has the attributes of `asOf`.
 */
export function explain(
  lead: Lead,
  history: readonly Activity[],
  model: CompiledModel,
  { asOf, past, language = 'en' }: ExplainOptions,
): Explanation {
  const atMs = Date.parse(asOf);
  const says = (ruleId: string) => sentence(ruleId, model, language);
  const { said } = historyPlan(history, model);
  const ledger = folding(model);
  for (const one of said) ledger.add(one.said, one.at);
  const fold = ledger.fold();
  const paid = [
    ...heldPayments(said, history),
    ...forAttributes(lead, history, model),
    ...forSilences(fold, asOf),
  ].sort(byOccurrence);
  const reasons = limited(paid, atMs, says);
  const all = [...reasons, ...corrections(reasons, model, asOf, language)];
  const exact = all.reduce((sum, reason) => sum + reason.exact, 0n);
  const entries = rounded(all, oneDecimal(exact));
  return {
    total: scoreAt(past ? settle({ ...lead, fold }, model, atMs).fold : lead.fold, atMs).total,
    sum: tenths(entries.reduce((sum, { contribution }) => sum + Math.round(contribution * 10), 0)),
    asOf,
    modelVersion: model.version,
    entries,
  };
}

interface Paid extends At {
  readonly ruleId: string;
  readonly group: ScoreGroup;
  readonly points: number;
  readonly halfLifeMs: number | null;
  readonly limit: number | undefined;
  /** Said by the activity itself, where the rule has no sentence. */
  readonly words?: string;
}

/** What they did, each with its cause: the holder of every scope, and what always counts. */
function* heldPayments(said: Plan['said'], history: readonly Activity[]): Generator<Paid> {
  const held = new Map<string, Paid>();
  const rows = new Map(history.map((activity) => [activity.activityId, activity]));
  for (const { said: one, at } of said)
    for (const { holder, ...payment } of one.payments) {
      const paid = { ...payment, ...at };
      const current = holder === null ? undefined : held.get(holder);
      if (holder === null) yield { ...paid, ...adjustedWords(rows.get(at.activityId)) };
      else if (!current || byOccurrence(at, current) < 0) held.set(holder, paid);
    }
  yield* held.values();
}

/** Who they are. Before the first activity there was nobody to know anything about. */
function* forAttributes(lead: Lead, history: readonly Activity[], model: CompiledModel): Generator<Paid> {
  if (history.length === 0) return;
  for (const { rule, halfLifeMs, holds } of model.attributeRules) {
    const since = statedAt(lead, Object.keys(rule.attributes));
    if (!holds(lead.attributes, since.occurredAt)) continue;
    yield { ...since, ruleId: rule.id, group: rule.group, points: rule.points, halfLifeMs, limit: rule.limit };
  }
}

/** What they did not do (S9): the last message of the silence is its cause. */
function* forSilences({ silences }: Fold, asOf: string): Generator<Paid> {
  for (const [ruleId, { points, limit, windows }] of Object.entries(silences))
    for (const { activityId, until } of windows)
      if (until <= asOf)
        yield { ruleId, group: 'engagement', points, halfLifeMs: null, limit, activityId, occurredAt: until };
}

/** Each paid as far as its rule's limit goes, oldest first. */
function limited(paid: readonly Paid[], atMs: number, says: (ruleId: string) => string): readonly Reason[] {
  const used = new Map<string, Points>();
  return paid.map(({ ruleId, group, points, halfLifeMs, limit, activityId, occurredAt, words }) => {
    const full = worth(weigh(points, Date.parse(occurredAt), halfLifeMs), atMs, halfLifeMs);
    const before = used.get(ruleId) ?? 0n;
    const after = within(before + full, limit);
    used.set(ruleId, after);
    const decay = Math.min(1, shareOf(full, pointsOf(points)));
    const rule = words ?? says(ruleId);
    return {
      activityId,
      ruleId,
      rule,
      group,
      points,
      decay,
      capped: after !== before + full,
      exact: after - before,
      occurredAt,
    };
  });
}

/** What the limits of the groups and the floor of the whole change: lines of their own, so that nothing is hidden in another. */
function corrections(
  reasons: readonly Reason[],
  { model }: CompiledModel,
  asOf: string,
  language: string,
): readonly Reason[] {
  const sum = (group: ScoreGroup) =>
    reasons.filter((reason) => reason.group === group).reduce((total, { exact }) => total + exact, 0n);
  const line = (ruleId: string, rule: string, exact: Points): Reason => {
    return {
      activityId: '',
      ruleId,
      rule,
      group: null,
      points: oneDecimal(exact),
      decay: 1,
      capped: true,
      exact,
      occurredAt: asOf,
    };
  };
  const words = correctionWords[language.startsWith('pt') ? 'pt-BR' : 'en'];
  const lines: Reason[] = [];
  let total = 0n;
  for (const group of ['engagement', 'fit'] as const) {
    const exact = sum(group);
    const limit = model.groups[group].limit;
    const kept = atMost(exact, limit);
    total += kept;
    if (kept !== exact && limit !== undefined) lines.push(line(`limit-of-${group}`, words[group](limit), kept - exact));
  }
  const kept = atLeast(total, model.floor);
  if (kept !== total && model.floor !== undefined) lines.push(line('floor', words.floor(model.floor), kept - total));
  return lines;
}

const correctionWords = {
  en: {
    engagement: (limit: number) => `what they did counts for at most ${limit} points`,
    fit: (limit: number) => `who they are counts for at most ${limit} points`,
    floor: (floor: number) => `a score is never below ${floor}`,
  },
  'pt-BR': {
    engagement: (limit: number) => `o que a pessoa fez conta no máximo ${limit} pontos`,
    fit: (limit: number) => `quem a pessoa é conta no máximo ${limit} pontos`,
    floor: (floor: number) => `a pontuação nunca fica abaixo de ${floor}`,
  },
};

/**
 * Rounds the parts to one decimal so that they add up to the rounded whole: everything down first, then one tenth more for those that
 * lost most (Hamilton's method of largest remainders; ties to the older one).
 */
function rounded(reasons: readonly Reason[], total: number): readonly ExplanationEntry[] {
  const tenth = (points: Points) => Number((points * 10n) >> 64n);
  const floors = reasons.map(({ exact }) => tenth(exact));
  let missing = Math.round(total * 10) - floors.reduce((sum, each) => sum + each, 0);
  const lost = reasons.map(({ exact }, index) => ({ index, lost: exact * 10n - (BigInt(floors[index] ?? 0) << 64n) }));
  for (const { index } of lost.toSorted((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1))) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    missing -= 1;
  }
  return reasons.map(({ exact: _, ...entry }, index) => ({ ...entry, contribution: tenths(floors[index] ?? 0) }));
}

function tenths(count: number): number {
  return count === 0 ? 0 : count / 10;
}

function sentence(ruleId: string, { rules }: CompiledModel, language: string): string {
  const says = rules.get(ruleId)?.says;
  return says?.[language] ?? says?.en ?? ruleId;
}

/** An adjustment says who made it, and why (Q2). */
function adjustedWords(activity: Activity | undefined): { words?: string } {
  if (activity?.type !== 'score.adjusted') return {};
  const { author, reason } = activity.properties;
  return { words: `adjusted by ${String(author ?? 'hand')}: ${String(reason ?? 'no reason given')}` };
}
