import type { Activity, CapturedActivity } from '../leads/activity.ts';
import { LeadQualified } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { leadIdOf } from '../leads/lead-id.ts';
import type { VisitorStore } from '../leads/visitor.store.ts';
import { log } from '../runtime/log.ts';
import { toEvent } from '../runtime/publish.ts';
import { applyActivity, type Recording, record, settle, toActivity } from './record.ts';
import { entries } from './score.ts';
import type { ScoringModel } from './scoring-model.ts';

export interface ScoringDeps {
  readonly leads: LeadStore;
  readonly visitors: VisitorStore;
  readonly model: ScoringModel;
  readonly modelVersion: string;
  readonly timeZone: string;
  readonly pepper: () => Promise<string>;
  readonly now: () => number;
}

/** Activities and pieces of evidence in one transaction: with lead, milestones and outbox they stay under DynamoDB's 100 writes. */
const perTransaction = 80;

/** Facts about a message never make a lead of somebody: only what a person told or did here does. */
const aboutMail = /^email\./;

/**
 * Whose activity is it: `L#<leadId>` when an address or an identified visitor names a lead, else `V#<visitor>`. Activities of one
 * group are recorded together.
 */
export async function personOf({ subject }: CapturedActivity, deps: ScoringDeps): Promise<string> {
  if (subject.leadId) return `L#${subject.leadId}`;
  if (subject.email) return `L#${leadIdOf(subject.email, await deps.pepper())}`;
  for (const visitor of visitorsOf(subject)) {
    const leadId = await deps.visitors.leadOf(visitor);
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
  const distinct = [...new Map(captured.map((activity) => [activity.activityId, activity])).values()];
  if (person.startsWith('V#')) return keepForLater(distinct, person.slice(2), deps);
  const leadId = person.slice(2);
  const adopted = await adopt(distinct, leadId, deps);
  const all = [
    ...new Map([...adopted.activities, ...distinct].map((activity) => [activity.activityId, activity])).values(),
  ];
  let mayHaveMail = false;
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

/** Where news of mail waits for its lead: queues keep no order, and a bounce may be here before the form is. */
function mailboxOf(leadId: string): string {
  return `m:${leadId}`;
}

/** The lead is stored now: what was told about their mail before belongs to them. */
async function collectMail(leadId: string, deps: ScoringDeps): Promise<void> {
  const mailbox = mailboxOf(leadId);
  await deps.visitors.identify(mailbox, leadId, new Date(deps.now()).toISOString());
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
  const leadId = late.length > 0 ? await deps.visitors.leadOf(visitor) : null;
  if (leadId) await scoreActivities(late, `L#${leadId}`, deps);
}

/**
 * Whoever gives an address together with a visitor id is that visitor: what the visitor did before counts from now on. What is told
 * about mail makes no lead (see `recordAll`), and so must not promise the visitor's activities to one.
 */
async function adopt(captured: readonly CapturedActivity[], leadId: string, { visitors }: ScoringDeps) {
  const identified = new Map<string, string>();
  for (const { subject, occurredAt, type } of captured)
    if (subject.email && !aboutMail.test(type))
      for (const visitor of visitorsOf(subject)) identified.set(visitor, occurredAt);
  const from = new Map<string, readonly string[]>();
  const activities: CapturedActivity[] = [];
  for (const [visitor, at] of identified) {
    await visitors.identify(visitor, leadId, at);
    const waiting = (await visitors.leadOf(visitor)) === leadId ? await visitors.waiting(visitor) : [];
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
    const lead = await current(leadId, deps);
    if (!lead && todo.every(({ type }) => aboutMail.test(type))) {
      log('waiting', { reason: 'about-nobody-we-know-yet', activities: todo.length });
      await keepForLater(todo, mailboxOf(leadId), deps);
      return false;
    }
    const email = lead?.email ?? todo.find(({ subject }) => subject.email)?.subject.email;
    // The visitor has just been identified and their lead is being written at this moment: what is thrown comes back.
    if (!email) throw new Error('the lead of this visitor is not stored yet');
    const { leads, model, modelVersion, timeZone } = deps;
    const now = new Date(deps.now()).toISOString();
    const recording = record(lead, todo, { leadId, email, model, modelVersion, timeZone, now });
    const answer = await leads.save({
      ...recording,
      evidence: todo.filter(({ consents }) => consents.length > 0),
      outbox: recording.qualified ? [qualifiedEvent(recording, model)] : [],
    });
    if (answer.outcome === 'saved') return lead === null || todo.length < captured.length;
    if (answer.outcome === 'duplicates')
      todo = todo.filter(({ activityId }) => !answer.activityIds.includes(activityId));
  }
  if (todo.length > 0) throw new Error('this lead is written to by too many at once: the message comes back by itself');
  return true;
}

/** The lead as stored, brought to the model of this version first when it was scored by another: no lead mixes versions (I-S5). */
async function current(leadId: string, deps: ScoringDeps): Promise<Lead | null> {
  const lead = await deps.leads.get(leadId);
  if (!lead || lead.modelVersion === deps.modelVersion) return lead;
  const blank: Lead = { ...lead, held: {}, firsts: {}, buyingSignals: {}, modelVersion: deps.modelVersion };
  const history = await deps.leads.history(leadId);
  const now = new Date(deps.now()).toISOString();
  return settle(
    history.reduce((folded, activity) => applyActivity(folded, activity, deps), blank),
    { model: deps.model, now },
  );
}

function qualifiedEvent({ lead }: Recording, model: ScoringModel) {
  const { leadId, qualification } = lead;
  if (!qualification) throw new Error('a qualified recording has a qualification');
  const { cycle, reason, score, activityId, qualifiedAt } = qualification;
  const reasons = entries(lead.held, model)
    .filter(({ counted }) => counted !== 0)
    .map(({ rule, counted, occurredAt }) => ({ ruleId: rule.id, rule: rule.says.en, points: counted, occurredAt }));
  return toEvent(LeadQualified, { leadId, cycle, reason, score, activityId, qualifiedAt, reasons });
}
