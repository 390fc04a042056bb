import type * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import type { LeadQualified } from '../leads/bus-event.ts';
import { skewMs } from '../leads/clock-skew.ts';
import type { Lead } from '../leads/lead.ts';
import { type AssignmentReason, type Entry, type Handoff, handoffIdOf, type Note } from './handoff.ts';
import type { Team } from './team.ts';

type Qualified = z.output<typeof LeadQualified.detail>;

/** A new hand-off, of which nobody knows yet whose it will be. */
export function begun(qualified: Qualified, lead: Lead, history: readonly Activity[]): Handoff {
  const { leadId, cycle, reason, score, qualifiedAt, reasons, activityId } = qualified;
  const cause = history.find((activity) => activity.activityId === activityId);
  return {
    ...{ handoffId: handoffIdOf(leadId, cycle), leadId, cycle, status: 'queued', rep: null, turn: 0, level: 'rep' },
    reason: { rule: 'none', method: 'none', candidates: [], exclusions: [], passedRules: [] },
    ...{ qualifiedBy: reason, qualifiedAt, score, explanation: reasons },
    ...(cause && { cause: { activityId, type: cause.type, source: cause.source } }),
    consent: consentOf(lead),
    knownBefore: history
      .filter((activity) => isKnownBefore(activity, qualifiedAt))
      .map(({ activityId: id }) => id)
      .slice(-mostNotes),
    ...{ firstAssignedAt: null, assignedAt: null, dueAt: null, acceptedAt: null, firstTouchAt: null },
    ...{ outcome: null, outcomeReason: null, amount: null, closedAt: null, notes: [], history: [], ver: 0 },
  };
}

/**
 * Two machines wrote the two instants: what only their clocks tell apart counts as known, since it may have been looked at when sales did
 * not have them yet.
 */
function isKnownBefore({ type, recordedAt }: Activity, qualifiedAt: string): boolean {
  return /^(deal|appointment)\./.test(type) && Date.parse(recordedAt) < Date.parse(qualifiedAt) + 2 * skewMs;
}

interface Giving {
  readonly rep: string;
  readonly reason: AssignmentReason;
  readonly level: Handoff['level'];
  /** ISO; `dueAt`: until when they are to accept, `null` when nobody waits for that. */
  readonly at: string;
  readonly dueAt: string | null;
  readonly lead: Lead;
}

/** The hand-off as somebody gets it, with the consent state of this moment (I-H2). */
export function givenTo(handoff: Handoff, { rep, reason, level, at, dueAt, lead }: Giving): Handoff {
  const what = level === 'manager' ? 'escalated' : 'assigned';
  return withEntry(
    {
      ...handoff,
      ...{ status: 'assigned', rep, reason, level, assignedAt: at, dueAt, turn: handoff.turn + 1 },
      firstAssignedAt: handoff.firstAssignedAt ?? at,
      consent: consentOf(lead),
    },
    { at, what, rep },
  );
}

/** The hand-off while nobody can have it. `dueAt`: when we look again. */
export function queued(handoff: Handoff, reason: AssignmentReason, at: string, dueAt: string, lead: Lead): Handoff {
  const waits: Handoff = { ...handoff, status: 'queued', rep: null, reason, dueAt, consent: consentOf(lead) };
  return handoff.history.at(-1)?.what === 'queued' ? waits : withEntry(waits, { at, what: 'queued', rep: null });
}

/** With something that the lead did in the meantime; the same activity is noted once, and much of one kind at once is one note. */
export function noted(handoff: Handoff, note: Note): Handoff | null {
  const isTold = handoff.notes.some(
    ({ kind, at }) => kind === note.kind && Math.abs(Date.parse(at) - Date.parse(note.at)) < onceInMs,
  );
  if (isTold) return null;
  return { ...handoff, notes: [...handoff.notes, note].slice(-mostNotes) };
}

/** With something that says nothing of it, now or whenever it is told again. */
export function withKnown(handoff: Handoff, activityId: string): Handoff {
  return { ...handoff, knownBefore: [...(handoff.knownBefore ?? []), activityId].slice(-mostNotes) };
}

/** With one more thing that has happened to it. */
export function withEntry(handoff: Handoff, entry: Entry): Handoff {
  return { ...handoff, history: [...handoff.history, entry].slice(-mostEntries) };
}

/** Whom it must not go to any more: who has declined it, and who has let it lie. */
export function doneWith({
  history,
}: Pick<Handoff, 'history'>): readonly { rep: string; reason: 'declined' | 'missed' }[] {
  return history.flatMap(({ what, rep }) =>
    (what === 'declined' || what === 'missed') && rep !== null ? [{ rep, reason: what }] : [],
  );
}

/** Working minutes in which the one who gets it now is to accept it. */
export function minutesToAccept(level: Handoff['level'], { sla }: Pick<Team, 'sla'>): number | null {
  switch (level) {
    case 'rep':
      return sla.acceptMinutes;
    case 'next-rep':
      return sla.nextMinutes;
    case 'manager':
      return null;
  }
}

// A rep needs no message for every move of an appointment.
const onceInMs = 10 * 60_000;
// Far more than people do with one lead; an item has an end.
const mostEntries = 200;
const mostNotes = 100;

/** What may be done with them at this moment. */
export function consentOf({ consent, suppressed }: Lead): Handoff['consent'] {
  return { marketing: consent.marketing?.status ?? null, suppressed: suppressed !== null };
}
