import type { Forms } from '../../../functions/capture/form.ts';
import { plainProperties } from '../../../functions/capture/plain-properties.ts';
import type { Account } from '../../../functions/leads/account.ts';
import { holds, type Where } from '../../../functions/leads/condition.ts';
import { isSensitive } from '../../../functions/leads/sensitive-attribute.ts';
import { meantOrAny } from '../near-name.ts';
import { type Found, found } from './found.ts';
import { type FormFacts, factNames, factsOf, propertiesOf } from './known-properties.ts';
import { misspeltProperty } from './misspelt-property.ts';
import { cannotPass } from './shape.ts';

export interface Match {
  readonly activity: string;
  readonly where: Where;
}

type Context = { readonly forms: Forms; readonly account: Account };

/** Conditions on an activity that no such activity can ever meet. `path` is where the rule, the signal or the `given` stands. */
export function wrongWhere({ activity, where }: Match, path: Found['path'], context: Context): readonly Found[] {
  const { shapes, closed } = propertiesOf(activity, context.forms);
  const each = Object.entries(where).flatMap(([name, test]) =>
    found(
      [...path, 'where', name],
      sensitive(name, context.account) ??
        (closed && !Object.hasOwn(shapes, name) ? noProperty(name, Object.keys(shapes)) : undefined) ??
        unkept(name, activity, context.account) ??
        misspeltProperty(name, activity) ??
        cannotPass(name, test, shapes[name]),
    ),
  );
  if (each.length > 0 || activity !== 'form.submitted') return each;
  return found([...path, 'where'], contradiction(where, context.forms));
}

/** Why a name may not be asked for, kept or scored; `undefined` when it may. */
export function sensitive(name: string, { sensitiveAttributes }: Account): string | undefined {
  if (!isSensitive(name, sensitiveAttributes)) return undefined;
  return `${name} is sensitive, so it is not kept: take it out, or opt in with sensitiveAttributes: [${name}] in account.yaml`;
}

/** Left out of what the tracking door takes, because people are known to be named in them. */
const ofPersons = ['email', 'search'];

/** Why no activity that comes from outside keeps a property of this name; `undefined` when one may. */
function unkept(name: string, activity: string, { sensitiveAttributes }: Account): string | undefined {
  const isTracked = activity === 'page.viewed' || activity.startsWith('track.');
  if (isTracked && ofPersons.includes(name))
    return `people are named in "${name}", so it is not kept of what is tracked: test another property`;
  if (Object.hasOwn(plainProperties({ [name]: true }, sensitiveAttributes), name)) return undefined;
  return `no activity keeps a property called "${name}": a name begins with a letter or a digit and has at most 64 characters; send it under another`;
}

function noProperty(name: string, known: readonly string[]): string {
  return `a submission has no "${name}": ${meantOrAny(name, known)}; what people fill in is tested by a rule with attributes:`;
}

/** A form's magnet and stage stand fast, so conditions on several of them may exclude each other. */
function contradiction(where: Where, { forms }: Forms): string | undefined {
  const tests = Object.fromEntries(Object.entries(where).filter(([name]) => factNames.includes(name)));
  const facts: readonly FormFacts[] = Object.entries(forms).map(([id, form]) => factsOf(id, form));
  const meets = (facts: FormFacts, wanted: Where) => holds(wanted)({ ...facts }, '2026-01-01T00:00:00.000Z');
  if (facts.some((one) => meets(one, tests))) return undefined;
  const { form, ...others } = tests;
  const named = form ? facts.filter((one) => meets(one, { form })) : [];
  const [one] = named;
  if (!one)
    return `no form is all of this (${Object.keys(tests).join(', ')}): take a condition out, or write such a form in forms.yaml`;
  const fact = Object.entries(one).find(
    ([name, value]) => others[name] && !holds({ [name]: others[name] })({ [name]: value }, ''),
  );
  return `the form ${one.form} has ${fact?.[0]} ${fact?.[1]}, so this never holds: take out one of the two conditions`;
}
