import { type Given, type Operand, operand, type Words, wordsOf } from './expression.ts';
import { type Item, validationError } from './item.ts';
import { type Path, pathOf, valueAt, withValue } from './path.ts';

/** Changes an item: every value is read from the item as it was before. */
export type Update = (item: Item, given: Given) => Item;
type Step = (before: Item, after: Item, given: Given) => Item;

const known = new Map<string, Update>();

/** What an UpdateExpression does; each text is read once. */
export function updateOf(expression: string): Update {
  const before = known.get(expression);
  if (before) return before;
  const read = wordsOf(expression);
  const steps: Step[] = [];
  while (read.peek() !== undefined) {
    const clause = clauses[read.take().toUpperCase()];
    if (!clause) throw validationError(`Invalid UpdateExpression: ${expression}`);
    do steps.push(clause(read));
    while (read.takes(','));
  }
  const update: Update = (item, given) => steps.reduce((after, step) => step(item, after, given), item);
  known.set(expression, update);
  return update;
}

const clauses: Readonly<Record<string, (read: Words) => Step>> = {
  SET(read) {
    const path = target(read);
    read.must('=');
    const value = sum(read);
    return (before, after, given) => {
      const set = value(before, given);
      if (set === undefined) throw validationError('An update expression refers to an attribute that does not exist');
      return withValue(after, path(given), set);
    };
  },
  REMOVE(read) {
    const path = target(read);
    return (_, after, given) => withValue(after, path(given), undefined);
  },
  ADD(read) {
    const path = target(read);
    const value = operand(read);
    return (before, after, given) => {
      const added = plus(valueAt(before, path(given)) ?? 0, value(before, given));
      return withValue(after, path(given), added);
    };
  },
};

function target(read: Words): (given: Given) => Path {
  const word = read.take();
  return ({ names }) => pathOf(word, names);
}

function sum(read: Words): Operand {
  const first = term(read);
  for (const sign of ['+', '-'])
    if (read.takes(sign)) {
      const second = term(read);
      const factor = sign === '+' ? 1 : -1;
      return (item, given) => plus(first(item, given), second(item, given), factor);
    }
  return first;
}

function plus(left: unknown, right: unknown, factor = 1): number {
  if (typeof left !== 'number' || typeof right !== 'number')
    throw validationError('An operand in the update expression has an incorrect data type');
  return left + factor * right;
}

/** An operand, `if_not_exists(path, other)` or `list_append(one, other)`. */
function term(read: Words): Operand {
  const name = read.peek()?.toLowerCase();
  if (name !== 'if_not_exists' && name !== 'list_append') return operand(read);
  read.take();
  read.must('(');
  const first = operand(read);
  read.must(',');
  const second = operand(read);
  read.must(')');
  if (name === 'if_not_exists') return (item, given) => first(item, given) ?? second(item, given);
  return (item, given) => [first(item, given), second(item, given)].flat();
}
