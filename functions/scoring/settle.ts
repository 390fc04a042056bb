import { byOccurrence } from '../leads/activity.ts';
import { type At, dayMs, type Fold, scoreAt, type Tally } from '../leads/fold.ts';
import { type Lead, Milestone, type Rating } from '../leads/lead.ts';
import { toText, weigh } from '../leads/points.ts';
import type { CompiledModel } from './compiled-model.ts';
import type { ScoringModel } from './scoring-model.ts';

/**
 * What follows from the fold at an instant: score, rating, milestones, whether the next crossing may qualify, and when all this
 * changes by itself. `tipping`: the activity to which a crossing of the threshold is put down.
 */
export function settle(lead: Lead, model: CompiledModel, nowMs: number, tipping: At | null = null): Lead {
  const fold = withAttributes(lead, model);
  const score = scoreAt(fold, nowMs);
  return {
    ...lead,
    fold,
    score,
    milestones: milestones(lead, fold, model.model, score.total >= model.model.threshold ? tipping : null),
    rating: rating(score.total, lead, model.model),
    armed: lead.armed || score.total < model.model.rearmBelow,
    disqualified: disqualification(lead, model),
    modelVersion: model.version,
  };
}

/** Hot, warm or cold. An open explicit request is hot at any score (§2.8); a rating is kept within the margin below its figure. */
export function rating(
  total: number,
  { rating: current, qualification }: Pick<Lead, 'rating' | 'qualification'>,
  { ratings: { hot, warm, margin } }: Pick<ScoringModel, 'ratings'>,
): Rating {
  const isAsked = qualification?.open === true && qualification.reason === 'explicit-request';
  const keepsHot = current === 'hot' ? hot - margin : hot;
  const keepsWarm = current === 'cold' ? warm : warm - margin;
  if (isAsked || total >= keepsHot) return 'hot';
  return total >= keepsWarm ? 'warm' : 'cold';
}

/** The fold with what the rules pay for who the lead is: not added up but as it stands, since attributes are what they are now. */
function withAttributes(lead: Lead, model: CompiledModel): Fold {
  if (model.attributeRules.length === 0) return lead.fold;
  const own = new Set(model.attributeRules.map(({ rule }) => rule.id));
  const tallies = Object.entries(lead.fold.tallies).filter(([ruleId]) => !own.has(ruleId));
  for (const { rule, halfLifeMs, holds } of model.attributeRules) {
    const since = statedAt(lead, Object.keys(rule.attributes));
    if (!holds(lead.attributes, since.occurredAt)) continue;
    const { id, points, group, limit } = rule;
    const tally: Tally = {
      group,
      halfLifeDays: halfLifeMs === null ? null : halfLifeMs / dayMs,
      ...(limit !== undefined && { limit }),
      sum: toText(weigh(points, Date.parse(since.occurredAt), halfLifeMs)),
    };
    tallies.push([id, tally]);
  }
  return { ...lead.fold, tallies: Object.fromEntries(tallies.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** The latest of the activities that these attributes are from; what was never stated is as old as the lead. */
export function statedAt(
  { attributesFrom, createdAt }: Pick<Lead, 'attributesFrom' | 'createdAt'>,
  names: readonly string[],
): At {
  const from = names.flatMap((name) => attributesFrom[name] ?? []).sort(byOccurrence);
  return from.at(-1) ?? { activityId: '', occurredAt: createdAt };
}

function disqualification(lead: Lead, { disqualifiers, model }: CompiledModel): Lead['disqualified'] {
  for (const { id, holds } of disqualifiers) {
    const names = Object.keys(model.disqualify.find((each) => each.id === id)?.attributes ?? {});
    const { occurredAt } = statedAt(lead, names);
    if (holds(lead.attributes, occurredAt)) return { ruleId: id, at: occurredAt };
  }
  return null;
}

/** Reached once and for good. What signals make is the same in any order; what a crossing makes depends on when it was known (§2.3). */
function milestones(lead: Lead, fold: Fold, model: ScoringModel, crossedBy: At | null): Lead['milestones'] {
  const reached = { ...lead.milestones };
  for (const [name, signals] of Object.entries(model.milestones) as [Milestone, readonly string[]][]) {
    const seen = signals.flatMap((signal) => fold.firsts[signal] ?? []);
    const last = seen.sort(byOccurrence).at(-1);
    if (last && seen.length === signals.length) reached[name] = last;
  }
  const asked = model.explicitRequests.flatMap((signal) => fold.firsts[signal] ?? []).sort(byOccurrence)[0];
  for (const at of [asked, reached.sql ? null : crossedBy])
    if (at) reached.sql = earliest(reached.sql, { activityId: at.activityId, occurredAt: at.occurredAt });
  // In one order, however they came, so that equal leads are equal to the byte.
  return Object.fromEntries(Milestone.options.flatMap((name) => (reached[name] ? [[name, reached[name]]] : [])));
}

export function earliest(current: At | undefined, candidate: At): At {
  return current && byOccurrence(current, candidate) <= 0 ? current : candidate;
}
