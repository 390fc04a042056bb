import { localDay } from '../leads/calendar.ts';
import type { Lead } from '../leads/lead.ts';
import { type Answered, type Answering, answered, closed } from './answering.ts';
import { type HandOffDeps, maxAttempts, reasonToWithhold } from './hand-off-lead.ts';
import { consentOf } from './handing.ts';
import type { HandoffWrite } from './handoff.store.ts';
import { type Handoff, isOpen, speedToLeadMs } from './handoff.ts';
import { handoffActivity } from './handoff-activity.ts';
import { nextInQueue } from './next-in-queue.ts';
import { placed, recordsOf } from './place-handoff.ts';
import type { RepDay } from './rep-record.ts';
import { withReleased, withTaken } from './roster.ts';
import { hasPlace, repOf } from './team.ts';

export type AnswerDeps = HandOffDeps;

export interface Asked extends Omit<Answering, 'at'> {
  readonly leadId: string;
  readonly cycle: number;
}

/** As `Answered`; `unknown`: there is no such hand-off. `handoff`: as it is now. */
export interface AnswerOutcome {
  readonly outcome: Exclude<Answered['outcome'], 'passed-on'> | 'unknown';
  readonly handoff: Handoff | null;
}

/**
 * What sales says of a hand-off, in one transaction with all that follows from it: the place of the rep, the lead that may qualify
 * again, the line in the lead's ledger, the news. Two who say something at once are one after the other: the second sees the first.
 */
export async function answerHandoff({ leadId, cycle, ...answering }: Asked, deps: AnswerDeps): Promise<AnswerOutcome> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (attempt > 1) await deps.pause(attempt);
    const before = await deps.handoffs.get(leadId, cycle);
    if (!before) return { outcome: 'unknown', handoff: null };
    const at = new Date(deps.now()).toISOString();
    const said = answered(before, { ...answering, at }, deps.team);
    if (!('handoff' in said)) return { outcome: said.outcome, handoff: before };
    if (said.handoff === before) return { outcome: 'done', handoff: before };
    const lead = await deps.leads.get(leadId);
    // Erased since.
    if (!lead) return { outcome: 'unknown', handoff: null };
    // Nobody gets a lead any more who may not be called, be it of their own accord (I-H2).
    const barred = said.handoff.rep === before.rep && said.outcome === 'done' ? null : reasonToWithhold(lead);
    const write = barred
      ? await withdrawn(before, before, { lead, reason: barred }, deps)
      : said.outcome === 'passed-on'
        ? await passedOn(said.handoff, before, lead, deps)
        : await toWrite(before, withConsent(said.handoff, before, lead), lead, deps);
    const written = await deps.handoffs.change(write);
    if (written.outcome === 'written') return { outcome: barred ? 'closed' : 'done', handoff: written.handoff };
  }
  throw new Error(`hand-off ${leadId}.${cycle} is written to by too many at once: try again`);
}

/** Whoever gets it now gets it with the consent of this moment. */
function withConsent(after: Handoff, before: Handoff, lead: Lead): Handoff {
  return after.rep === before.rep ? after : { ...after, consent: consentOf(lead) };
}

/** Not theirs: to the next rep, as if for the first time. */
async function passedOn(
  handoff: Handoff,
  before: Handoff,
  lead: NonNullable<HandoffWrite['lead']>,
  deps: AnswerDeps,
): Promise<HandoffWrite> {
  const history = await deps.leads.history(lead.leadId);
  // The manager looks for another rep; when there is none, it is theirs again.
  const level = before.level === 'manager' ? 'next-rep' : before.level;
  const events = await nextInQueue(deps.handoffs);
  return { before, lead, events, ...(await placed({ handoff, lead, history, level }, deps)) };
}

/** The write of a hand-off that nobody else may get any more: it is over, and is nobody's deed. `handoff`: as it is to be withdrawn. */
export async function withdrawn(
  before: Handoff,
  handoff: Handoff,
  { lead, reason }: { readonly lead: NonNullable<HandoffWrite['lead']>; readonly reason: string },
  deps: AnswerDeps,
): Promise<HandoffWrite> {
  const at = new Date(deps.now()).toISOString();
  const after = closed(handoff, 'rejected', { at, what: 'withdrawn', rep: handoff.rep, reason });
  return { ...(await toWrite(before, after, lead, deps)), records: [], activity: undefined };
}

/** The write of a hand-off that has been accepted, reported on, or closed. */
export async function toWrite(
  before: Handoff,
  after: Handoff,
  lead: NonNullable<HandoffWrite['lead']>,
  deps: AnswerDeps,
): Promise<HandoffWrite> {
  const what = changeOf(after);
  const at = after.history.at(-1)?.at ?? after.qualifiedAt;
  const records = await recordsOf([[after.rep, deedsOf(what, after)]], at, deps);
  const hasMoved = after.rep !== before.rep || !isOpen(after);
  const events = hasMoved ? await nextInQueue(deps.handoffs) : [];
  return {
    ...{ before, after, what, records, events, activity: handoffActivity(what, after, lead) },
    ...(hasMoved && { lead, ...(await rosterChange(before, after, at, deps)) }),
  };
}

/** What has just happened to it, as others are told. */
function changeOf({ history }: Handoff): Parameters<typeof handoffActivity>[0] {
  const what = history.at(-1)?.what;
  switch (what) {
    case 'accepted':
    case 'rejected':
    case 'contacted':
    case 'meeting':
    case 'won':
    case 'lost':
    case 'recycled':
      return what;
    case 'withdrawn':
      return 'rejected';
    default:
      throw new Error('an answer has changed nothing');
  }
}

async function rosterChange(
  before: Handoff,
  after: Handoff,
  at: string,
  deps: AnswerDeps,
): Promise<Pick<HandoffWrite, 'roster'>> {
  const { team, account } = deps;
  const roster = await deps.handoffs.roster();
  const freed = hasPlace(team, before.rep) ? withReleased(roster, before.rep) : roster;
  const zone = repOf(team, after.rep)?.timeZone ?? account.timeZone;
  const isTaken = isOpen(after) && hasPlace(team, after.rep);
  const next = isTaken && after.rep ? withTaken(freed, after.rep, localDay(at, zone)) : freed;
  return next === roster ? {} : { roster: { before: roster, after: next } };
}

function deedsOf(what: keyof RepDay & string, after: Handoff): Partial<RepDay> {
  const count = { [what]: 1 };
  if (what === 'accepted') return { ...count, speedMs: speedToLeadMs(after) ?? 0 };
  return what === 'won' ? { ...count, wonMinor: after.amount?.amountMinor ?? 0 } : count;
}
