import * as z from 'zod';
import { Weekday } from '../leads/account.ts';
import { Duration } from '../leads/duration.ts';
import { Milestone } from '../leads/lead.ts';
import { Happening, Predicate, typesIn } from '../leads/predicate.ts';

/** Names a sequence, a template or a form; also a tag on every message, so only characters that SES takes in a tag. */
const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'use lower-case letters, digits and hyphens, such as welcome-series')
  .max(64);

/** One of the versions of an e-mail that are tried against each other; `weight` is its share of the leads. */
export const Variant = z.strictObject({ name: Id, template: Id, weight: z.number().positive().max(1_000).default(1) });
export type Variant = z.infer<typeof Variant>;

const Email = z
  .strictObject({
    kind: z.literal('email'),
    template: Id.optional(),
    /** An A/B test: a lead gets one of these, always the same one, and never both (T19, Q16). */
    variants: z
      .array(Variant)
      .min(2, 'a test needs two variants')
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two variants have the same name')
      .optional(),
    /** `atLeastOnce`: when nobody can say whether it went out, it is sent once more. Marketing is better missed than doubled. */
    policy: z.enum(['atMostOnce', 'atLeastOnce']).default('atMostOnce'),
  })
  .refine(
    ({ template, variants }) => (template === undefined) !== (variants === undefined),
    'write a template, or two or more variants',
  );

const WaitUntil = z.union(
  [
    z
      .strictObject({
        weekdays: z.array(Weekday).min(1).optional(),
        time: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day like 09:00')
          .optional(),
      })
      .refine(({ weekdays, time }) => weekdays !== undefined || time !== undefined, 'name weekdays, a time, or both'),
    /** A day in a property of the activity that began the walk, or so long before it (N12). */
    z.strictObject({ property: z.string().min(1), before: Duration.optional() }),
  ],
  "write { weekdays: [tuesday], time: '09:00' } or { property: contractEnd, before: P30D }",
);
export type WaitUntil = z.infer<typeof WaitUntil>;

const Wait = z
  .strictObject({ kind: z.literal('wait'), duration: Duration.optional(), until: WaitUntil.optional() })
  .refine(
    ({ duration, until }) => (duration === undefined) !== (until === undefined),
    'write a duration such as P2D, or until when',
  );

export type Step =
  | z.infer<typeof Email>
  | z.infer<typeof Wait>
  | {
      readonly kind: 'waitFor';
      readonly activities: readonly Happening[];
      readonly within: string;
      readonly then: readonly Step[];
      readonly else: readonly Step[];
    }
  | {
      readonly kind: 'branch';
      readonly when: Predicate;
      readonly then: readonly Step[];
      readonly else: readonly Step[];
    }
  | { readonly kind: 'goal'; readonly when: Predicate }
  | { readonly kind: 'exit' };

const Steps: z.ZodType<readonly Step[]> = z.lazy(() => z.array(Step).max(100));

/** One thing a sequence does. */
export const Step: z.ZodType<Step> = z.lazy(() =>
  z.discriminatedUnion(
    'kind',
    [
      Email,
      Wait,
      z.strictObject({
        kind: z.literal('waitFor'),
        activities: z.array(Happening).min(1),
        within: Duration,
        then: Steps.default([]),
        else: Steps.default([]),
      }),
      z.strictObject({
        kind: z.literal('branch'),
        when: Predicate,
        then: Steps.default([]),
        else: Steps.default([]),
      }),
      z.strictObject({ kind: z.literal('goal'), when: Predicate }),
      z.strictObject({ kind: z.literal('exit') }),
    ],
    'write a step of kind email, wait, waitFor, branch, goal or exit, such as { kind: email, template: welcome-1 }',
  ),
);

/** What starts a walk: something the lead does, or how far they have come. */
export const Entry = z.union(
  [Happening, z.strictObject({ milestone: Milestone })],
  'write { activity: form.submitted, where: { form: ebook } } or { milestone: mql }',
);
export type Entry = z.infer<typeof Entry>;

