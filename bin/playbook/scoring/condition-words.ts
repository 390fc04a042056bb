import type { Test, Where } from '../../../functions/leads/condition.ts';

/** Conditions as a person would say them: `path begins with /pricing and country is BR or PT`. */
export function conditionWords(where: Where): string {
  return Object.entries(where)
    .map(([name, test]) => `${name} ${testWords(test)}`)
    .join(' and ');
}

const words: Readonly<Record<string, string>> = {
  equals: 'is',
  notEquals: 'is not',
  oneOf: 'is',
  noneOf: 'is not',
  startsWith: 'begins with',
  endsWith: 'ends with',
  contains: 'has in it',
  atLeast: 'is at least',
  atMost: 'is at most',
  above: 'is above',
  below: 'is below',
  onOrAfter: 'is on or after',
  before: 'is before',
};

function testWords(test: Test): string {
  if ('exists' in test) return test.exists ? 'is known' : 'is not known';
  if ('between' in test) return `is from ${test.between[0]} to ${test.between[1]}`;
  if ('inNextDays' in test) return `is in the ${test.inNextDays} days after`;
  if ('inLastDays' in test) return `is in the ${test.inLastDays} days before`;
  const [[operator = '', value] = []] = Object.entries(test);
  return `${words[operator]} ${[value].flat().join(' or ')}`;
}
