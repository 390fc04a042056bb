import { holds } from '../../../functions/leads/condition.ts';
import { machinesPath } from '../../../functions/leads/link-id.ts';
import type { ActivityRule, AttributeRule, Given, ScoringRule } from '../../../functions/scoring/scoring-model.ts';
import { unknownActivity } from '../activity-name.ts';
import type { Parts } from '../cross-checks.ts';
import { type Found, found } from './found.ts';
import { wrongAttributes } from './wrong-attributes.ts';
import { judged, wrongHumanOnly, wrongScope } from './wrong-scope.ts';
import { type Match, wrongWhere } from './wrong-where.ts';

/** Everything that keeps a rule from ever paying, or makes it pay for what it is not about. */
export function wrongRule(rule: ScoringRule, path: Found['path'], parts: Parts): readonly Found[] {
  if ('activity' in rule) return wrongActivityRule(rule, path, parts);
  if ('attributes' in rule) return wrongAttributeRule(rule, path, parts);
  return found([...path, 'points'], rule.points > 0 && `nobody earns points by doing nothing: write -${rule.points}`);
}

/** Which activities are meant: of a rule, a signal, or what must have been before. */
export function wrongMatch(
  match: Match & { readonly humanOnly: boolean },
  path: Found['path'],
  parts: Parts,
): readonly Found[] {
  return [
    ...found([...path, 'activity'], unknownActivity(match.activity)),
    ...found([...path, 'activity'], adjustment(match.activity)),
    ...found([...path, 'humanOnly'], wrongHumanOnly(match)),
    ...found([...path, 'where', 'link'], machinesLink(match)),
    ...wrongWhere(match, path, parts),
  ];
}

/** Whoever follows the link that no person sees is a machine, so nobody's click on it counts. */
function machinesLink({ activity, where: { link }, humanOnly }: Match & { humanOnly: boolean }): string | undefined {
  if (activity !== 'email.clicked' || !humanOnly || !link) return undefined;
  const ends =
    'endsWith' in link ? [link.endsWith] : 'equals' in link ? [link.equals] : 'oneOf' in link ? link.oneOf : [];
  const isMachines = (end: unknown) => {
    const text = String(end).replace(/\/$/, '');
    return text === machinesPath || URL.parse(text)?.pathname === machinesPath;
  };
  return ends.some(isMachines)
    ? `only machines see the link to ${machinesPath}, and their clicks do not count: name another link`
    : undefined;
}

function adjustment(activity: string): string | undefined {
  return activity === 'score.adjusted' ? 'an adjustment by hand brings its own points: take this rule out' : undefined;
}

function wrongActivityRule(rule: ActivityRule, path: Found['path'], parts: Parts): readonly Found[] {
  const { activity, points, humanOnly, from, until, given } = rule;
  const isScannersToo = judged.includes(activity) && points > 0 && !humanOnly;
  const isNever = from !== undefined && until !== undefined && until <= from;
  return [
    ...wrongMatch(rule, path, parts),
    ...found([...path, 'activity'], isScannersToo && 'scanners open and click everything: add humanOnly: true'),
    ...found([...path, 'scope'], wrongScope(rule)),
    ...found(
      [...path, 'until'],
      isNever && `no day is from ${from} on and before ${until}: write a later day, or swap the two`,
    ),
    ...given.flatMap((each, index) => wrongGiven(each, [...path, 'given', index], parts)),
  ];
}

function wrongGiven(given: Given, path: Found['path'], parts: Parts): readonly Found[] {
  const { activity, withinDays, apartHours } = given;
  return [
    // Of opens and clicks only those of people count, without being asked for.
    ...wrongMatch({ ...given, humanOnly: judged.includes(activity) }, path, parts),
    ...found([...path, 'activity'], activity === 'email.opened' && openIsNoCondition),
    ...found(
      [...path, 'apartHours'],
      apartHours >= withinDays * 24 &&
        `nothing is ${apartHours} hours apart and within ${withinDays} days: write less than ${withinDays * 24}`,
    ),
  ];
}

/** Requirements §2.5: an open is never a precondition of anything. */
export const openIsNoCondition =
  'many people block images and are never seen to open: use email.clicked, page.viewed or another activity';

function wrongAttributeRule({ attributes }: AttributeRule, path: Found['path'], parts: Parts): readonly Found[] {
  const isForAll = Object.keys(attributes).length === 0;
  return [
    ...found(
      [...path, 'attributes'],
      isForAll && 'this holds for everybody: name an attribute, such as industry: { contains: retail }',
    ),
    ...wrongAttributes(attributes, [...path, 'attributes'], parts),
  ];
}

/** Of a lead who has said nothing of all this, no disqualifier may hold: it would shut out everybody who comes. */
export function wrongDisqualifier(
  { attributes }: { readonly attributes: AttributeRule['attributes'] },
  path: Found['path'],
  parts: Parts,
): readonly Found[] {
  const wrong = wrongAttributes(attributes, [...path, 'attributes'], parts);
  if (wrong.length > 0) return wrong;
  if (!holds(attributes)({}, '2026-01-01T00:00:00.000Z')) return [];
  const names = Object.keys(attributes);
  const message =
    names.length === 0
      ? 'this holds for everybody: name an attribute, such as revenue: { below: 100000 }'
      : `this also holds for everybody who has not told their ${names.join(' and ')}: say who is meant, with equals, oneOf or below`;
  return found([...path, 'attributes'], message);
}
