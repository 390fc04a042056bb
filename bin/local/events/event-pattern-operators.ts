import { BlockList, isIP } from 'node:net';

/** One value of an event, as a pattern's operators see it. */
export type Leaf = string | number | boolean | null;

/** Does a field match? It is given all values of the field: none when it is absent, several when it is an array. */
export type ValueTest = (leaves: readonly Leaf[]) => boolean;

type LeafTest = (leaf: Leaf) => boolean;
type TextTest = (text: string) => boolean;
type Parse<Test> = (operand: unknown, path: string) => Test;

/** EventBridge compares numbers between minus and plus five billion only; others are just different from everything. */
const WIDEST = 5e9;

/** The operators on text that `anything-but` can negate, too. */
const TEXT_OPERATORS: Readonly<Record<string, (operand: string, path: string) => TextTest>> = {
  prefix: (start) => (text) => text.startsWith(start),
  suffix: (end) => (text) => text.endsWith(end),
  'equals-ignore-case': (wanted) => (text) => fold(text) === fold(wanted),
  wildcard: parseWildcard,
};

/** Every operator of EventBridge event patterns, parsing its operand into a test of a field. */
export const OPERATORS: Readonly<Record<string, Parse<ValueTest>>> = {
  prefix: parseAffix('prefix', (start) => (text) => fold(text).startsWith(fold(start))),
  suffix: parseAffix('suffix', (end) => (text) => fold(text).endsWith(fold(end))),
  'equals-ignore-case': (operand, path) => anyText(parseTextOperator('equals-ignore-case', operand, path)),
  wildcard: (operand, path) => anyText(parseTextOperator('wildcard', operand, path)),
  'anything-but': (operand, path) => any(parseAnythingBut(operand, path)),
  numeric: (operand, path) => any(parseNumeric(operand, path)),
  cidr: (operand, path) => anyText(parseCidr(operand, path)),
  exists: (operand, path) => {
    if (typeof operand !== 'boolean') refuse(path, 'must be true or false');
    return (leaves) => leaves.length > 0 === operand;
  },
};

/** Throws for a pattern that EventBridge would not accept. */
export function refuse(path: string, reason: string): never {
  throw new Error(`event pattern, at ${path}: ${reason}`);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function any(test: LeafTest): ValueTest {
  return (leaves) => leaves.some(test);
}

function anyText(test: TextTest): ValueTest {
  return any((leaf) => typeof leaf === 'string' && test(leaf));
}

function fold(text: string): string {
  return text.toLowerCase();
}

function parseTextOperator(name: string, operand: unknown, path: string): TextTest {
  const operator = Object.hasOwn(TEXT_OPERATORS, name) ? TEXT_OPERATORS[name] : undefined;
  if (!operator) refuse(path, `must be one of ${Object.keys(TEXT_OPERATORS).join(', ')}`);
  if (typeof operand !== 'string') refuse(path, 'must be a string');
  return operator(operand, path);
}

/** `prefix` and `suffix` take a string, or `{"equals-ignore-case": string}`. */
function parseAffix(name: string, ignoringCase: (affix: string) => TextTest): Parse<ValueTest> {
  return (operand, path) => {
    if (!isRecord(operand)) return anyText(parseTextOperator(name, operand, path));
    const { 'equals-ignore-case': affix, ...more } = operand;
    if (typeof affix !== 'string' || Object.keys(more).length > 0) {
      refuse(path, 'must be a string, or {"equals-ignore-case": a string}');
    }
    return anyText(ignoringCase(affix));
  };
}

/** A value, a list of strings or of numbers, or one text operator on a string or a list of strings. */
function parseAnythingBut(operand: unknown, path: string): LeafTest {
  if (isRecord(operand)) {
    const [[name, texts] = ['', undefined], ...more] = Object.entries(operand);
    if (more.length > 0) refuse(path, 'takes one operator only');
    const tests = listOf(texts, `${path}.${name}`).map((text) => {
      if (text === '') refuse(`${path}.${name}`, 'an empty string is not allowed');
      return parseTextOperator(name, text, `${path}.${name}`);
    });
    return (leaf) => typeof leaf !== 'string' || !tests.some((test) => test(leaf));
  }
  const values = listOf(operand, path);
  const texts = values.filter((value) => typeof value === 'string');
  const numbers = values.filter((value) => typeof value === 'number');
  if (texts.length < values.length && numbers.length < values.length) {
    refuse(path, 'takes strings only, or numbers only');
  }
  for (const number of numbers) parseBound(number, path);
  return (leaf) => !values.includes(leaf);
}

function listOf(operand: unknown, path: string): readonly unknown[] {
  const list = isList(operand) ? operand : [operand];
  if (list.length === 0) refuse(path, 'an empty list is not allowed');
  return list;
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[comparison, bound]`, or a range from the lower bound to the higher one. */
function parseNumeric(operand: unknown, path: string): LeafTest {
  if (!isList(operand)) refuse(path, 'must be a list like [">", 0, "<=", 5]');
  const [first, low, second, high] = operand;
  const withinFirst = parseComparison(first, low, path);
  if (operand.length === 2) return withinFirst;

  const isRange = (first === '>' || first === '>=') && (second === '<' || second === '<=');
  if (operand.length !== 4 || !isRange) refuse(path, 'a range is > or >= and a number, then < or <= and a number');
  const withinSecond = parseComparison(second, high, path);
  if (parseBound(low, path) >= parseBound(high, path)) refuse(path, 'the lower bound must be below the higher one');
  return (leaf) => withinFirst(leaf) && withinSecond(leaf);
}

function parseComparison(name: unknown, bound: unknown, path: string): LeafTest {
  const compare = typeof name === 'string' && Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (!compare) refuse(path, `a comparison is one of ${Object.keys(COMPARISONS).join(' ')}`);
  const number = parseBound(bound, path);
  return (leaf) => typeof leaf === 'number' && Math.abs(leaf) <= WIDEST && compare(leaf, number);
}

function parseBound(value: unknown, path: string): number {
  if (typeof value !== 'number') refuse(path, 'must compare with a number');
  if (Math.abs(value) > WIDEST) refuse(path, `numbers are between -${WIDEST} and ${WIDEST}`);
  return value;
}

function parseCidr(operand: unknown, path: string): TextTest {
  const [network = '', prefix = '', ...more] = typeof operand === 'string' ? operand.split('/') : [];
  const version = isIP(network);
  const widest = version === 4 ? 32 : 128;
  if (version === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > widest) {
    refuse(path, 'must be an address block like 10.0.0.0/24 or 2001:db8::/32');
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), family);
  return (text) => isIP(text) === version && block.check(text, family);
}

/** `*` stands for any characters; `\*` and `\\` for themselves. */
function parseWildcard(pattern: string, path: string): TextTest {
  const pieces = [''];
  for (const [token] of pattern.matchAll(/\\?./gsu)) {
    if (token.startsWith('\\') && token !== '\\*' && token !== '\\\\') refuse(path, 'a backslash escapes * or \\ only');
    if (token !== '*') pieces.push(pieces.pop() + token.replace('\\', ''));
    else if (pieces.length > 1 && pieces.at(-1) === '') refuse(path, 'two * in a row are not allowed');
    else pieces.push('');
  }
  return (text) => fits(text, pieces);
}

/** Takes each piece where it first fits, which needs no going back: time grows with the text, not with the stars. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
