import { type Item, named, same, validationError } from './item.ts';
import { pathOf, valueAt } from './path.ts';

/** What `#names` and `:values` of an expression stand for. */
export interface Given {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

export type Operand = (item: Item | undefined, given: Given) => unknown;
export type Condition = (item: Item | undefined, given: Given) => boolean;

/** The words of an expression, read one after the other. */
export interface Words {
  peek(): string | undefined;
  /** @throws when the expression has ended. */
  take(): string;
  /** Takes the next word if it is this one, whatever its capitals. */
  takes(word: string): boolean;
  /** @throws when the next word is another one. */
  must(word: string): void;
}

const words = /\s*(<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z_][\w.[\]#]*)/y;

export function wordsOf(expression: string): Words {
  const all: string[] = [];
  words.lastIndex = 0;
  while (expression.slice(words.lastIndex).trim() !== '') {
    const word = words.exec(expression)?.[1];
    if (word === undefined) throw validationError(`Invalid expression: ${expression}`);
    all.push(word);
  }
  let next = 0;
  const takes = (word: string) => {
    const isNext = all[next]?.toUpperCase() === word;
    if (isNext) next += 1;
    return isNext;
  };
  return {
    peek: () => all[next],
    take() {
      const word = all[next++];
      if (word === undefined) throw validationError(`Invalid expression: ${expression} ends too early`);
      return word;
    },
    takes,
    must(word) {
      if (!takes(word)) throw validationError(`Invalid expression: ${expression} has no ${word} before ${all[next]}`);
    },
  };
}

const known = new Map<string, Condition>();

/** A condition, key condition or filter; each text is read once. */
export function conditionOf(expression: string): Condition {
  const before = known.get(expression);
  if (before) return before;
  const read = wordsOf(expression);
  const condition = either(read);
  if (read.peek() !== undefined) throw validationError(`Invalid expression: ${expression}`);
  known.set(expression, condition);
  return condition;
}

function either(read: Words): Condition {
  const first = both(read);
  if (!read.takes('OR')) return first;
  const second = either(read);
  return (item, given) => first(item, given) || second(item, given);
}

function both(read: Words): Condition {
  const first = single(read);
  if (!read.takes('AND')) return first;
  const second = both(read);
  return (item, given) => first(item, given) && second(item, given);
}

function single(read: Words): Condition {
  if (read.takes('NOT')) {
    const refused = single(read);
    return (item, given) => !refused(item, given);
  }
  if (read.takes('(')) {
    const inner = either(read);
    read.must(')');
    return inner;
  }
  const tested = test(read);
  return tested ?? comparison(read);
}

/** `attribute_exists(a)` and its like; `undefined` when the next word is none of them. */
function test(read: Words): Condition | undefined {
  const means = tests[read.peek()?.toLowerCase() ?? ''];
  if (!means) return undefined;
  read.take();
  read.must('(');
  const subject = operand(read);
  const other = read.takes(',') ? operand(read) : subject;
  read.must(')');
  return (item, given) => means(subject(item, given), other(item, given));
}

const tests: Readonly<Record<string, (value: unknown, other: unknown) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  attribute_type: (value, type) => type === typeOf(value),
  begins_with: (value, start) => typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
  contains: (value, part) =>
    Array.isArray(value)
      ? value.some((each) => same(each, part))
      : typeof value === 'string' && typeof part === 'string' && value.includes(part),
};

function comparison(read: Words): Condition {
  const left = operand(read);
  if (read.takes('BETWEEN')) {
    const least = operand(read);
    read.must('AND');
    const most = operand(read);
    return (item, given) => {
      const value = left(item, given);
      return order(value, least(item, given)) >= 0 && order(value, most(item, given)) <= 0;
    };
  }
  if (read.takes('IN')) {
    read.must('(');
    const listed = [operand(read)];
    while (read.takes(',')) listed.push(operand(read));
    read.must(')');
    return (item, given) => listed.some((each) => same(left(item, given), each(item, given)));
  }
  const compare = comparisons[read.take()];
  if (!compare) throw validationError('Invalid expression: a comparison was expected');
  const right = operand(read);
  return (item, given) => compare(left(item, given), right(item, given));
}

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  // What is not there equals nothing and differs from everything.
  '=': (left, right) => left !== undefined && same(left, right),
  '<>': (left, right) => !same(left, right),
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
};

/** NaN where two values have no order: every comparison with it is false. */
export function order(left: unknown, right: unknown): number {
  const comparable =
    (typeof left === 'string' && typeof right === 'string') || (typeof left === 'number' && typeof right === 'number');
  if (!comparable) return Number.NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A `:value`, a path, or `size(path)`. */
export function operand(read: Words): Operand {
  const word = read.take();
  if (word.startsWith(':'))
    return (_, { values }) => {
      if (!(word in values)) throw named('ValidationException', `${word} is used and not given`);
      return values[word];
    };
  if (word.toLowerCase() === 'size' && read.takes('(')) {
    const measured = operand(read);
    read.must(')');
    return (item, given) => {
      const value = measured(item, given);
      return typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
    };
  }
  if (word.includes('.') || word.includes('[') || word.startsWith('#'))
    return (item, { names }) => valueAt(item, pathOf(word, names));
  return (item) => item?.[word];
}

/** The name of a value's type in an expression, of those that items here have. */
function typeOf(value: unknown): string {
  if (value === undefined) return 'none';
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'L';
  return { string: 'S', number: 'N', boolean: 'BOOL' }[String(typeof value)] ?? 'M';
}
