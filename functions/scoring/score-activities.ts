import type { CapturedActivity } from '../leads/activity.ts';
import { ownerAt } from '../leads/identification.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { leadIdOf } from '../leads/lead-id.ts';
import { mailboxOf, type VisitorStore } from '../leads/visitor.store.ts';
import { log } from '../runtime/log.ts';
import { type LinkProofDeps, leadByLink, withOwnLink } from './link-proof.ts';
import { toActivity } from './plan.ts';
import { aboutMail, type RecordDeps, recordActivities } from './record-activities.ts';

export interface ScoringDeps extends RecordDeps, LinkProofDeps {
  readonly leads: LeadStore;
  readonly visitors: VisitorStore;
  readonly pepper: () => Promise<string>;
}

/** Activities and pieces of evidence in one transaction: with scope holders, lead and milestones they stay under the limit. */
const perTransaction = 40;

/**
 * Whose activity is it: `L#<leadId>` when an address, a link of ours or an identified visitor names a lead, else `V#<visitor>`. Activities of one
 * group are recorded together.
 */
export async function personOf(captured: CapturedActivity, deps: ScoringDeps): Promise<string> {
  const { subject, occurredAt } = captured;
  if (subject.leadId) return `L#${subject.leadId}`;
  if (subject.email) return `L#${leadIdOf(subject.email, await deps.pepper())}`;
  const byLink = await leadByLink(captured, deps);
  if (byLink) return `L#${byLink}`;
  for (const visitor of visitorsOf(subject)) {
    const leadId = await deps.visitors.leadOf(visitor, occurredAt);
    if (leadId) return `L#${leadId}`;
  }
  return `V#${visitorsOf(subject)[0]}`;
}

/** `personOf` for the messages of one batch: asks who a visitor is once, not for each of their page views. */
export function personFinder(deps: ScoringDeps): (captured: CapturedActivity) => Promise<string> {
  const asked = new Map<string, ReturnType<VisitorStore['identifications']>>();
  const identifications = (visitor: string) => {
    const known = asked.get(visitor) ?? deps.visitors.identifications(visitor);
    asked.set(visitor, known);
    // A failed read is not remembered.
    known.catch(() => asked.delete(visitor));
    return known;
  };
  const leadOf: VisitorStore['leadOf'] = async (visitor, at) => ownerAt(await identifications(visitor), at);
  return (captured) => personOf(captured, { ...deps, visitors: { ...deps.visitors, leadOf } });
}

function visitorsOf({ anonymousId, userId }: CapturedActivity['subject']): readonly string[] {
  return [...(userId ? [`u:${userId}`] : []), ...(anonymousId ? [`a:${anonymousId}`] : [])];
}

/**
 * Records a group of captured activities of one person: ledger, lead, milestones, evidence and, when sales must get the lead, the
 * qualification with its event, all in one transaction. Doing it again changes nothing (I-S2).
 */
export async function scoreActivities(
  captured: readonly CapturedActivity[],
  person: string,
  deps: ScoringDeps,
): Promise<void> {
  const leadId = person.startsWith('V#') ? '' : person.slice(2);
  const once = new Map(captured.map((activity) => [activity.activityId, activity]));
  const distinct = await Promise.all([...once.values()].map((activity) => withOwnLink(activity, leadId, deps)));
  if (leadId === '') return keepForLater(distinct, person.slice(2), deps);
  const adopted = await adopt(distinct, leadId, deps);
  if (adopted === 'erased') return drop(distinct, leadId);
  const all = [
    ...new Map([...adopted.activities, ...distinct].map((activity) => [activity.activityId, activity])).values(),
  ];
  // The lead has just come by an address of which something may have been told before.
  let mayHaveMail = distinct.some(({ type }) => type === 'address.changed');
  for (const batch of inTransactions(all)) {
    const outcome = await recordActivities(batch, leadId, deps);
    if (outcome === 'erased') return drop(distinct, leadId);
    if (outcome === 'stranger') await keepMail(batch, leadId, deps);
    mayHaveMail ||= outcome === 'new-or-repeated';
  }
  if (mayHaveMail) await collectMail(leadId, deps);
  for (const [visitor, activityIds] of adopted.from) await deps.visitors.release(visitor, activityIds);
}

