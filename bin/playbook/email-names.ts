import { nearName } from './near-name.ts';
import type { PlaybookProblem } from './problem.ts';

/** What every lead may have, whatever the forms ask for: columns of an import, and what Ripen works out. */
const always = [
  'email',
  'name',
  'firstName',
  'language',
  'company',
  'role',
  'industry',
  'country',
  'phone',
  'timeZone',
];

/**
 * Names of the lead that are nearly one that somebody fills in, in an e-mail and in what it includes. A name that is near to none may come
 * from an import, and passes.
 */
export function misspeltNames(
  file: string,
  source: string,
  included: readonly string[],
  fields: readonly string[],
): PlaybookProblem[] {
  const known = [...new Set([...always, ...fields])];
  const wrong = [
    ...leadNames(source).map(({ name, at }) => ({ name, line: source.slice(0, at).split('\n').length })),
    ...included.flatMap(leadNames).map(({ name }) => ({ name, line: 1 })),
  ].filter(({ name }) => !known.includes(name));
  return wrong.flatMap(({ name, line }) => {
    const near = nearName(name, known);
    if (near === undefined) return [];
    return [{ file, line, path: `lead.${name}`, message: `nobody fills it in: did you mean lead.${near}?` }];
  });
}

/** Every `lead.<name>` inside a tag of Liquid, and where it stands. */
function leadNames(text: string): { readonly name: string; readonly at: number }[] {
  return [...text.matchAll(/\{[{%][^}]*\}/g)].flatMap(({ 0: tag, index }) =>
    [...tag.matchAll(/\blead\.(\w+)/g)].map((match) => ({ name: match[1] ?? '', at: index + match.index })),
  );
}
