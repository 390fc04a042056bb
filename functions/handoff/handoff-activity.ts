import type * as z from 'zod';
import type { ActivityCaptured } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { leadTypeOf } from '../leads/lead-type.ts';
import type { Handoff } from './handoff.ts';

const types = {
  accepted: 'handoff.accepted',
  rejected: 'handoff.rejected',
  contacted: 'handoff.contacted',
  meeting: 'handoff.meeting',
  recycled: 'handoff.recycled',
  won: 'deal.won',
  lost: 'deal.lost',
} as const;

/** What sales has said, as it stands in the lead's ledger: sequences, figures and scoring learn of it there. */
export function handoffActivity(
  what: keyof typeof types,
  handoff: Handoff,
  lead: Pick<Lead, 'milestones'>,
): z.input<typeof ActivityCaptured.detail> {
  const { handoffId, leadId, rep, outcomeReason, amount, qualifiedBy } = handoff;
  const at = handoff.history.at(-1)?.at ?? handoff.qualifiedAt;
  return {
    activityId: stableId('handoff', handoffId, what, at),
    type: types[what],
    occurredAt: at,
    source: 'handoff',
    subject: { leadId },
    properties: {
      ...{ handoffId, rep: rep ?? '', qualifiedBy, leadType: leadTypeOf(lead) },
      ...(outcomeReason !== null && { reason: outcomeReason }),
      ...amount,
    },
  };
}
