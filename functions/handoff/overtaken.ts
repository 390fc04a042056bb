import { skewMs } from '../leads/clock-skew.ts';
import type { Delivery } from './delivery.ts';
import type { HandoffStore } from './handoff.store.ts';
import { isOpen, parseHandoffId } from './handoff.ts';

/** Has a lead gone on to somebody else, or is it over, since a rep was to be told that it is theirs? Other news stay true. */
export async function isOvertaken(
  { purpose, what, handoffId, createdAt }: Pick<Delivery, 'purpose' | 'what' | 'handoffId' | 'createdAt'>,
  { handoffs }: { readonly handoffs: Pick<HandoffStore, 'get'> },
): Promise<boolean> {
  if (purpose !== 'notification' || what !== 'hot-lead') return false;
  const named = parseHandoffId(handoffId);
  const handoff = named && (await handoffs.get(named.leadId, named.cycle));
  if (!handoff || !isOpen(handoff)) return true;
  // It was given to somebody after this was begun.
  return handoff.assignedAt !== null && Date.parse(handoff.assignedAt) > Date.parse(createdAt) + 2 * skewMs;
}
