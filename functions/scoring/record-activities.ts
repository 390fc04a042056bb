import type { SuppressionStore } from '../consent/suppression.store.ts';
import { type Activity, byOccurrence, type CapturedActivity } from '../leads/activity.ts';
import { type LeadChange, type LeadStore, writesOf } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from './compiled-model.ts';
import type { ModelStore } from './model.store.ts';
import { type Plan, planOf, wholePlan } from './plan.ts';
import { qualifiedEvent, requalifiedEvent } from './qualified-event.ts';
import { type Recording, record } from './record.ts';

export interface RecordDeps {
  readonly leads: LeadStore;
  readonly models: ModelStore;
  readonly suppressions: Pick<SuppressionStore, 'get'>;
  readonly now: () => number;
}

/**
 * `known`: the lead was there before, and these were not. Nothing is stored for a `stranger`, of whom only mail speaks, and for
 * somebody who is `erased` (I-E2).
 */
export type RecordOutcome = 'known' | 'new-or-repeated' | 'stranger' | 'erased';

/** Facts about a message never make a lead of somebody: only what a person told or did here does. */
export const aboutMail = /^email\./;

/** DynamoDB's limit. */
const writesPerTransaction = 100;

/** Records what is not yet in the ledger of a lead, in one transaction, or in more when they do not fit. */
export async function recordActivities(
  captured: readonly CapturedActivity[],
  leadId: string,
  deps: RecordDeps,
): Promise<RecordOutcome> {
  let todo = captured;
  // Every round either saves, removes a duplicate, or has lost a race to somebody who saved: it ends.
  for (let round = 0; round < 200 && todo.length > 0; round++) {
    const lead = await deps.leads.known(leadId);
    if (lead === 'erased') return 'erased';
    if (!lead && todo.every(({ type }) => aboutMail.test(type))) return 'stranger';
    const change = await decide(lead, todo, leadId, deps);
    if (change.recorded.length === 0) return 'new-or-repeated';
    if (writesOf(change) > writesPerTransaction && todo.length > 1) return recordHalves(todo, leadId, deps);
    const answer = await deps.leads.save(fitted(change));
    if (answer.outcome === 'saved')
      return lead && change.recorded.length === captured.length ? 'known' : 'new-or-repeated';
    if (answer.outcome === 'duplicates')
      todo = todo.filter(({ activityId }) => !answer.activityIds.includes(activityId));
  }
  if (todo.length > 0) throw new Error('this lead is written to by too many at once: the message comes back by itself');
  return 'new-or-repeated';
}

/** What makes a lead first, so that what only speaks of mail finds one. */
async function recordHalves(
  todo: readonly CapturedActivity[],
  leadId: string,
  deps: RecordDeps,
): Promise<RecordOutcome> {
  const ordered = todo.toSorted((a, b) => Number(aboutMail.test(a.type)) - Number(aboutMail.test(b.type)));
  const middle = Math.ceil(ordered.length / 2);
  const outcomes = [
    await recordActivities(ordered.slice(0, middle), leadId, deps),
    await recordActivities(ordered.slice(middle), leadId, deps),
  ];
  return (
    outcomes.find((one) => one === 'erased' || one === 'stranger') ?? outcomes.find((one) => one !== 'known') ?? 'known'
  );
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
  deps: RecordDeps,
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
  const suppressed = lead ? lead.suppressed : await deps.suppressions.get(id);
  const context = { leadId: id, email, suppressed, model, now };
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
  { leads }: RecordDeps,
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
  { qualified, requalified, ...recording }: Recording,
  plan: Plan,
  model: CompiledModel,
  deps: RecordDeps,
): Promise<LeadChange> {
  const evidence = plan.captured.filter(({ consents }) => consents.length > 0);
  if (!qualified)
    return { ...recording, evidence, outbox: requalified.map((again) => requalifiedEvent(recording.lead, again)) };
  const history = [...(await deps.leads.history(recording.lead.leadId)), ...recording.recorded];
  // Whoever waited for a person's decision has made it themselves now.
  return { ...recording, evidence, review: null, outbox: [qualifiedEvent(recording.lead, history, model)] };
}
