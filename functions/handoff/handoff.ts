import * as z from 'zod';
import { ScoreReason } from '../leads/bus-event.ts';
import { ConsentStatus, Qualification } from '../leads/lead.ts';

export const HandoffStatus = z.enum(['queued', 'assigned', 'accepted', 'rejected', 'recycled', 'won', 'lost']);
export type HandoffStatus = z.infer<typeof HandoffStatus>;

/** How the rep was chosen, so that nobody has to guess (T9): the rule, who could have got the lead, and who could not and why. */
const AssignmentReason = z.object({
  rule: z.literal('round-robin'),
  candidates: z.array(z.string()),
  exclusions: z.array(z.object({ rep: z.string(), reason: z.string() })),
});

/** A qualified lead with a rep: one per qualification cycle (I-H1). Times are instants, ISO 8601 UTC. */
export const Handoff = z.object({
  handoffId: z.string(),
  leadId: z.string(),
  cycle: z.number().int().positive(),
  status: HandoffStatus,
  rep: z.string(),
  reason: AssignmentReason,
  qualifiedBy: Qualification.shape.reason,
  qualifiedAt: z.string(),
  /** What they did that made it so; left out in hand-offs from before it was kept. */
  cause: z.object({ activityId: z.string(), type: z.string() }).optional(),
  score: z.number(),
  /** Why the lead qualified, as the score was explained at that moment. */
  explanation: z.array(ScoreReason),
  /** Marketing consent and suppression as they were when the hand-off was committed (I-H2). */
  consent: z.object({ marketing: ConsentStatus.nullable(), suppressed: z.boolean() }),
  assignedAt: z.string(),
  dueAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  outcome: z.string().nullable(),
});
export type Handoff = z.infer<typeof Handoff>;

/** `<leadId>.<cycle>`: the same qualification is the same hand-off, however often it is announced. */
export function handoffIdOf(leadId: string, cycle: number): string {
  return `${leadId}.${cycle}`;
}

/** Did a reply bring them? Somebody answered our mail: nobody has asked for a call, nor said that they may be called. */
export function wroteBack({ qualifiedBy, cause }: Pick<Handoff, 'qualifiedBy' | 'cause'>): boolean {
  return qualifiedBy === 'explicit-request' && cause?.type === 'email.replied';
}

/** The lead and cycle that an id names; `null` when it is no hand-off's id. */
export function parseHandoffId(handoffId: string): { leadId: string; cycle: number } | null {
  const [, leadId, cycle] = /^([a-z2-7]{1,64})\.([1-9]\d{0,8})$/.exec(handoffId) ?? [];
  return leadId && cycle ? { leadId, cycle: Number(cycle) } : null;
}