/** A person who is erased stays so: what comes late, again or by somebody else's hand is kept nowhere (I-E2). */
function drop(activities: readonly CapturedActivity[], leadId: string): void {
  log('dropped', { reason: 'erased', leadId, activities: activities.length });
}

/** Batches that each fit one transaction, counting an activity and every consent that comes with it. */
function inTransactions(activities: readonly CapturedActivity[]): CapturedActivity[][] {
  const batches: CapturedActivity[][] = [];
  let room = 0;
  for (const activity of activities) {
    const writes = 1 + activity.consents.length;
    const batch = batches.at(-1);
    if (batch && writes <= room) batch.push(activity);
    else batches.push([activity]);
    room = (batch && writes <= room ? room : perTransaction) - writes;
  }
  return batches;
}

/** A mailbox has no other owner before: said once, however often it is said. */
const alwaysTheirs = new Date(0).toISOString();

/** The lead is stored now: what was told about their mail before belongs to them. */
async function collectMail(leadId: string, deps: ScoringDeps): Promise<void> {
  const mailbox = mailboxOf(leadId);
  if ((await deps.visitors.identify(mailbox, leadId, [alwaysTheirs])) === 'erased') return;
  const waiting = await deps.visitors.waiting(mailbox);
  for (const batch of inTransactions(waiting.map((activity) => ofLead(activity, leadId))))
    await recordActivities(batch, leadId, deps);
  const activityIds = waiting.map(({ activityId }) => activityId);
  await deps.visitors.release(mailbox, activityIds);
}

async function keepMail(batch: readonly CapturedActivity[], leadId: string, deps: ScoringDeps): Promise<void> {
  log('waiting', { reason: 'about-nobody-we-know-yet', activities: batch.length });
  await keepForLater(batch, mailboxOf(leadId), deps);
}

type Waiting = Awaited<ReturnType<VisitorStore['waiting']>>[number];

/** A row that has waited, as it would come from the door now that we know whose it is. */
function ofLead({ recordedAt, verdict, quiet = false, ...activity }: Waiting, leadId: string): CapturedActivity {
  return { ...activity, subject: { leadId }, consents: [], quiet };
}

async function keepForLater(captured: readonly CapturedActivity[], visitor: string, deps: ScoringDeps): Promise<void> {
  const recordedAt = new Date(deps.now()).toISOString();
  const late: CapturedActivity[] = [];
  for (const activity of captured) {
    const outcome = await deps.visitors.keep(visitor, {
      ...toActivity(activity, recordedAt),
      attributes: activity.attributes,
    });
    if (outcome === 'identified') late.push(activity);
  }
  // Somebody identified this visitor between our look and our write: these are the lead's now.
  for (const activity of late) {
    const leadId = await deps.visitors.leadOf(visitor, activity.occurredAt);
    if (leadId) await scoreActivities([activity], `L#${leadId}`, deps);
  }
}

/**
 * Whoever gives an address together with a visitor id is that visitor: what the visitor did before counts from now on. What is told
 * about mail makes no lead (see `recordActivities`), and so must not promise the visitor's activities to one.
 */
async function adopt(captured: readonly CapturedActivity[], leadId: string, { visitors }: ScoringDeps) {
  const identified = new Map<string, Set<string>>();
  for (const { subject, occurredAt, type } of captured)
    if (subject.email && !aboutMail.test(type))
      for (const visitor of visitorsOf(subject))
        identified.set(visitor, (identified.get(visitor) ?? new Set()).add(occurredAt));
  const from = new Map<string, readonly string[]>();
  const activities: CapturedActivity[] = [];
  for (const [visitor, instants] of identified) {
    const who = await visitors.identify(visitor, leadId, [...instants]);
    if (who === 'erased') return 'erased';
    // What somebody else did at this computer before is theirs, even when their own message is still on its way back.
    const waiting = (await visitors.waiting(visitor)).filter(({ occurredAt }) => ownerAt(who, occurredAt) === leadId);
    from.set(
      visitor,
      waiting.map(({ activityId }) => activityId),
    );
    activities.push(...waiting.map((activity) => ofLead(activity, leadId)));
  }
  return { activities, from };
}
