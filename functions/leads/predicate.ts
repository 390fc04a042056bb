import * as z from 'zod';
import type { Activity } from './activity.ts';
import { ActivityType } from './activity.ts';
import { holds, Test } from './condition.ts';
import { Duration, durationMs } from './duration.ts';
import { scoreAt } from './fold.ts';
import { type Lead, Milestone, Rating } from './lead.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Property → the value, one of the values, or a test as in scoring.yaml. All of them must hold. */
const Where = z.record(
  z.string(),
  z.union(
    [Scalar, z.array(Scalar).min(1), Test],
    'write a value, a list of values in [ ], or a test such as { startsWith: /pricing }',
  ),
);
type Where = z.infer<typeof Where>;

/** One kind of thing that a lead does. An open or a click is a person's, unless `where` names another `verdict` (Q10). */
export const Happening = z.strictObject({ activity: ActivityType, where: Where.default({}) });
export type Happening = z.infer<typeof Happening>;

export type Predicate =
  | { readonly attribute: string; readonly is: Test }
  | {
      readonly activity: string;
      readonly where: Where;
      readonly within?: string | undefined;
      readonly atLeast: number;
      readonly atMost?: number | undefined;
    }
  | { readonly milestone: Milestone }
  | { readonly rating: Rating }
  | { readonly score: Test }
  | { readonly language: string }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate };

/** What is asked of a lead: of their attributes, of what they have done and when, of how far they have come. */
export const Predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ attribute: z.string().min(1), is: Test }),
      Happening.extend({
        /** Only what happened so lately; left out: ever. */
        within: Duration.optional(),
        atLeast: z.number().int().nonnegative().default(1),
        atMost: z.number().int().nonnegative().optional(),
      }),
      z.strictObject({ milestone: Milestone }),
      z.strictObject({ rating: Rating }),
      z.strictObject({ score: Test }),
      z.strictObject({ language: z.string().min(2) }),
      z.strictObject({ all: z.array(Predicate).min(1) }),
      z.strictObject({ any: z.array(Predicate).min(1) }),
      z.strictObject({ not: Predicate }),
    ],
    'write one question, such as { attribute: country, is: { equals: BR } }, { activity: page.viewed, within: P30D } or { milestone: mql }',
  ),
);

/** The person as a predicate sees them, and what they have done, each once. */
export interface Asked {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly milestones: Readonly<Partial<Record<Milestone, unknown>>>;
  readonly rating: Rating;
  readonly score: number;
  readonly language: string;
  readonly history: readonly Activity[];
}

/** A lead as a predicate asks them. */
export function askedOf(lead: Lead, language: string, history: readonly Activity[], now: number): Asked {
  const { attributes, milestones, rating } = lead;
  return { attributes, milestones, rating, score: scoreAt(lead.fold, now).total, language, history };
}

/** Is it so, at `now`? The same person, history and instant give the same answer. */
export function isSo(predicate: Predicate, asked: Asked, now: number): boolean {
  if ('all' in predicate) return predicate.all.every((each) => isSo(each, asked, now));
  if ('any' in predicate) return predicate.any.some((each) => isSo(each, asked, now));
  if ('not' in predicate) return !isSo(predicate.not, asked, now);
  if ('milestone' in predicate) return asked.milestones[predicate.milestone] !== undefined;
  if ('rating' in predicate) return asked.rating === predicate.rating;
  if ('language' in predicate) return baseOf(asked.language) === baseOf(predicate.language);
  const at = new Date(now).toISOString();
  if ('score' in predicate) return holds({ score: predicate.score })({ score: asked.score }, at);
  if ('attribute' in predicate) return holds({ [predicate.attribute]: predicate.is })(asked.attributes, at);
  const since = predicate.within === undefined ? '' : new Date(now - durationMs(predicate.within)).toISOString();
  const times = asked.history.filter(
    (activity) => activity.occurredAt >= since && activity.occurredAt <= at && isOneOf([predicate], activity),
  ).length;
  return times >= predicate.atLeast && times <= (predicate.atMost ?? Number.POSITIVE_INFINITY);
}

/** Is this activity one of these? */
export function isOneOf(happenings: readonly Happening[], activity: Activity): boolean {
  return happenings.some(({ activity: type, where }) => type === activity.type && matches(where, activity));
}

function matches(where: Where, { type, properties, verdict, occurredAt }: Activity): boolean {
  const seen = { ...properties, ...(verdict && { verdict: verdict.by }) };
  const wanted = isReaction(type) && where.verdict === undefined ? { ...where, verdict: 'human' } : where;
  return holds(Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, testOf(value)])))(
    seen,
    occurredAt,
  );
}

function isReaction(type: string): boolean {
  return type === 'email.opened' || type === 'email.clicked';
}

function testOf(wanted: Where[string]): Test {
  if (Array.isArray(wanted)) return { oneOf: wanted };
  return typeof wanted === 'object' ? wanted : { equals: wanted };
}

/** How far back a predicate looks, in milliseconds: how much of the ledger must be read to answer it. Infinity: all of it. */
export function lookBackMs(predicate: Predicate): number {
  if ('all' in predicate) return Math.max(...predicate.all.map(lookBackMs));
  if ('any' in predicate) return Math.max(...predicate.any.map(lookBackMs));
  if ('not' in predicate) return lookBackMs(predicate.not);
  if (!('activity' in predicate)) return 0;
  return predicate.within === undefined ? Number.POSITIVE_INFINITY : durationMs(predicate.within);
}

/** Every activity type a predicate asks about. */
export function typesIn(predicate: Predicate): readonly string[] {
  if ('all' in predicate) return predicate.all.flatMap(typesIn);
  if ('any' in predicate) return predicate.any.flatMap(typesIn);
  if ('not' in predicate) return typesIn(predicate.not);
  return 'activity' in predicate ? [predicate.activity] : [];
}

function baseOf(language: string): string {
  return language.split('-')[0] ?? language;
}
