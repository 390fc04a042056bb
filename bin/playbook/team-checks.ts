import type { Match, Rule, Team } from '../../functions/handoff/team.ts';
import type { Where } from '../../functions/leads/condition.ts';
import { type Predicate, typesIn } from '../../functions/leads/predicate.ts';
import { unknownActivity } from './activity-name.ts';
import type { Parts } from './cross-checks.ts';
import { type Found, found } from './scoring/found.ts';
import { wrongAttributes } from './scoring/wrong-attributes.ts';

/** Assignment rules about what no lead ever does or tells us: they would be valid, and silent for ever. */
export function wrongRules(parts: Pick<Parts, 'team' | 'forms' | 'account'>): readonly Found[] {
  return parts.team.assignment.rules.flatMap((rule, index) => {
    const path = ['assignment', 'rules', index];
    return [...wrongWhen(rule, [...path, 'when'], parts), ...neverTold(rule, [...path, 'matching'], parts)];
  });
}

type Known = Pick<Parts, 'forms' | 'account'>;

function wrongWhen({ when }: Rule, path: Found['path'], known: Known): readonly Found[] {
  if (!when) return [];
  return [
    ...typesIn(when).flatMap((type) => found(path, unknownActivity(type))),
    ...attributesIn(when).flatMap((where) => wrongAttributes(where, path, known).map((each) => ({ ...each, path }))),
  ];
}

function attributesIn(predicate: Predicate): readonly Where[] {
  if ('all' in predicate) return predicate.all.flatMap(attributesIn);
  if ('any' in predicate) return predicate.any.flatMap(attributesIn);
  if ('not' in predicate) return attributesIn(predicate.not);
  return 'attribute' in predicate ? [{ [predicate.attribute]: predicate.is }] : [];
}

/** What each kind of match reads of a lead; the language is known of everybody. */
const readFrom: Readonly<Record<Match, readonly string[]>> = {
  industry: ['industry'],
  product: ['product', 'interest'],
  language: [],
  region: ['country', 'region', 'state'],
};

function neverTold({ matching }: Rule, path: Found['path'], { forms: { forms } }: Known): readonly Found[] {
  const asked = Object.values(forms).flatMap(({ fields }) => fields.map(({ name }) => name));
  return matching.flatMap((match) => {
    const names = readFrom[match];
    const isAsked = names.length === 0 || names.some((name) => asked.includes(name));
    return found(path, !isAsked && `no form asks for ${names.join(' or ')}: add such a field to a form in forms.yaml`);
  });
}

/** The languages in which somebody is told of a lead, and where the playbook says so. */
export function languagesOf({ reps, manager, hotLead }: Team): readonly (readonly [Found['path'], string])[] {
  return [
    [['hotLead', 'template'], hotLead.language],
    ...reps.flatMap(({ locale }, index) =>
      locale === undefined ? [] : [[['reps', index, 'locale'], locale] as const],
    ),
    ...(manager.locale === undefined ? [] : [[['manager', 'locale'], manager.locale] as const]),
  ];
}
