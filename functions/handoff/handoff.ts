import * as z from 'zod';
import { ScoreReason } from '../leads/bus-event.ts';
import { ConsentStatus, Qualification } from '../leads/lead.ts';

export const HandoffStatus = z.enum(['queued', 'assigned', 'accepted', 'rejected', 'recycled', 'won', 'lost']);
export type HandoffStatus = z.infer<typeof HandoffStatus>;

/** Why a rep could not get this lead. */
export const ExclusionReason = z.enum([
  // Not now.
  ...(['leave', 'holiday', 'hours', 'capacity', 'day-capacity', 'silenced'] as const),
  // Not this lead.
  ...(['not-named', 'skill', 'industry', 'product', 'language', 'region', 'seniority'] as const),
  // Not again.
  ...(['declined', 'missed'] as const),
]);
export type ExclusionReason = z.infer<typeof ExclusionReason>;

/**
 * How the rep was chosen, so that nobody has to guess (T9). `rule` is the id of the assignment rule that decided, or else the
 * method. Candidates and exclusions together are the whole team.
 */
export const AssignmentReason = z.object({
  rule: z.string(),
  /** The rule's sentence, as it stood then; left out where no rule decided. */
  ruleName: z.string().optional(),
  method: z.enum(['round-robin', 'weighted', 'least-busy', 'performance', 'same-rep', 'chosen', 'manager', 'none']),
  /** Who could have got the lead, in the order in which they stood: the first one got it. */
  candidates: z.array(z.string()),
  /** `detail`: until when (a day), how many, or what they lack. */
  exclusions: z.array(z.object({ rep: z.string(), reason: ExclusionReason, detail: z.string().optional() })),
  /** Rules that fitted the lead before this one and of whose reps nobody was available. */
  passedRules: z.array(z.string()).default([]),
  /** Each candidate's share, where shares decided. */
  weights: z.record(z.string(), z.number()).optional(),
});
export type AssignmentReason = z.infer<typeof AssignmentReason>;

/** Something the lead did while sales had them: told to their rep, and no hand-off of its own (§2.9). */
const Note = z.object({
  kind: z.enum(['crossing', 'request', 'appointment-booked', 'appointment-cancelled', 'appointment-moved']),
  activityId: z.string(),
  at: z.string(),
});
export type Note = z.infer<typeof Note>;

/** One thing that happened to the hand-off. `rep`: whose it was then; `by`: who did it, where it was a person. */
const Entry = z.object({
  at: z.string(),
  what: z.enum([
    ...(['queued', 'assigned', 'accepted', 'rejected', 'contacted', 'meeting', 'won', 'lost', 'recycled'] as const),
    ...(['declined', 'missed', 'escalated', 'withdrawn'] as const),
  ]),
  rep: z.string().nullable(),
  by: z.string().optional(),
  reason: z.string().optional(),
});
export type Entry = z.infer<typeof Entry>;

const Money = z.object({ amountMinor: z.number().int(), currency: z.string() });

/** A qualified lead with sales: one per qualification cycle (I-H1). Times are instants, ISO 8601 UTC. */
export const Handoff = z.object({
  handoffId: z.string(),
  leadId: z.string(),
  cycle: z.number().int().positive(),
  status: HandoffStatus,
  /** Whose it is: a rep, or the manager. `null` while nobody could be found. */
  rep: z.string().nullable(),
  reason: AssignmentReason,
  /** Counts whom it was given to: what one was sent acts for their turn alone. */
  turn: z.number().int().nonnegative(),
  /** Who must accept it now (T10). */
  level: z.enum(['rep', 'next-rep', 'manager']),
  qualifiedBy: Qualification.shape.reason,
  qualifiedAt: z.string(),
  /** What they did that made it so; left out in hand-offs from before it was kept. */
  cause: z.object({ activityId: z.string(), type: z.string(), source: z.string().optional() }).optional(),
  score: z.number(),
  /** Why the lead qualified, as the score was explained at that moment. */
  explanation: z.array(ScoreReason),
  /** Marketing consent and suppression as they were when the hand-off was committed (I-H2). */
  consent: z.object({ marketing: ConsentStatus.nullable(), suppressed: z.boolean() }),
  /** Deals and appointments that are none of this hand-off, such as those from before they qualified: told again, they are no news. */
  knownBefore: z.array(z.string()).optional(),
  /** When somebody first had it, and when the one who has it now got it. */
  firstAssignedAt: z.string().nullable(),
  assignedAt: z.string().nullable(),
  /** Until when it is to be accepted, or, while it waits, when we look again for somebody. `null`: nothing is due. */
  dueAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  /** When the rep first reached the lead. */
  firstTouchAt: z.string().nullable(),
  /** The latest that was reported: `contacted`, `meeting`, `won`, `lost`, `recycled` or `rejected`. */
  outcome: z.enum(['contacted', 'meeting', 'won', 'lost', 'recycled', 'rejected']).nullable(),
  /** Of `rejectionReasons` or `lossReasons`. */
  outcomeReason: z.string().nullable(),
  amount: Money.nullable(),
  closedAt: z.string().nullable(),
  notes: z.array(Note),
  history: z.array(Entry),
  /** Counts its changes; 0: not stored yet. */
  ver: z.number().int().nonnegative(),
});
export type Handoff = z.infer<typeof Handoff>;

/** Does sales still have them? */
export function isOpen({ status }: Pick<Handoff, 'status'>): boolean {
  return status === 'queued' || status === 'assigned' || status === 'accepted';
}

/** `<leadId>.<cycle>`: the same qualification is the same hand-off, however often it is announced. */
export function handoffIdOf(leadId: string, cycle: number): string {
  return `${leadId}.${cycle}`;
}

/** Milliseconds from the crossing to the acceptance (D12, T10); `null` until somebody accepts. */
export function speedToLeadMs({ qualifiedAt, acceptedAt }: Pick<Handoff, 'qualifiedAt' | 'acceptedAt'>): number | null {
  return acceptedAt === null ? null : Date.parse(acceptedAt) - Date.parse(qualifiedAt);
}

/**
 * Did a reply bring them? Somebody answered our mail: nobody has asked for a call, nor said that they may be called. Anybody may tell the
 * tracker that somebody has replied: those are not their words (I-F3).
 */
export function wroteBack({ qualifiedBy, cause }: Pick<Handoff, 'qualifiedBy' | 'cause'>): boolean {
  return qualifiedBy === 'explicit-request' && cause?.type === 'email.replied' && cause.source !== 'tracker';
}

/** The lead and cycle that an id names; `null` when it is no hand-off's id. */
export function parseHandoffId(handoffId: string): { leadId: string; cycle: number } | null {
  const [, leadId, cycle] = /^([a-z2-7]{1,64})\.([1-9]\d{0,8})$/.exec(handoffId) ?? [];
  return leadId && cycle ? { leadId, cycle: Number(cycle) } : null;
}
