import type { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { type Found, found } from './found.ts';
import { groupOf, leastPoints, mostPoints } from './most-points.ts';

/** Threshold, ratings, floor and limits that could never be what they are for. */
export function wrongLevels(model: ScoringModel): readonly Found[] {
  const { threshold, ratings } = model;
  const most = mostPoints(model);
  const outOfReach = `no lead can ever reach it: all rules together bring at most ${most}. Write less, or raise a limit`;
  return [
    ...found(['threshold'], threshold > most && outOfReach),
    ...found(['threshold'], threshold <= 0 && 'every lead would be at it from the start: write a number above 0'),
    ...found(['ratings', 'hot'], ratings.hot > most && outOfReach),
    ...found(
      ['ratings', 'warm'],
      ratings.warm <= 0 && 'every lead would be warm from the start: write a number above 0',
    ),
    ...found(['ratings', 'margin'], wrongMargin(ratings)),
    ...wrongRearm(model),
    ...wrongFloor(model),
    ...wrongLimits(model),
  ];
}

function wrongMargin({ hot, warm, margin }: ScoringModel['ratings']): string | undefined {
  if (margin >= hot - warm)
    return `the ratings overlap: a hot lead would stay hot where others are not even warm. Write less than ${hot - warm}`;
  return margin >= warm && warm > 0
    ? `a lead once warm would never be cold again: write less than warm (${warm})`
    : undefined;
}

/** Points fade towards 0 and no further: below it a lead comes by minus points alone. 0 is allowed, to hand over once. */
function wrongRearm(model: ScoringModel): readonly Found[] {
  const { rearmBelow } = model;
  const least = leastPoints({ ...model, floor: undefined });
  return found(
    ['rearmBelow'],
    rearmBelow < 0 &&
      least >= rearmBelow &&
      `no lead ever gets below it: all rules together take away at most ${Math.abs(least)}. Write a higher number, or 0 to hand each lead over once`,
  );
}

function wrongFloor({ floor, threshold, rearmBelow, ratings }: ScoringModel): readonly Found[] {
  if (floor === undefined) return [];
  if (floor >= threshold)
    return found(['floor'], `every lead would be at the threshold (${threshold}) for ever: write a lower number`);
  if (floor >= rearmBelow)
    return found(
      ['floor'],
      `a lead would never get below rearmBelow (${rearmBelow}), and so cross the threshold once only: write a lower number`,
    );
  const keepsWarm = ratings.warm - ratings.margin;
  return found(
    ['floor'],
    floor >= keepsWarm && `every lead would stay warm for ever: write a number below ${keepsWarm}`,
  );
}

/** A limit below what one time brings pays that one time in part, and nothing after it. */
function wrongLimits({ rules, groups }: ScoringModel): readonly Found[] {
  return [
    ...rules.flatMap(({ points, limit }, index) => {
      const once = Math.abs(points);
      return found(
        ['rules', index, 'limit'],
        limit !== undefined &&
          limit < once &&
          `of ${points} points only ${limit} would ever count: write a limit of at least ${once}, or fewer points`,
      );
    }),
    ...(['engagement', 'fit'] as const).flatMap((group) => {
      const limit = groups[group].limit ?? Number.POSITIVE_INFINITY;
      const above = rules.find((rule) => groupOf(rule) === group && rule.points > limit);
      return found(
        ['groups', group, 'limit'],
        above && `"${above.id}" alone brings ${above.points} points: write a limit of at least ${above.points}`,
      );
    }),
  ];
}
