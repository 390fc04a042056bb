import type * as z from 'zod';

/** What to write instead, in words. Where a schema has its own message it says so already; zod's generic ones are said better here. */
export function mend(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'means nothing here: check the spelling, or remove it';
    case 'invalid_value':
      return `write one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return typeMend(issue.input, isGeneric(issue) ? howToWrite(issue.expected, issue.input) : issue.message);
    case 'too_small':
      return isGeneric(issue) ? sizeMend(issue.origin, 'least', issue.minimum) : issue.message;
    case 'too_big':
      return isGeneric(issue) ? sizeMend(issue.origin, 'most', issue.maximum) : issue.message;
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join('; ');
    default:
      return issue.message;
  }
}

function isGeneric({ message }: z.core.$ZodIssue): boolean {
  return /^(Invalid input|Too small|Too big)/.test(message);
}

function typeMend(input: unknown, how: string): string {
  if (input === undefined) return `is missing: add it; ${how}`;
  return input === null ? `is empty: ${how}` : how;
}

function howToWrite(expected: string, input: unknown): string {
  const number = typeof input === 'string' && Number.isFinite(Number.parseFloat(input)) ? Number.parseFloat(input) : 50;
  switch (expected) {
    case 'number':
      return `write a number, like ${number}, without quotes`;
    case 'int':
      return `write a whole number, like ${Math.round(number)}, without quotes`;
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
