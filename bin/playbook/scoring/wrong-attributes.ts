import { countryCode } from '../../../functions/capture/country-code.ts';
import type { FormField, Forms } from '../../../functions/capture/form.ts';
import type { Account } from '../../../functions/leads/account.ts';
import type { Test, Where } from '../../../functions/leads/condition.ts';
import { meantOrAny } from '../near-name.ts';
import { type Found, found } from './found.ts';
import { cannotPass, type Shape } from './shape.ts';
import { sensitive } from './wrong-where.ts';

/**
 * Tests on what people say of themselves that nobody ever passes. Everything a lead is known for is a field of some form: the
 * tracking and import doors keep no other trait, so a name that no form has would be silent for ever and is refused.
 */
export function wrongAttributes(
  attributes: Where,
  path: Found['path'],
  { forms: { forms }, account }: { readonly forms: Forms; readonly account: Account },
): readonly Found[] {
  const fields = Object.values(forms)
    .flatMap((form) => form.fields)
    .filter(({ name }) => name !== 'email');
  return Object.entries(attributes).flatMap(([name, test]) => {
    const asked = fields.filter((field) => field.name === name);
    return found(
      [...path, name],
      sensitive(name, account) ?? (asked.length === 0 ? unasked(name, fields) : nobody(name, test, asked)),
    );
  });
}

function unasked(name: string, fields: readonly FormField[]): string {
  const known = [...new Set(fields.map((field) => field.name))];
  if (name === 'email') return `the address itself is not scored: use one of ${known.join(', ')}`;
  return `no form asks for "${name}": ${meantOrAny(name, known)} Or add such a field to a form in forms.yaml`;
}

/** Two forms may ask for the same thing in different ways: one way that passes is enough. */
function nobody(name: string, test: Test, asked: readonly FormField[]): string | undefined {
  const reasons = asked.map((field) => cannotPass(name, test, shapeOf(field)) ?? noCountry(field, test));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

function shapeOf({ type, options }: FormField): Shape {
  if (type === 'number') return { kind: 'number' };
  return options ? { kind: 'choice', values: options } : { kind: 'text' };
}

function noCountry({ type }: FormField, test: Test): string | undefined {
  if (type !== 'country') return undefined;
  const [value] = Object.values(test);
  const stray = [value].flat().find((each) => typeof each === 'string' && !/^[A-Z]{2}$/.test(each));
  if (stray === undefined || 'exists' in test) return undefined;
  return `a country is kept as its code of two letters: write ${countryCode(String(stray)) ?? 'one such as BR'} instead of ${stray}`;
}
