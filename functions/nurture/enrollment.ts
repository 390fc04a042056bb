import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { StepDue } from '../leads/bus-event.ts';
import { type Lead, mayEmail } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { toEvent } from '../runtime/publish.ts';
import type { Due } from './due-item.ts';
import { durationMs, type Entry, type Sequence } from './sequence.ts';

export const ExitReason = z.enum(['handed-off', 'converted', 'suppressed']);
export type ExitReason = z.infer<typeof ExitReason>;

/** One lead's walk through one sequence, as stored (`L#<lead>` / `S#<sequence>`). */
export const Enrollment = z.object({
  leadId: z.string(),
  sequence: z.string(),
  /** Names this walk in sends and tags. */
  run: z.string(),
  /** The playbook version it began with and stays with (Q21). */
  version: z.string(),
  language: z.string(),
  status: z.enum(['active', 'paused', 'completed', 'exited']),
  /** The e-mail step that is next, counted from 1; the last one when the walk is over. */
  step: z.number().int().positive(),
  /** When that step is due; null when the walk is over. */
  dueAt: z.string().nullable(),
  enrolledAt: z.string(),
  activityId: z.string(),
  exit: z.object({ reason: ExitReason, at: z.string() }).nullable(),
  ver: z.number().int().positive(),
});
export type Enrollment = z.infer<typeof Enrollment>;

/** The sequences this activity starts. */
export function startedBy(activity: Activity, sequences: readonly Sequence[]): readonly Sequence[] {
  return sequences.filter(({ entry }) => entry.some((one) => matches(one, activity)));
}

function matches({ activity: type, where }: Entry, activity: Activity): boolean {
  if (type !== activity.type) return false;
  return Object.entries(where).every(([name, wanted]) =>
    [wanted].flat().some((value) => value === activity.properties[name]),
  );
}

/** May this lead begin this sequence? Only with marketing consent, and not when what ends it has happened already (N13). */
export function mayEnroll(lead: Lead, { exits }: Sequence): boolean {
  const handedOff = exits.includes('handed-off') && lead.qualification?.open === true;
  const converted = exits.includes('converted') && lead.milestones.customer !== undefined;
  return mayEmail(lead) && !handedOff && !converted;
}

/** The walk that begins now. */
export function enroll(
  lead: Pick<Lead, 'leadId'>,
  activity: Activity,
  sequence: Sequence,
  { version, language, now }: { readonly version: string; readonly language: string; readonly now: number },
): Enrollment {
  const first = nextStep(sequence, 0, now);
  if (!first) throw new Error(`the sequence ${sequence.id} has no e-mail: add a step of kind email`);
  return {
    leadId: lead.leadId,
    sequence: sequence.id,
    run: runOf(activity.activityId),
    version,
    language,
    status: 'active',
    ...first,
    enrolledAt: new Date(now).toISOString(),
    activityId: activity.activityId,
    exit: null,
    ver: 1,
  };
}

/** The next e-mail after step `after` (0: from the start), and when: waits count from `now`. Null when there is none. */
export function nextStep(sequence: Sequence, after: number, now: number): { step: number; dueAt: string } | null {
  let dueMs = now;
  for (const [index, step] of sequence.steps.entries()) {
    if (index < after) continue;
    switch (step.kind) {
      case 'wait':
        dueMs += durationMs(step.duration);
        break;
      case 'email':
        return { step: index + 1, dueAt: new Date(dueMs).toISOString() };
    }
  }
  return null;
}

/** The walk after its step is over, whatever came of it: one failed send never stalls it (Q18). */
export function advance(enrollment: Enrollment, sequence: Sequence, now: number): Enrollment {
  const next = nextStep(sequence, enrollment.step, now);
  const ver = enrollment.ver + 1;
  return next ? { ...enrollment, ...next, ver } : { ...enrollment, status: 'completed', dueAt: null, ver };
}

/** The walk ended early. */
export function exit(enrollment: Enrollment, reason: ExitReason, now: number): Enrollment {
  const at = new Date(now).toISOString();
  return { ...enrollment, status: 'exited', dueAt: null, exit: { reason, at }, ver: enrollment.ver + 1 };
}

/** Is this walk at this step of this run, and not over? */
export function isAt(enrollment: Enrollment, { run, step }: { readonly run: string; readonly step: number }): boolean {
  return enrollment.status === 'active' && enrollment.run === run && enrollment.step === step;
}

/** The status people see: a walk whose next step is not due yet is `waiting`. */
export function statusAt({ status, dueAt }: Enrollment, now: number): Enrollment['status'] | 'waiting' {
  return status === 'active' && dueAt !== null && Date.parse(dueAt) > now ? 'waiting' : status;
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
