import * as z from 'zod';
import { StepDue } from '../leads/bus-event.ts';
import type { Due } from '../leads/due-item.ts';
import { stableId } from '../leads/lead-id.ts';
import { toEvent } from '../runtime/publish.ts';

export const ExitReason = z.enum(['handed-off', 'converted', 'replied', 'suppressed', 'goal', 'exit-step']);
export type ExitReason = z.infer<typeof ExitReason>;

/** Why a walk is not further yet: its own waits, or what holds an e-mail back that would be due. */
export const Because = z.enum([
  'wait',
  'wait-for',
  'quiet-hours',
  'send-day',
  'daily-cap',
  'weekly-cap',
  'priority',
  'daily-quota',
  'warm-up',
  'quota-unknown',
  'rate',
  'paused',
]);
export type Because = z.infer<typeof Because>;

/** One lead's walk through one sequence, as stored (`L#<lead>` / `S#<sequence>`). */
export const Enrollment = z.object({
  leadId: z.string(),
  sequence: z.string(),
  /** Names this walk in sends and tags. */
  run: z.string(),
  /** The playbook version it began with and stays with (Q21). */
  version: z.string(),
  language: z.string(),
  /** The lead's time zone, as it was when the walk last moved. */
  timeZone: z.string(),
  priority: z.number().int(),
  status: z.enum(['active', 'completed', 'exited']),
  /** The step where it stands, counted from 1; the last one it came to when the walk is over. Never a wait: that delays the next. */
  step: z.number().int().positive(),
  /** When this step was meant to happen: what comes after it is counted from here, so that one quiet night delays one e-mail only. */
  plannedAt: z.string(),
  /** When the walk next does something, `plannedAt` or later; null when it is over. */
  dueAt: z.string().nullable(),
  /** Why not before; null when it is due as planned and at once. */
  because: Because.nullable(),
  enrolledAt: z.string(),
  endedAt: z.string().nullable(),
  /** What began it; `facts` are those of its properties that a step waits by or an e-mail speaks of. */
  activityId: z.string(),
  /** When the lead did that. */
  begunAt: z.string(),
  facts: z.record(z.string(), z.string()),
  exit: z.object({ reason: ExitReason, at: z.string() }).nullable(),
  /** Templates it had brought when it was moved to another version: it brings none of them again. */
  brought: z.array(z.string()).default([]),
  ver: z.number().int().positive(),
});
export type Enrollment = z.infer<typeof Enrollment>;

export function isOver({ status }: Pick<Enrollment, 'status'>): boolean {
  return status !== 'active';
}

/** The walk ended early. */
export function exit(enrollment: Enrollment, reason: ExitReason, now: number): Enrollment {
  const at = new Date(now).toISOString();
  const over = { status: 'exited', dueAt: null, because: null, endedAt: at } as const;
  return { ...enrollment, ...over, exit: { reason, at }, ver: enrollment.ver + 1 };
}

/** The walk goes on no earlier than at `at` (epoch milliseconds), and says why. */
export function held(enrollment: Enrollment, at: number, because: Because): Enrollment {
  return { ...enrollment, dueAt: new Date(at).toISOString(), because, ver: enrollment.ver + 1 };
}

/** Is this walk at this step of this run, and not over? */
export function isAt(enrollment: Enrollment, { run, step }: { readonly run: string; readonly step: number }): boolean {
  return enrollment.status === 'active' && enrollment.run === run && enrollment.step === step;
}

/** Does the walk have something to do at `now`? */
export function isDue({ status, dueAt }: Pick<Enrollment, 'status' | 'dueAt'>, now: number): boolean {
  return status === 'active' && dueAt !== null && Date.parse(dueAt) <= now;
}

/** The status people see: a walk whose next step is not due yet is `waiting`, one that nobody lets send is `paused`. */
export function statusAt(
  { status, dueAt, because }: Pick<Enrollment, 'status' | 'dueAt' | 'because'>,
  now: number,
): Enrollment['status'] | 'waiting' | 'paused' {
  if (status !== 'active') return status;
  if (because === 'paused') return 'paused';
  return isDue({ status, dueAt }, now) ? 'active' : 'waiting';
}

/** The knock on the sender's door that this walk waits for; null when it is over. */
export function dueOf({ leadId, sequence, run, step, status, dueAt }: Enrollment): Due | null {
  if (status !== 'active' || dueAt === null) return null;
  return { dueAt, event: toEvent(StepDue, { leadId, sequence, run, step }) };
}

/** A run's name from what caused it: ids that SES would not take in a tag are replaced by a hash. */
export function runOf(cause: string): string {
  return /^[A-Za-z0-9_-]{1,64}$/.test(cause) ? cause : stableId('run', cause);
}
