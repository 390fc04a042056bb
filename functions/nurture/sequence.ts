import * as z from 'zod';
import { ActivityType } from '../leads/activity.ts';

/** Names a sequence, a template or a form; also a tag on every message, so only characters that SES takes in a tag. */
const Id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'use lower-case letters, digits and hyphens, such as welcome-series')
  .max(64);

const minuteMs = 60_000;
const unitMs = { weeks: 7 * 24 * 60 * minuteMs, days: 24 * 60 * minuteMs, hours: 60 * minuteMs, minutes: minuteMs };
const durationShape =
  /^P(?=[T\d])(?:(?<weeks>\d{1,3})W)?(?:(?<days>\d{1,4})D)?(?:T(?=\d)(?:(?<hours>\d{1,4})H)?(?:(?<minutes>\d{1,5})M)?)?$/;

/** A wait as ISO 8601 writes it: `P2D`, `PT6H`, `P1W`. Months and years are refused: they are not always as long. */
const WaitDuration = z
  .string()
  .regex(durationShape, 'write a wait as an ISO 8601 duration of weeks, days, hours or minutes, such as P2D or PT6H')
  .refine((duration) => durationMs(duration) > 0, 'a wait takes some time: leave the step out instead');

/** How long an ISO 8601 duration of weeks, days, hours and minutes is; a day has 24 hours. */
export function durationMs(duration: string): number {
  const parts = durationShape.exec(duration)?.groups ?? {};
  return Object.entries(unitMs).reduce((sum, [unit, ms]) => sum + Number(parts[unit] ?? 0) * ms, 0);
}

/** One thing a sequence does. A new kind (wait for an activity, branch, goal) is a new member of this union. */
const Step = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('email'), template: Id }),
    z.strictObject({ kind: z.literal('wait'), duration: WaitDuration }),
  ],
  'write { kind: email, template: welcome-1 } or { kind: wait, duration: P2D }',
);

const Scalar = z.union([z.string(), z.number(), z.boolean()], 'write a text, a number, true or false');

/** The activity that starts the walk; `where` holds when each named property is the value, or one of the values. */
export const Entry = z.strictObject({
  activity: ActivityType,
  where: z
    .record(z.string(), z.union([Scalar, z.array(Scalar).min(1)], 'write a value, or a list of values in [ ]'))
    .default({}),
});
export type Entry = z.infer<typeof Entry>;

/** Why a walk may end before its last step, besides suppression and revoked consent, which always end it (N13). */
export const Exit = z.enum(['handed-off', 'converted']);
export type Exit = z.infer<typeof Exit>;

/**
 * Timed messages to one lead: what starts it, what it does, what ends it. Steps are counted from 1 in the order written, waits
 * included, and an enrollment is pinned to the playbook version it began with: an edit never moves somebody who is under way (Q21).
 */
export const Sequence = z.strictObject({
  id: Id,
  name: z.string().min(1).max(128),
  /** Every sequence is marketing: it needs the consent, and carries the unsubscribe headers. */
  purpose: z.literal('marketing').default('marketing'),
  /** Any of these starts it. */
  entry: z.array(Entry).min(1),
  /** `once`: a lead walks it one time only, whatever they submit again (Q22). */
  reentry: z.literal('once').default('once'),
  exits: z.array(Exit).default(['handed-off', 'converted']),
  steps: z
    .array(Step)
    .min(1)
    .max(100)
    .refine((steps) => steps.at(-1)?.kind === 'email', 'end with an e-mail: a wait before nothing does nothing'),
});
export type Sequence = z.infer<typeof Sequence>;

/** Every sequence of a playbook version. */
export const Sequences = z
  .array(Sequence)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two sequences have the same id');
export type Sequences = z.infer<typeof Sequences>;
