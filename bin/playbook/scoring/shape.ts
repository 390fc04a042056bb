import { holds, type Test } from '../../../functions/leads/condition.ts';
import { meantOrAny } from '../near-name.ts';

type Literal = string | number | boolean;

/** What values a property or an attribute can have. */
export type Shape =
  | { readonly kind: 'choice'; readonly values: readonly Literal[] }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'number' }
  /** `begins`: one of these is what every value begins with. `without`: no value has `part` in it, and why. */
  | { readonly kind: 'text'; readonly begins?: readonly string[]; readonly without?: Without };

interface Without {
  readonly part: RegExp;
  readonly because: string;
}

/** Why no value of this shape is ever told from the others by this test, with the mend; `undefined` when one may be. */
export function cannotPass(name: string, test: Test, shape: Shape | undefined): string | undefined {
  if ('between' in test && test.between[0] > test.between[1])
    return `nothing is between ${test.between[0]} and ${test.between[1]}: write [${test.between[1]}, ${test.between[0]}]`;
  if (shape === undefined || 'exists' in test) return undefined;
  switch (shape.kind) {
    case 'choice':
      return noChoice(name, test, shape.values);
    case 'list':
      return noItem(name, test, shape.values);
    case 'number':
      return noNumber(name, test);
    case 'text':
      return noText(name, test, shape);
  }
}

/** The values that a test names. */
function literalsOf(test: Test): readonly Literal[] {
  if ('equals' in test) return [test.equals];
  if ('notEquals' in test) return [test.notEquals];
  if ('oneOf' in test) return test.oneOf;
  return 'noneOf' in test ? test.noneOf : [];
}

/** The beginnings, ends and parts of text that a test names. */
function partsOf(test: Test): readonly string[] {
  if ('startsWith' in test) return [test.startsWith];
  if ('endsWith' in test) return [test.endsWith];
  return 'contains' in test ? [test.contains] : [];
}

function noChoice(name: string, test: Test, values: readonly Literal[]): string | undefined {
  const stray = literalsOf(test).find((literal) => !values.includes(literal));
  if (stray !== undefined) {
    if (values.includes(true)) return `${name} is yes or no: write true or false, without quotes`;
    return `there is no ${name} "${stray}": ${meantOrAny(String(stray), values.map(String))}`;
  }
  const isPassed = holds({ [name]: test });
  if (values.some((value) => isPassed({ [name]: value }, '2026-01-01T00:00:00.000Z'))) return undefined;
  return `no ${name} is like that: write { oneOf: [${values.join(', ')}] } with those you mean`;
}

function noItem(name: string, test: Test, values: readonly string[]): string | undefined {
  const choice = values.join(', ');
  if (!('contains' in test)) return `${name} is a list: write { contains: … } with one of ${choice}`;
  return values.includes(test.contains) ? undefined : `there is no ${name} "${test.contains}": use one of ${choice}`;
}

function noNumber(name: string, test: Test): string | undefined {
  if (literalsOf(test).some((literal) => typeof literal !== 'number'))
    return `${name} is a number: write it without quotes`;
  const isAboutText = partsOf(test).length > 0 || isAboutDays(test);
  return isAboutText ? `${name} is a number: compare it with atLeast, atMost, above, below or between` : undefined;
}

function noText(name: string, test: Test, { begins, without }: Extract<Shape, { kind: 'text' }>): string | undefined {
  if (begins === undefined) return undefined;
  const isAboutSize = ['atLeast', 'atMost', 'above', 'below', 'between'].some((operator) => operator in test);
  if (isAboutSize || isAboutDays(test))
    return `${name} is a text: test it with equals, startsWith, endsWith or contains`;
  const wholes = literalsOf(test).map(String);
  const starts = 'startsWith' in test ? [test.startsWith, ...wholes] : wholes;
  const stray = starts.find((start) => !begins.some((begin) => start.startsWith(begin) || begin.startsWith(start)));
  if (stray !== undefined)
    return `every ${name} begins with ${begins.join(' or ')}, and "${stray}" does not: ${corrected(stray, begins)}`;
  const cut = [...wholes, ...partsOf(test)].find((part) => without?.part.test(part));
  return cut === undefined ? undefined : `${without?.because}, so none has "${cut}" in it: leave that part out`;
}

function corrected(stray: string, begins: readonly string[]): string {
  if (!begins.includes('/')) return `write { contains: ${stray} }, or the whole address`;
  return `write ${URL.canParse(stray) ? new URL(stray).pathname : `/${stray}`}`;
}

function isAboutDays(test: Test): boolean {
  return ['onOrAfter', 'before', 'inNextDays', 'inLastDays'].some((operator) => operator in test);
}
