import type { ScoreGroup } from '../../../functions/leads/fold.ts';
import type { ScoringModel, ScoringRule } from '../../../functions/scoring/scoring-model.ts';

/** The most that one rule can ever bring, in points; `Infinity` when it pays again and again without a limit. */
export function mostOfRule(rule: ScoringRule): number {
  const most = isPaidOnce(rule) ? rule.points : Number.POSITIVE_INFINITY;
  return rule.points < 0 ? 0 : Math.min(most, rule.limit ?? Number.POSITIVE_INFINITY);
}

/** The most that all rules of a group bring together. */
export function mostOfGroup({ rules, groups }: ScoringModel, group: ScoreGroup): number {
  const sum = rules.filter((rule) => groupOf(rule) === group).reduce((most, rule) => most + mostOfRule(rule), 0);
  return Math.min(sum, groups[group].limit ?? Number.POSITIVE_INFINITY);
}

/** The highest score that any lead can ever have by the rules alone. */
export function mostPoints(model: ScoringModel): number {
  return mostOfGroup(model, 'engagement') + mostOfGroup(model, 'fit');
}

export function groupOf(rule: ScoringRule): ScoreGroup {
  return 'ignores' in rule ? 'engagement' : rule.group;
}

/** The lowest score that any lead can ever have by the rules alone: only minus points go below 0, and no group limit holds them. */
export function leastPoints({ rules, floor = Number.NEGATIVE_INFINITY }: ScoringModel): number {
  return Math.max(
    floor,
    rules.reduce((least, rule) => least + leastOfRule(rule), 0),
  );
}

function leastOfRule(rule: ScoringRule): number {
  if (rule.points > 0) return 0;
  const least = isPaidOnce(rule) ? rule.points : Number.NEGATIVE_INFINITY;
  return Math.max(least, -(rule.limit ?? Number.POSITIVE_INFINITY));
}

function isPaidOnce(rule: ScoringRule): boolean {
  return 'attributes' in rule || ('activity' in rule && rule.scope === 'once');
}
