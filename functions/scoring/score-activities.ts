import { type Activity, byOccurrence, type CapturedActivity } from '../leads/activity.ts';
import { ownerAt } from '../leads/identification.ts';
import { type LeadChange, type LeadStore, writesOf } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { leadIdOf } from '../leads/lead-id.ts';
import type { VisitorStore } from '../leads/visitor.store.ts';
import { log } from '../runtime/log.ts';
import type { CompiledModel } from './compiled-model.ts';
import { type LinkProofDeps, leadByLink, withOwnLink } from './link-proof.ts';
import type { ModelStore } from './model.store.ts';
import { type Plan, planOf, toActivity, wholePlan } from './plan.ts';
import { qualifiedEvent } from './qualified-event.ts';
import { type Recording, record } from './record.ts';

export interface ScoringDeps extends LinkProofDeps {
  readonly leads: LeadStore;
  readonly visitors: VisitorStore;
  readonly models: ModelStore;
  readonly pepper: () => Promise<string>;
  readonly now: () => number;
}

/** DynamoDB's limit. */
const writesPerTransaction = 100;

/** Activities and pieces of evidence in one transaction: with scope holders, lead and milestones they stay under the limit. */
const perTransaction = 40;

/** Facts about a message never make a lead of somebody: only what a person told or did here does. */
const aboutMail = /^email\./;

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
  const all = [
    ...new Map([...adopted.activities, ...distinct].map((activity) => [activity.activityId, activity])).values(),
  ];
  // The lead has just come by an address of which something may have been told before.
  let mayHaveMail = distinct.some(({ type }) => type === 'address.changed');
  for (const batch of inTransactions(all)) mayHaveMail = (await recordAll(batch, leadId, deps)) || mayHaveMail;
  if (mayHaveMail) await collectMail(leadId, deps);
  for (const [visitor, activityIds] of adopted.from) await deps.visitors.release(visitor, activityIds);
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

/** Where news of mail waits for its lead: queues keep no order, and a bounce may be here before the form is. */
function mailboxOf(leadId: string): string {
  return `m:${leadId}`;
}

/** The lead is stored now: what was told about their mail before belongs to them. */
async function collectMail(leadId: string, deps: ScoringDeps): Promise<void> {
  const mailbox = mailboxOf(leadId);
  await deps.visitors.identify(mailbox, leadId, [alwaysTheirs]);
  const waiting = await deps.visitors.waiting(mailbox);
  for (const batch of inTransactions(waiting.map((activity) => ofLead(activity, leadId))))
    await recordAll(batch, leadId, deps);
  const activityIds = waiting.map(({ activityId }) => activityId);
  await deps.visitors.release(mailbox, activityIds);
}

/** A row that has waited, as it would come from the door now that we know whose it is. */
function ofLead({ recordedAt, verdict, quiet = false, ...activity }: Activity, leadId: string): CapturedActivity {
  return { ...activity, subject: { leadId }, attributes: {}, consents: [], quiet };
}

