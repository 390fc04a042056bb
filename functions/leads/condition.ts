import * as z from 'zod';
import type { Activity } from './activity.ts';

const Literal = z.union([z.string(), z.number(), z.boolean()]);
const Text = z.string().min(1);
const isoDate = z.iso.date('write a day like 2026-01-31');

/** A test on one property or attribute. Exactly one operator: two would hide which of them said no. */
export const Test = z.union(
  [
    z.strictObject({ equals: Literal }),
    z.strictObject({ notEquals: Literal }),
    z.strictObject({ oneOf: z.array(Literal).min(1) }),
    z.strictObject({ noneOf: z.array(Literal).min(1) }),
    z.strictObject({ startsWith: Text }),
    z.strictObject({ endsWith: Text }),
    z.strictObject({ contains: Text }),
    z.strictObject({ exists: z.boolean() }),
    z.strictObject({ atLeast: z.number() }),
    z.strictObject({ atMost: z.number() }),
    z.strictObject({ above: z.number() }),
    z.strictObject({ below: z.number() }),
    z.strictObject({ between: z.tuple([z.number(), z.number()]) }),
    z.strictObject({ onOrAfter: isoDate }),
    z.strictObject({ before: isoDate }),
    // A day in the property, this many days from the activity: a contract that ends soon, a visit long ago.
    z.strictObject({ inNextDays: z.number().positive() }),
    z.strictObject({ inLastDays: z.number().positive() }),
  ],
  'write one test, such as { equals: ebook }, { oneOf: [ebook, webinar] }, { startsWith: /pricing } or { atLeast: 100000 }',
);
export type Test = z.infer<typeof Test>;

/** Property or attribute → what it must be; all of them must hold. */
export const Where = z.record(z.string(), Test);
export type Where = z.infer<typeof Where>;

type Values = Readonly<Record<string, unknown>>;
/** `occurredAt` is what the day tests count from. */
export type Holds = (values: Values, occurredAt: string) => boolean;

/** Compiles the tests once, so that an activity pays only for asking. */
export function holds(where: Where): Holds {
  const tests = Object.entries(where).map(([name, test]) => [name, passes(test)] as const);
  if (tests.length === 0) return () => true;
  const [only] = tests;
  if (tests.length === 1 && only) return (values, at) => only[1](own(values, only[0]), at);
  return (values, at) => tests.every(([name, pass]) => pass(own(values, name), at));
}

/** What every object has, such as `constructor`, nobody has told. */
function own(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

type Passes = (value: unknown, occurredAt: string) => boolean;

function passes(test: Test): Passes {
  if ('equals' in test) return (value) => same(value, test.equals);
  if ('notEquals' in test) return (value) => !same(value, test.notEquals);
  if ('oneOf' in test) return (value) => test.oneOf.some((literal) => same(value, literal));
  if ('noneOf' in test) return (value) => !test.noneOf.some((literal) => same(value, literal));
  if ('startsWith' in test) return (value) => typeof value === 'string' && value.startsWith(test.startsWith);
  if ('endsWith' in test) return (value) => typeof value === 'string' && value.endsWith(test.endsWith);
  if ('contains' in test) return contains(test.contains);
  if ('exists' in test) return (value) => (value !== undefined && value !== null && value !== '') === test.exists;
  return numeric(test) ?? dated(test);
}

/** Forms write text and tracking writes numbers: `"5000"` is 5000 here, for the numbers a person would take for one. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

function same(value: unknown, literal: string | number | boolean): boolean {
  return value === literal || (typeof literal === 'number' && numberOf(value) === literal);
}

/** A text with this in it, whatever its capitals, or a list with this as one of its items. */
function contains(part: string): Passes {
  const wanted = part.toLowerCase();
  return (value) =>
    typeof value === 'string'
      ? value.toLowerCase().includes(wanted)
      : Array.isArray(value) && value.some((item) => typeof item === 'string' && item.toLowerCase() === wanted);
}

function numeric(test: Test): Passes | undefined {
  if ('atLeast' in test) return (value) => numberOf(value) >= test.atLeast;
  if ('atMost' in test) return (value) => numberOf(value) <= test.atMost;
  if ('above' in test) return (value) => numberOf(value) > test.above;
  if ('below' in test) return (value) => numberOf(value) < test.below;
  if (!('between' in test)) return undefined;
  const [least, most] = test.between;
  return (value) => numberOf(value) >= least && numberOf(value) <= most;
}

const dayMs = 86_400_000;

function dated(test: Test): Passes {
  const instant = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : Number.NaN);
  if ('onOrAfter' in test) return (value) => instant(value) >= Date.parse(test.onOrAfter);
  if ('before' in test) return (value) => instant(value) < Date.parse(test.before);
  const ahead = (value: unknown, occurredAt: string) => instant(value) - Date.parse(occurredAt);
  if ('inNextDays' in test) return (value, at) => ahead(value, at) >= 0 && ahead(value, at) <= test.inNextDays * dayMs;
  if ('inLastDays' in test) return (value, at) => ahead(value, at) <= 0 && ahead(value, at) >= -test.inLastDays * dayMs;
  throw new Error('a test of no known kind');
}

/** What a condition looks at in an activity. */
export type Seen = Pick<Activity, 'type' | 'occurredAt' | 'properties' | 'verdict'>;
