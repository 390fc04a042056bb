import type * as z from 'zod';
import type { LeadQualified } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { begun } from './handing.ts';
import type { HandoffStore } from './handoff.store.ts';
import { handoffIdOf } from './handoff.ts';
import { placed } from './place-handoff.ts';
import type { RoutingDeps } from './routing-for.ts';

type Qualified = z.output<typeof LeadQualified.detail>;

export interface HandOffDeps extends RoutingDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history' | 'save'>;
  readonly handoffs: HandoffStore;
  /** Waits before try number `attempt`, by chance longer or shorter, so that rivals for the roster step out of each other's way. */
  readonly pause: (attempt: number) => Promise<void>;
}

type Withheld = 'unknown-lead' | 'complaint' | 'disqualified' | 'over';
export type HandOffOutcome =
  | { readonly outcome: 'assigned'; readonly handoffId: string; readonly rep: string }
  | { readonly outcome: 'queued'; readonly handoffId: string }
  | { readonly outcome: 'exists'; readonly handoffId: string }
  | { readonly outcome: 'withheld'; readonly reason: Withheld };

// Every try that fails is a try of somebody else that succeeded, so this many means as many rivals, not an endless loop.
export const maxAttempts = 100;

/**
 * Gives a qualified lead to a rep, or lets it wait for one: hand-off, roster, owner and the news of it in one transaction, so that
 * announcing the same qualification again changes nothing. Throws when the roster stays contended; the queue tries again.
 */
export async function handOffLead(qualified: Qualified, deps: HandOffDeps): Promise<HandOffOutcome> {
  const { leadId, cycle } = qualified;
  const handoffId = handoffIdOf(leadId, cycle);
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (attempt > 1) await deps.pause(attempt);
    // The lead first: a hand-off that is made after this look is seen by the lead it writes.
    const lead = await deps.leads.get(leadId);
    if (await deps.handoffs.get(leadId, cycle)) return { outcome: 'exists', handoffId };
    if (!lead) return { outcome: 'withheld', reason: 'unknown-lead' };
    const reason = reasonToWithhold(lead);
    if (reason) {
      if (await isWithheld(lead, cycle, deps)) return { outcome: 'withheld', reason };
      continue;
    }
    // Withheld before: who may be called by now has another cycle, or will have.
    if (!isAwaited(lead, cycle)) return { outcome: 'withheld', reason: 'over' };
    const history = await deps.leads.history(lead.leadId);
    const placement = await placed({ handoff: begun(qualified, lead, history), lead, history, level: 'rep' }, deps);
    const { outcome } = await deps.handoffs.change({ before: null, lead, ...placement });
    const { rep } = placement.after;
    if (outcome === 'written') return rep ? { outcome: 'assigned', handoffId, rep } : { outcome: 'queued', handoffId };
    if (outcome === 'exists') return { outcome, handoffId };
  }
  throw new Error(`hand-off ${handoffId}: the roster is still contended after ${maxAttempts} tries`);
}

/** Why sales must not get this lead, nor anybody of sales who has not got them yet (I-H2). */
export function reasonToWithhold({ suppressed, disqualified }: Lead): 'complaint' | 'disqualified' | null {
  // Who has called our mail spam is not called by a rep.
  if (suppressed?.reason === 'complaint') return 'complaint';
  // They have told us in the meantime that they are no buyers (B5).
  return disqualified ? 'disqualified' : null;
}

/** Sales does not have them, so that they may qualify again once that is no longer so. False: somebody else has written the lead. */
async function isWithheld(lead: Lead, cycle: number, { leads }: HandOffDeps): Promise<boolean> {
  const { qualification } = lead;
  if (!qualification || !isAwaited(lead, cycle)) return true;
  const nothing = { recorded: [], rejudged: [], milestones: [], holders: {}, evidence: [], statements: [], outbox: [] };
  const closed = { ...lead, qualification: { ...qualification, open: false }, ver: lead.ver + 1 };
  return (await leads.save({ ...nothing, lead: closed })).outcome === 'saved';
}

function isAwaited({ qualification }: Lead, cycle: number): boolean {
  return qualification?.cycle === cycle && qualification.open;
}