async function keepForLater(captured: readonly CapturedActivity[], visitor: string, deps: ScoringDeps): Promise<void> {
  const recordedAt = new Date(deps.now()).toISOString();
  const late: CapturedActivity[] = [];
  for (const activity of captured) {
    const outcome = await deps.visitors.keep(visitor, toActivity(activity, recordedAt));
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
 * about mail makes no lead (see `recordAll`), and so must not promise the visitor's activities to one.
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

/** Records what is not yet in the ledger. True when the lead is new, or this came before: mail may then wait for them. */
async function recordAll(captured: readonly CapturedActivity[], leadId: string, deps: ScoringDeps): Promise<boolean> {
  let todo = captured;
  // Every round either saves, removes a duplicate, or has lost a race to somebody who saved: it ends.
  for (let round = 0; round < 200 && todo.length > 0; round++) {
    const lead = await deps.leads.get(leadId);
    if (!lead && todo.every(({ type }) => aboutMail.test(type))) {
      log('waiting', { reason: 'about-nobody-we-know-yet', activities: todo.length });
      await keepForLater(todo, mailboxOf(leadId), deps);
      return false;
    }
    const change = await decide(lead, todo, leadId, deps);
    if (change.recorded.length === 0) return true;
    if (writesOf(change) > writesPerTransaction && todo.length > 1) return recordHalves(todo, leadId, deps);
    const answer = await deps.leads.save(fitted(change));
    if (answer.outcome === 'saved') return lead === null || change.recorded.length < captured.length;
    if (answer.outcome === 'duplicates')
      todo = todo.filter(({ activityId }) => !answer.activityIds.includes(activityId));
  }
  if (todo.length > 0) throw new Error('this lead is written to by too many at once: the message comes back by itself');
  return true;
}

async function recordHalves(todo: readonly CapturedActivity[], leadId: string, deps: ScoringDeps): Promise<boolean> {
  const middle = Math.ceil(todo.length / 2);
  const first = await recordAll(todo.slice(0, middle), leadId, deps);
  return (await recordAll(todo.slice(middle), leadId, deps)) || first;
}

/** A single click in the middle of hundreds: what they are judged to be is for people to read, and may wait for the next one. */
function fitted(change: LeadChange): LeadChange {
  const tooMany = Math.max(0, writesOf(change) - writesPerTransaction);
  return tooMany === 0 ? change : { ...change, rejudged: change.rejudged.slice(0, change.rejudged.length - tooMany) };
}

/**
 * What recording these does to the lead as read: with the model that the lead was scored with, or, for a new one, the active model.
 * All reads are of this instant or later; the lead's `ver` sees to it that nothing has changed between them when it is saved.
 */
async function decide(
  lead: Lead | null,
  todo: readonly CapturedActivity[],
  leadId: string,
  deps: ScoringDeps,
): Promise<LeadChange> {
  const email = lead?.email ?? todo.find(({ subject }) => subject.email)?.subject.email;
  // The visitor has just been identified and their lead is being written at this moment: what is thrown comes back.
  if (!email) throw new Error('the lead of this visitor is not stored yet');
  const id = lead?.leadId ?? leadId;
  const model = await deps.models.get(lead?.modelVersion ?? (await deps.models.active(id)));
  const now = deps.now();
  const around = lead ? await surroundings(todo, id, model, deps) : [];
  const plan = planOf(todo, around, model, new Date(now).toISOString());
  const holders =
    lead && plan.holderNames.length > 0 ? await deps.leads.holders(id, model.version, plan.holderNames) : {};
  const context = { leadId: id, email, model, now };
  const outcome = record(lead, plan, holders, context);
  if (outcome !== 'undecided') return withEvidence(outcome, plan, model, deps);
  const whole = wholePlan(plan, await deps.leads.history(id), model);
  const decided = record(lead, whole, {}, context);
  if (decided === 'undecided') throw new Error('a whole ledger decides everything');
  return withEvidence(decided, whole, model, deps);
}

/** The rows that the new ones are to be seen with, each activity's window once. */
async function surroundings(
  todo: readonly CapturedActivity[],
  leadId: string,
  model: CompiledModel,
  { leads }: ScoringDeps,
): Promise<readonly Activity[]> {
  const rows = new Map<string, Activity>();
  for (const [from, until] of windowsOf(todo, model))
    for (const row of await leads.between(leadId, from, until)) rows.set(row.activityId, row);
  return [...rows.values()];
}

/** ISO from and until, overlapping windows as one. */
function windowsOf(todo: readonly CapturedActivity[], model: CompiledModel): readonly (readonly [string, string])[] {
  const windows: [number, number][] = [];
  for (const activity of todo.toSorted(byOccurrence)) {
    const reachMs = model.reachMsOf(activity);
    if (reachMs === 0) continue;
    const at = Date.parse(activity.occurredAt);
    const last = windows.at(-1);
    // What is later may reach further back.
    if (last && at - reachMs <= last[1])
      windows.splice(-1, 1, [Math.min(last[0], at - reachMs), Math.max(last[1], at + reachMs)]);
    else windows.push([at - reachMs, at + reachMs]);
  }
  return windows.map(([from, until]) => [new Date(from).toISOString(), new Date(until).toISOString()]);
}

/** The change with what proves its consents, and with the event that tells sales, when they must be told. */
async function withEvidence(
  { qualified, ...recording }: Recording,
  plan: Plan,
  model: CompiledModel,
  deps: ScoringDeps,
): Promise<LeadChange> {
  const evidence = plan.captured.filter(({ consents }) => consents.length > 0);
  if (!qualified) return { ...recording, evidence, outbox: [] };
  const history = [...(await deps.leads.history(recording.lead.leadId)), ...recording.recorded];
  return { ...recording, evidence, outbox: [qualifiedEvent(recording.lead, history, model)] };
}
