import type * as z from 'zod';
import { nearName } from './near-name.ts';

type Issue = z.core.$ZodIssue;

/** What to write instead, in words. Where a schema has its own message it says so already; zod's generic ones are said better here. */
export function mend(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return choiceMend(issue.input, issue.values.map(String));
    case 'invalid_type':
      return typeMend(issue.input, isGeneric(issue) ? howToWrite(issue.expected, issue.input) : issue.message);
    case 'too_small':
      return isGeneric(issue) ? sizeMend(issue.origin, 'least', issue.minimum) : issue.message;
    case 'too_big':
      return isGeneric(issue) ? sizeMend(issue.origin, 'most', issue.maximum) : issue.message;
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join('; ');
    case 'invalid_union':
      return isGeneric(issue) ? valueMend(issue) : `${meantName(issue)}${issue.message}`;
    default:
      return issue.message;
  }
}

/** What makes a rule one of its kinds. */
const ruleKinds: readonly string[] = ['activity', 'attributes', 'ignores'];

/** For a name that the schema does not have at this path; `known` are the names it has anywhere. */
export function strayKeyMend(key: string, known: readonly string[], path: readonly (string | number)[]): string {
  if (path.length === 2 && path[0] === 'rules' && ruleKinds.includes(key))
    return `a rule has one of ${ruleKinds.join(', ')}: keep one, or make two rules of it`;
  if (known.includes(key)) return 'means nothing here, only elsewhere in this file: move it, or remove it';
  const near = nearName(key, known);
  return near === undefined
    ? 'means nothing here: check the spelling, or remove it'
    : `means nothing here: did you mean "${near}"? Check the spelling, or remove it`;
}

/**
 * What is wrong with a value that may be written in several ways, told by the way that it comes nearest to: a rule with one slip
 * is not told about the other kinds of rules. Where no way is nearest, the union's own message stands.
 */
export function plainly(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest, next] = issue.errors
    .map((issues) => ({ issues, slips: slips(issues) }))
    .sort((a, b) => a.slips - b.slips);
  if (!nearest || nearest.slips === next?.slips) return [issue];
  return nearest.issues.flatMap((each) => plainly({ ...each, path: [...issue.path, ...each.path] }));
}

function slips(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function choiceMend(input: unknown, choice: readonly string[]): string {
  if (input === undefined) return `is missing: add it; write one of: ${choice.join(', ')}`;
  const near = typeof input === 'string' ? nearName(input, choice) : undefined;
  return `${near === undefined ? '' : `did you mean "${near}"? `}write one of: ${choice.join(', ')}`;
}

/** `did you mean "startsWith"? ` for a name that none of the ways to write this has, next to one that they ask for. */
function meantName({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const ways = errors.map((issues) =>
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])),
  );
  const missing = errors.flat().flatMap(({ input, path }) => (input === undefined ? [String(path.at(-1))] : []));
  const near = ways[0]
    ?.filter((key) => ways.every((keys) => keys.includes(key)))
    .map((key) => nearName(key, missing))
    .find((name) => name !== undefined);
  return near === undefined ? '' : `did you mean "${near}"? `;
}

/** A test's value, where several kinds of values may stand. */
function valueMend({ path, input }: Issue): string {
  const ofSeveral = new Map<unknown, string>([
    ['equals', 'oneOf'],
    ['notEquals', 'noneOf'],
  ]).get(path.at(-1));
  const single = 'write one text, one number, true or false';
  if (Array.isArray(input) && ofSeveral !== undefined)
    return `${single}; for several write { ${ofSeveral}: [${input.map(String).join(', ')}] }`;
  return typeMend(input, single);
}

function isGeneric({ message }: Issue): boolean {
  return /^(Invalid input|Too small|Too big)/.test(message);
}

function typeMend(input: unknown, how: string): string {
  if (input === undefined) return `is missing: add it; ${how}`;
  return input === null ? `is empty: ${how}` : how;
}

function howToWrite(expected: string, input: unknown): string {
  const isText = typeof input === 'string' && input.trim() !== '';
  const number = isText && Number.isFinite(Number(input)) ? Number(input) : 50;
  // No example: the 50 of `5O` would look like what is written already.
  const isMixed = isText && /\d/.test(input) && Number.isNaN(Number(input)) && /\p{L}/u.test(input);
  switch (expected) {
    case 'number':
      return isMixed ? 'write a number, without letters' : `write a number, like ${number}, without quotes`;
    case 'int':
      return isMixed
        ? 'write a whole number, without letters'
        : `write a whole number, like ${Math.round(number)}, without quotes`;
    case 'boolean':
      return 'write true or false, without quotes';
    case 'string':
      return typeof input === 'number' || typeof input === 'boolean'
        ? `write a text, in quotes: "${input}"`
        : 'write a text';
    case 'array':
      return 'write a list: [one, two], or each item on a line of its own that begins with "- "';
    case 'object':
    case 'record':
      return 'write lines of "name: value", two spaces further right than this one';
    default:
      return `write what is called ${expected} in YAML`;
  }
}

function sizeMend(origin: string, side: 'least' | 'most', limit: number | bigint): string {
  if (origin === 'string')
    return limit === 1 && side === 'least' ? 'is empty: write a text' : `write at ${side} ${limit} characters`;
  if (origin === 'number' || origin === 'int') return `write a number of at ${side} ${limit}`;
  return `list at ${side} ${limit}`;
}
