import { skewMs } from '../leads/clock-skew.ts';
import type { Lead } from '../leads/lead.ts';
import { withdrawn } from './answer-handoff.ts';
import { type HandOffDeps, maxAttempts, reasonToWithhold } from './hand-off-lead.ts';
import { withEntry } from './handing.ts';
import type { Handoff } from './handoff.ts';
import { nextInQueue } from './next-in-queue.ts';
import { placed } from './place-handoff.ts';

/** So many of those who wait longest are looked at when somebody may be free. */
const mostAtOnce = 25;

/** `withdrawn`: nobody else may have this lead any more. */
type Move = 'moved' | 'waits' | 'withdrawn' | 'none';

/**
 * Does what is due of a hand-off (T10): a rep who has not accepted in time loses it to the next one, and that one to the manager; one
 * that waits gets a rep, after those that come before it (D11). The event is only the knock: too early, too late or repeated, it
 * finds the same.
 */
export async function moveHandoff(leadId: string, cycle: number, deps: HandOffDeps): Promise<Move> {
  const handoff = await deps.handoffs.get(leadId, cycle);
  if (handoff?.status === 'assigned') return moveOn(handoff, deps);
  if (handoff?.status !== 'queued') return 'none';
  const { items } = await deps.handoffs.list({ status: 'queued', limit: mostAtOnce });
  for (const one of items) if (one.handoffId !== handoff.handoffId) await tryAgain(one, deps);
  return tryAgain(handoff, deps);
}

/** Their time is up. */
function moveOn(handoff: Handoff, deps: HandOffDeps): Promise<Move> {
  const { level, turn } = handoff;
  return decide(handoff, deps, (now, at) => {
    // Whoever has it now has their own time.
    if (now.status !== 'assigned' || now.turn !== turn || !isDue(now, at)) return null;
    const { rep } = now;
    const iso = new Date(at).toISOString();
    return {
      handoff: withEntry(now, { at: iso, what: 'missed', rep }),
      level: level === 'rep' ? 'next-rep' : 'manager',
    };
  });
}

function tryAgain(handoff: Handoff, deps: HandOffDeps): Promise<Move> {
  return decide(handoff, deps, (now) => (now.status === 'queued' ? { handoff: now, level: 'rep' } : null));
}

type Decide = (now: Handoff, at: number) => { readonly handoff: Handoff; readonly level: Handoff['level'] } | null;

async function decide(first: Handoff, deps: HandOffDeps, next: Decide): Promise<Move> {
  const { leadId, cycle } = first;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (attempt > 1) await deps.pause(attempt);
    const before = await deps.handoffs.get(leadId, cycle);
    const decided = before && next(before, deps.now());
    const lead = decided ? await deps.leads.get(leadId) : null;
    if (!before || !decided || !lead) return 'none';
    const barred = reasonToWithhold(lead);
    if (barred) {
      const write = await withdrawn(before, before, { lead, reason: barred }, deps);
      if ((await deps.handoffs.change(write)).outcome === 'written') return 'withdrawn';
      continue;
    }
    const placement = await placed({ ...decided, lead, history: await deps.leads.history(lead.leadId) }, deps);
    const { after } = placement;
    // Nobody yet, and it is known when we look again.
    if (after.status === 'queued' && !isDue(before, deps.now())) return 'waits';
    const events = before.rep === null ? [] : await nextInQueue(deps.handoffs);
    const { outcome } = await deps.handoffs.change({ before, events, ...withLead(lead, before, after), ...placement });
    if (outcome === 'written') return after.status === 'queued' ? 'waits' : 'moved';
  }
  throw new Error(`hand-off ${leadId}.${cycle} is written to by too many at once: the message comes back by itself`);
}

/** The lead is written with its owner, and only then. */
function withLead(lead: Lead, before: Handoff, after: Handoff): { readonly lead?: Lead } {
  return before.rep === after.rep ? {} : { lead };
}

/** A knock that comes a little early is on time. */
function isDue({ dueAt }: Handoff, now: number): boolean {
  return dueAt !== null && Date.parse(dueAt) <= now + skewMs;
}
