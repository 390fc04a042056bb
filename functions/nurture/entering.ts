import type { Activity } from '../leads/activity.ts';
import { durationMs } from '../leads/duration.ts';
import { type Lead, type Milestone, mayEmail } from '../leads/lead.ts';
import { type Asked, isOneOf, isSo, lookBackMs } from '../leads/predicate.ts';
import { type Enrollment, isOver, runOf } from './enrollment.ts';
import { programOf } from './program.ts';
import type { Sequence } from './sequence.ts';
import { comeTo } from './walking.ts';

/** What begins a walk: something the lead did, or that they have come so far. */
export interface Cause {
  /** Its activity: the same cause begins one walk. */
  readonly activityId: string;
  readonly occurredAt: string;
  readonly properties: Activity['properties'];
}

/** The sequences this activity starts. */
export function startedBy(activity: Activity, sequences: readonly Sequence[]): readonly Sequence[] {
  return sequences.filter(({ entry }) => entry.some((one) => 'activity' in one && isOneOf([one], activity)));
}

/** The sequences that start when a lead has come so far. */
export function startedAt(milestone: Milestone, sequences: readonly Sequence[]): readonly Sequence[] {
  return sequences.filter(({ entry }) => entry.some((one) => 'milestone' in one && one.milestone === milestone));
}

/** May this lead begin this sequence? Only with marketing consent, of its segment, and not when what ends it is so already (N13). */
export function mayEnroll(lead: Lead, sequence: Sequence, asked: Asked, now: number): boolean {
  const { exits } = sequence;
  const handedOff = exits.includes('handed-off') && isWithSales(lead);
  const converted = exits.includes('converted') && lead.milestones.customer !== undefined;
  return mayEmail(lead) && !handedOff && !converted && isOfSegment(sequence, asked, now);
}

/** Does sales have them? Who has bought since is a customer, and sales is done. */
function isWithSales({ qualification, milestones }: Lead): boolean {
  if (!qualification?.open) return false;
  return milestones.customer === undefined || milestones.customer.occurredAt < qualification.qualifiedAt;
}

function isOfSegment({ segment: { include, exclude } }: Sequence, asked: Asked, now: number): boolean {
  const included = include.length === 0 || include.some((each) => isSo(each, asked, now));
  return included && !exclude.some((each) => isSo(each, asked, now));
}

/** How far back the segment looks, in milliseconds; 0: not at all. */
export function segmentLookBackMs({ segment: { include, exclude } }: Sequence): number {
  return Math.max(0, ...[...include, ...exclude].map(lookBackMs));
}

/** May a walk begin after this one? Once means once; else when the last is over for long enough, and for another cause (Q22). */
export function mayReenter(last: Enrollment, { reentry }: Sequence, cause: Cause, now: number): boolean {
  if (reentry === 'once' || !isOver(last)) return false;
  // What began the last walk, or came before it, is only told once more: it has begun what it could.
  if (last.activityId === cause.activityId || cause.occurredAt <= last.begunAt) return false;
  if (reentry === 'always') return true;
  return last.endedAt !== null && now - Date.parse(last.endedAt) >= durationMs(reentry.after);
}

export interface Beginning {
  readonly version: string;
  readonly language: string;
  readonly timeZone: string;
  readonly now: number;
  /** The walk of this sequence that is over, when there was one. */
  readonly last: Enrollment | null;
}

/** The walk that begins now. */
export function enroll(
  { leadId }: Pick<Lead, 'leadId'>,
  cause: Cause,
  sequence: Sequence,
  { version, language, timeZone, now, last }: Beginning,
): Enrollment {
  const at = new Date(now).toISOString();
  const nowhere: Enrollment = {
    ...{ leadId, version, language, timeZone },
    sequence: sequence.id,
    run: runOf(cause.activityId),
    priority: sequence.priority,
    status: 'active',
    step: 1,
    plannedAt: at,
    dueAt: at,
    because: null,
    enrolledAt: at,
    endedAt: null,
    activityId: cause.activityId,
    begunAt: cause.occurredAt,
    facts: factsOf(sequence, cause),
    exit: null,
    brought: [],
    // Coming to its first step makes it the next version.
    ver: last?.ver ?? 0,
  };
  return comeTo(nowhere, programOf(sequence), 1, now, now);
}

/** The form, which the e-mails speak of (B6), and the days that the steps of this sequence wait by: as the cause told them. */
function factsOf(sequence: Sequence, { properties }: Cause): Record<string, string> {
  const days = programOf(sequence).flatMap(({ step }) =>
    step.kind === 'wait' && step.until !== undefined && 'property' in step.until ? [step.until.property] : [],
  );
  return Object.fromEntries(
    ['form', ...days].flatMap((name) => {
      const told = properties[name];
      return typeof told === 'string' ? [[name, told.slice(0, 64)]] : [];
    }),
  );
}
