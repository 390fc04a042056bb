import { HandoffDue } from '../leads/bus-event.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import type { HandoffStore } from './handoff.store.ts';

/** A place has become free: who waits longest for one is looked at now, and not only when the clock says so. */
export async function nextInQueue({ list }: Pick<HandoffStore, 'list'>): Promise<readonly OutgoingEvent[]> {
  const [waiting] = (await list({ status: 'queued', limit: 1 })).items;
  return waiting ? [toEvent(HandoffDue, { leadId: waiting.leadId, cycle: waiting.cycle })] : [];
}
