import { type Activity, byOccurrence } from '../leads/activity.ts';
import { atLeast, atMost, type ScoreGroup, scoreAt, within } from '../leads/fold.ts';
import type { Lead } from '../leads/lead.ts';
import { oneDecimal, type Points, pointsOf, shareOf, weigh, worth } from '../leads/points.ts';
import type { CompiledModel } from './compiled-model.ts';
import { folding } from './folding.ts';
import { adjustmentsIn, type Paid, paidForBeing, paidForDoing, paidForSilence } from './paid.ts';
import { historyPlan } from './plan.ts';
import { settle } from './settle.ts';

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
  const { said } = historyPlan(history, model);
  const ledger = folding(model);
  for (const one of said) ledger.add(one.said, one.at);
  const fold = ledger.fold();
  const paid = [...paidForDoing(said), ...paidForBeing(lead, history, model), ...paidForSilence(fold, asOf)];
  const adjustments = adjustmentsIn(history, language);
  const says = (one: Paid) => adjustments.get(one.activityId) ?? sentence(one.ruleId, model, language);
  const reasons = limited(paid.sort(byOccurrence), atMs, says);
  const all = [...reasons, ...corrections(reasons, model, asOf, language)];
  const exact = all.reduce((sum, reason) => sum + reason.exact, 0n);
  const entries = rounded(all, oneDecimal(exact));
  // Before their first activity nobody was anybody, whatever is known of them now.
  const then = history.length === 0 ? fold : settle({ ...lead, fold }, model, atMs).fold;
  return {
    total: scoreAt(past ? then : lead.fold, atMs).total,
    sum: tenths(entries.reduce((sum, { contribution }) => sum + Math.round(contribution * 10), 0)),
    asOf,
    modelVersion: model.version,
    entries,
  };
}

/** Each paid as far as its rule's limit goes, oldest first. */
function limited(paid: readonly Paid[], atMs: number, says: (one: Paid) => string): readonly Reason[] {
  const used = new Map<string, Points>();
  return paid.map((one) => {
    const { ruleId, group, points, halfLifeMs, limit, activityId, occurredAt } = one;
    const full = worth(weigh(points, Date.parse(occurredAt), halfLifeMs), atMs, halfLifeMs);
    const before = used.get(ruleId) ?? 0n;
    const after = within(before + full, limit);
    used.set(ruleId, after);
    const decay = Math.min(1, shareOf(full, pointsOf(points)));
    return {
      activityId,
      ruleId,
      rule: says(one),
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
