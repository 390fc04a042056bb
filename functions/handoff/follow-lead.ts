import type * as z from 'zod';
import type { ActivityRecorded, LeadRequalified } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { toWrite } from './answer-handoff.ts';
import { closed } from './answering.ts';
import { type HandOffDeps, maxAttempts } from './hand-off-lead.ts';
import { noted, withKnown } from './handing.ts';
import type { HandoffWrite } from './handoff.store.ts';
import { type Handoff, isOpen, type Note } from './handoff.ts';
import { Money } from './money-text.ts';

type Recorded = z.output<typeof ActivityRecorded.detail>;

/** What a lead does while sales has them: told to their rep, and a deal that came to be known elsewhere closes the hand-off. */
export async function followActivity({ leadId, activity }: Recorded, deps: HandOffDeps): Promise<void> {
  // What sales itself has said is in the hand-off already.
  if (leadId === null || activity.source === 'handoff') return;
  const { activityId, occurredAt: at } = activity;
  switch (activity.type) {
    case 'deal.won':
    case 'deal.lost':
      return change(leadId, null, deps, (handoff) => closedByDeal(handoff, activity, deps));
    case 'appointment.cancelled':
      return noteNews(leadId, { kind: 'appointment-cancelled', activityId, at }, deps);
    case 'appointment.moved':
      return noteNews(leadId, { kind: 'appointment-moved', activityId, at }, deps);
  }
}

/** They have asked for us again, or crossed the threshold, while sales had them (§2.9). */
export async function followRequalified(
  { leadId, cycle, reason, activityId, at }: z.output<typeof LeadRequalified.detail>,
  deps: HandOffDeps,
): Promise<void> {
  const note = { kind: reason === 'threshold' ? 'crossing' : 'request', activityId, at } as const;
  await change(leadId, cycle, deps, (handoff) => noted(handoff, note));
}

/** What we have known since before sales had them is no news, however late it is told again. */
function noteNews(leadId: string, note: Note, deps: HandOffDeps): Promise<void> {
  return change(leadId, null, deps, (handoff) =>
    handoff.knownBefore?.includes(note.activityId) ? null : noted(handoff, note),
  );
}

/** Changes the lead's open hand-off, if there is one. `cycle`: that one alone. */
async function change(
  leadId: string,
  cycle: number | null,
  deps: HandOffDeps,
  next: (handoff: Handoff) => Handoff | null,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (attempt > 1) await deps.pause(attempt);
    const found = await openHandoff(leadId, cycle, deps);
    const after = found && next(found.handoff);
    if (!found || !after) return;
    const { lead, handoff: before } = found;
    const write: HandoffWrite = isOpen(after)
      ? { before, after, what: after.notes === before.notes ? null : 'noted' }
      : { ...(await toWrite(before, after, lead, deps)), activity: undefined };
    if ((await deps.handoffs.change(write)).outcome === 'written') return;
  }
  throw new Error(`the hand-off of ${leadId} is written to by too many at once: the message comes back by itself`);
}

async function openHandoff(leadId: string, cycle: number | null, { leads, handoffs }: OpenDeps) {
  const lead = await leads.get(leadId);
  const { qualification } = lead ?? {};
  if (!lead || !qualification?.open || (cycle !== null && cycle !== qualification.cycle)) return null;
  const handoff = await handoffs.get(lead.leadId, qualification.cycle);
  // Sales is being told of them at this moment.
  if (!handoff) throw new Error('the hand-off of this lead is not stored yet: the message comes back by itself');
  return isOpen(handoff) ? { lead, handoff } : null;
}

interface OpenDeps {
  readonly leads: Pick<LeadStore, 'get'>;
  readonly handoffs: HandOffDeps['handoffs'];
}

/** `null`: it says nothing of this hand-off. */
function closedByDeal(handoff: Handoff, activity: Recorded['activity'], deps: HandOffDeps): Handoff | null {
  const { activityId, type, occurredAt, properties, source } = activity;
  // A deal of before they came to sales is another one.
  if (occurredAt < handoff.qualifiedAt || handoff.knownBefore?.includes(activityId)) return null;
  const what = type === 'deal.won' ? 'won' : 'lost';
  // Anybody may tell the tracker anything (I-F3): nobody is lost whom sales has not even accepted, also when it is told again. Who bought
  // is a customer from then on, and no longer to be won.
  if (what === 'lost' && source === 'tracker' && handoff.status !== 'accepted') return withKnown(handoff, activityId);
  const reason = deps.team.lossReasons.find(({ id }) => what === 'lost' && id === properties.reason)?.id;
  const entry = { at: nowOf(deps), what, rep: handoff.rep, ...(reason && { reason }) } as const;
  return closed({ ...handoff, amount: what === 'won' ? amountOf(properties) : null }, what, entry);
}

/** What was paid, when it is an amount: others' systems write here. */
function amountOf(properties: Recorded['activity']['properties']): Handoff['amount'] {
  return Money.safeParse(properties).data ?? null;
}

function nowOf({ now }: HandOffDeps): string {
  return new Date(now()).toISOString();
}