/** Why a walk may end before its last step, besides suppression and revoked consent, which always end it (N13). */
export const Exit = z.enum(['handed-off', 'converted', 'replied']);
export type Exit = z.infer<typeof Exit>;

/**
 * Timed messages to one lead: what starts it and for whom, what it does, what ends it. Steps are counted from 1 in the order
 * written, the inner ones of a branch included, and an enrollment is pinned to the playbook version it began with: an edit never
 * moves somebody who is under way (Q21).
 */
export const Sequence = z.strictObject({
  id: Id,
  name: z.string().min(1).max(128),
  /** What it is for (N3–N9): how people find it among the others. */
  type: z
    .enum([
      'welcome',
      'engagement',
      'webinar',
      'case-study',
      'demo',
      'upgrade',
      'faq',
      're-engagement',
      'follow-up',
      'renewal',
    ])
    .default('engagement'),
  /** Every sequence is marketing: it needs the consent, and carries the unsubscribe headers. */
  purpose: z.literal('marketing').default('marketing'),
  /** While a walk of a higher priority is under way, the e-mails of the lower ones wait for its end. */
  priority: z.number().int().min(0).max(100).default(50),
  /** Any of these starts it. */
  entry: z.array(Entry).min(1),
  /** Whom it is for (N2, B4): of `include` one must be so, of `exclude` none. */
  segment: z
    .strictObject({ include: z.array(Predicate).default([]), exclude: z.array(Predicate).default([]) })
    .default({ include: [], exclude: [] }),
  /**
   * `once`: a lead walks it one time only, whatever they submit again; `after`: again, so long after the last walk's end; `always`: again,
   * as soon as the last is over, even by what has ended it (Q22).
   */
  reentry: z
    .union([z.enum(['once', 'always']), z.strictObject({ after: Duration })], 'write once, always, or { after: P90D }')
    .default('once'),
  exits: z.array(Exit).default(['handed-off', 'converted', 'replied']),
  /** Whenever one of these happens the walk has reached its goal and ends. */
  goals: z.array(Happening).default([]),
  steps: z
    .array(Step)
    .min(1)
    .max(100)
    .refine((steps) => steps.at(-1)?.kind !== 'wait', 'end with an e-mail: a wait before nothing does nothing')
    .refine((steps) => emailsIn(steps).length > 0, 'write at least one step of kind email'),
});
export type Sequence = z.infer<typeof Sequence>;

/** Every sequence of a playbook version. */
export const Sequences = z
  .array(Sequence)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two sequences have the same id');
export type Sequences = z.infer<typeof Sequences>;

/** Every e-mail step, those of inner steps too. */
export function emailsIn(steps: readonly Step[]): readonly Extract<Step, { kind: 'email' }>[] {
  return steps.flatMap((step) => {
    if (step.kind === 'email') return [step];
    return 'then' in step ? [...emailsIn(step.then), ...emailsIn(step.else)] : [];
  });
}

/** Every activity type that these steps ask about. */
export function typesNamed(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'waitFor':
        return [...step.activities.map(({ activity }) => activity), ...typesNamed([...step.then, ...step.else])];
      case 'branch':
        return [...typesIn(step.when), ...typesNamed([...step.then, ...step.else])];
      case 'goal':
        return typesIn(step.when);
      default:
        return [];
    }
  });
}

/** Every activity type that these steps wait for. */
export function awaitedTypes(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => {
    const awaited = step.kind === 'waitFor' ? step.activities.map(({ activity }) => activity) : [];
    return 'then' in step ? [...awaited, ...awaitedTypes([...step.then, ...step.else])] : [];
  });
}

/** The templates an e-mail step may bring. */
export function templatesOf({ template, variants = [] }: Extract<Step, { kind: 'email' }>): readonly string[] {
  return template === undefined ? variants.map((variant) => variant.template) : [template];
}
