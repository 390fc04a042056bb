import type { Seen } from '../../functions/leads/condition.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { type Chance, chance } from '../demo/chance.ts';

/**
 * How the rules of a big model may be spread: two for each of many activity types; or all on one type, told apart by what a
 * property is, or by what it begins with.
 */
export const shapes = ['many types', 'one type, by equality', 'one type, by prefix'] as const;
export type Shape = (typeof shapes)[number];

/** A model of so many rules, and activities of which most earn something under it. */
export interface RuleCase {
  readonly model: ScoringModel;
  readonly activities: readonly Seen[];
}

const activityCount = 64;
const plans = ['free', 'team', 'business'];

/** The same for the same seed. */
export function aRuleCase(shape: Shape, ruleCount: number, seed: number): RuleCase {
  const dice = chance(seed);
  const rules = Array.from({ length: ruleCount }, (_, n) => ({
    id: `rule-${n}`,
    points: 1 + (n % 20),
    scope: 'always',
    says: { en: `did thing ${n}` },
    ...(shape === 'many types' ? ruleOfItsType(n) : ruleOfOneType(n, shape)),
  }));
  const activities = Array.from({ length: activityCount }, () => anActivity(shape, ruleCount, dice));
  return {
    model: ScoringModel.parse({
      threshold: 50,
      rearmBelow: 40,
      ratings: { hot: 50, warm: 25 },
      rules,
      signals: {},
      buyingSignals: [],
      explicitRequests: [],
      milestones: {},
    }),
    // As the queue brings them: a text that was parsed is not the one in the model, and comparing the two costs what it costs.
    activities: JSON.parse(JSON.stringify(activities)),
  };
}

function ruleOfItsType(n: number) {
  const activity = `track.thing-${Math.floor(n / 2)}`;
  const where = n % 2 === 0 ? { plan: { equals: plans[n % 3] } } : { amount: { atLeast: 10 * (n % 10) } };
  return { activity, where };
}

function ruleOfOneType(n: number, shape: Shape) {
  const path = shape === 'one type, by prefix' ? { startsWith: `/area-${n}/` } : { equals: `/area-${n}/page` };
  return { activity: 'page.viewed', where: { path } };
}

/** One in eight is of a type, or a page, that no rule names. */
function anActivity(shape: Shape, ruleCount: number, dice: Chance): Seen {
  const subjects = Math.ceil(shape === 'many types' ? ruleCount / 2 : ruleCount);
  const subject = dice.happens(1 / 8) ? subjects : dice.between(0, subjects - 1);
  const type = shape === 'many types' ? `track.thing-${subject}` : 'page.viewed';
  const path = `/area-${subject}/page`;
  const properties = { path, plan: dice.pick(plans), amount: dice.between(0, 100), url: `https://example.com${path}` };
  return { type, occurredAt: '2026-03-02T12:00:00.000Z', properties };
}
