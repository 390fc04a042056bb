import { isList, isRecord, type Leaf, OPERATORS, refuse, type ValueTest } from './event-pattern-operators.ts';

/** A parsed event pattern: does this event match? Total: never throws, whatever JSON it is given. */
export type EventPattern = (event: unknown) => boolean;

/**
 * Parses an EventBridge event pattern (a JSON value, or its text). Fields next to each other must all match, values in a
 * list are alternatives, `$or` holds alternative groups of fields. Throws on what EventBridge would refuse, naming where.
 */
export function parsePattern(pattern: unknown): EventPattern {
  const value = typeof pattern === 'string' ? parseText(pattern) : pattern;
  if (!isRecord(value)) refuse('$', 'a pattern is an object');
  return parseFields(value, '$');
}

function parseText(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    return refuse('$', 'the pattern is not JSON');
  }
}

/** Every field must match. Over an array of objects: all of them within the same element. */
function parseFields(pattern: Record<string, unknown>, path: string): EventPattern {
  const entries = Object.entries(pattern);
  if (entries.length === 0) refuse(path, 'an empty object is not allowed');
  const tests = entries.map(([name, value]) =>
    name === '$or' ? parseAlternatives(value, `${path}.$or`) : parseField(name, value, `${path}.${name}`),
  );

  const matches: EventPattern = (value) =>
    Array.isArray(value) && value.length > 0 ? value.some(matches) : tests.every((test) => test(value));
  return matches;
}

function parseAlternatives(pattern: unknown, path: string): EventPattern {
  if (!isList(pattern) || pattern.length < 2) refuse(path, '$or is a list of at least two objects');
  const alternatives = pattern.map((alternative, index) => {
    const here = `${path}[${index}]`;
    if (!isRecord(alternative)) refuse(here, '$or holds objects only');
    const operator = Object.keys(alternative).find((name) => Object.hasOwn(OPERATORS, name));
    if (operator) refuse(here, `${operator} is an operator: it belongs in the list of a field, not in $or`);
    return parseFields(alternative, here);
  });
  return (value) => alternatives.some((matches) => matches(value));
}

function parseField(name: string, pattern: unknown, path: string): EventPattern {
  if (isRecord(pattern)) {
    const matches = parseFields(pattern, path);
    return (parent) => matches(fieldOf(parent, name));
  }
  if (!isList(pattern)) refuse(path, 'must be an object, or a list of values');
  if (pattern.length === 0) refuse(path, 'an empty list is not allowed');
  const tests = pattern.map((value, index) => parseValue(value, `${path}[${index}]`));
  return (parent) => {
    const leaves = leavesOf(fieldOf(parent, name));
    return tests.some((test) => test(leaves));
  };
}

function parseValue(pattern: unknown, path: string): ValueTest {
  if (isRecord(pattern)) {
    const [[name, operand] = ['', undefined], ...more] = Object.entries(pattern);
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (more.length > 0 || !operator) {
      refuse(path, `an operator is one of ${Object.keys(OPERATORS).join(', ')}, alone in its object`);
    }
    return operator(operand, `${path}.${name}`);
  }
  if (isList(pattern)) refuse(path, 'a list inside a list is not allowed');
  return (leaves) => leaves.some((leaf) => leaf === pattern);
}

/** Own properties only: an event that happens to say `constructor` must not meet JavaScript's. */
function fieldOf(parent: unknown, name: string): unknown {
  return isRecord(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
}

/** The values an operator sees: the value itself, or what an array holds. Objects, and what is absent, have none. */
function leavesOf(value: unknown): readonly Leaf[] {
  if (isList(value)) return value.flatMap(leavesOf);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [value];
  return [];
}
