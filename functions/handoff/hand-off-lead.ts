import type * as z from 'zod';
import type { Account } from '../leads/account.ts';
import type { Activity } from '../leads/activity.ts';
import { LeadHandedOff, type LeadQualified, MessageRequested } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import type { HandoffStore } from './handoff.store.ts';
import { type Handoff, handoffIdOf } from './handoff.ts';
import { type HotLead, hotLead } from './hot-lead.ts';
import { nextTurn } from './round-robin.ts';
import type { Rep, Team } from './team.ts';

type Qualified = z.output<typeof LeadQualified.detail>;

export interface HandOffDeps {
  readonly leads: Pick<LeadStore, 'get' | 'history'>;
  readonly handoffs: HandoffStore;
  readonly team: Team;
  readonly account: Pick<Account, 'timeZone'>;
  /** Public origin of the pages, without a slash at its end. */
  readonly baseUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Waits before try number `attempt`, by chance longer or shorter, so that rivals for the rotation step out of each other's way. */
  readonly pause: (attempt: number) => Promise<void>;
}

export type HandOffOutcome =
  | { readonly outcome: 'assigned'; readonly handoffId: string; readonly rep: string }
  | { readonly outcome: 'exists'; readonly handoffId: string }
  | { readonly outcome: 'withheld'; readonly reason: 'unknown-lead' | 'complaint' | 'disqualified' };

// Every try that fails is a try of somebody else that succeeded, so this many means as many rivals, not an endless loop.
const maxAttempts = 100;

/**
 * Gives a qualified lead to the rep whose turn it is: hand-off, rotation, owner and the message to the rep in one transaction, so
 * that announcing the same qualification again changes nothing. Throws when the rotation stays contended; the queue tries again.
 */
export async function handOffLead(qualified: Qualified, deps: HandOffDeps): Promise<HandOffOutcome> {
  const handoffId = handoffIdOf(qualified.leadId, qualified.cycle);
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (attempt > 1) await deps.pause(attempt);
    if (await deps.handoffs.get(qualified.leadId, qualified.cycle)) return { outcome: 'exists', handoffId };
    const lead = await deps.leads.get(qualified.leadId);
    if (!lead) return { outcome: 'withheld', reason: 'unknown-lead' };
    // Who has called our mail spam is not called by a rep.
    if (lead.suppressed?.reason === 'complaint') return { outcome: 'withheld', reason: 'complaint' };
    // They have told us in the meantime that they are no buyers (B5).
    if (lead.disqualified) return { outcome: 'withheld', reason: 'disqualified' };
    const history = await deps.leads.history(lead.leadId);
    // Read last: the shorter the time between reading whose turn it is and taking it, the fewer the conflicts.
    const { rep, rotation } = nextTurn(deps.team.reps, await deps.handoffs.rotation());
    const handoff = toHandoff(qualified, { lead, history, rep }, deps);
    const told = hotLead(handoff, lead, history, officeOf(deps));
    const outbox = announce(handoff, rep, told, deps.team);
    const outcome = await deps.handoffs.assign({ handoff, lead, rotation, outbox });
    if (outcome === 'assigned') return { outcome, handoffId, rep: rep.id };
    if (outcome === 'exists') return { outcome, handoffId };
  }
  throw new Error(`hand-off ${handoffId}: the rotation is still contended after ${maxAttempts} tries`);
}

interface Assigned {
  readonly lead: Lead;
  readonly history: readonly Activity[];
  readonly rep: Rep;
}

function toHandoff(qualified: Qualified, { lead, history, rep }: Assigned, { team, now }: HandOffDeps): Handoff {
  const { leadId, cycle, reason, score, qualifiedAt, reasons, activityId } = qualified;
  const cause = history.find((activity) => activity.activityId === activityId);
  return {
    handoffId: handoffIdOf(leadId, cycle),
    leadId,
    cycle,
    status: 'assigned',
    rep: rep.id,
    reason: { rule: team.assignment, candidates: team.reps.map(({ id }) => id), exclusions: [] },
    qualifiedBy: reason,
    qualifiedAt,
    ...(cause && { cause: { activityId, type: cause.type } }),
    score,
    explanation: reasons,
    consent: { marketing: lead.consent.marketing?.status ?? null, suppressed: lead.suppressed !== null },
    assignedAt: new Date(now()).toISOString(),
    dueAt: null,
    acceptedAt: null,
    outcome: null,
  };
}

function officeOf({ baseUrl, account, team }: HandOffDeps): Parameters<typeof hotLead>[3] {
  return { baseUrl, timeZone: account.timeZone, language: team.hotLead.language };
}

/** Told to the other rooms, and to the rep by e-mail. */
function announce(
  handoff: Handoff,
  rep: Rep,
  told: HotLead,
  { hotLead: { template, language } }: Team,
): OutgoingEvent[] {
  const { leadId, cycle, assignedAt } = handoff;
  return [
    toEvent(LeadHandedOff, { leadId, cycle, rep: rep.id, at: assignedAt }),
    toEvent(MessageRequested, {
      leadId,
      sequence: 'handoff',
      run: String(cycle),
      step: 1,
      template,
      language,
      to: { kind: 'team', email: rep.email, name: rep.name },
      data: { ...told },
      // A rep told twice shrugs; a rep not told lets a hot lead cool.
      policy: 'atLeastOnce',
    }),
  ];
}
