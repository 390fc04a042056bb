import { mayCall, revokesConsent } from '../consent/consent.ts';
import type { Activity, CapturedActivity } from '../leads/activity.ts';
import { byOccurrence } from '../leads/activity.ts';
import { type At, dayMs, scoreAt } from '../leads/fold.ts';
import type { Holders, LeadChange, Statement } from '../leads/lead.store.ts';
import type { Lead, Milestone } from '../leads/lead.ts';
import type { CompiledModel } from './compiled-model.ts';
import { nextChange } from './cooling.ts';
import { folding } from './folding.ts';
import { applyPerson } from './person.ts';
import { historyPlan, type Plan } from './plan.ts';
import { settle } from './settle.ts';

export interface RecordingContext {
  readonly leadId: string;
  readonly email: string;
  /** What is known of a person not seen before: they may have said no before they were anybody. */
  readonly suppressed: Lead['suppressed'];
  readonly model: CompiledModel;
  /** The instant of recording, epoch milliseconds. */
  readonly now: number;
}

/** What a batch of activities does to one lead: the next state, and the rows to store with it. */
export type Recording = Omit<LeadChange, 'evidence' | 'outbox' | 'review'> & {
  readonly qualified: boolean;
  /** Sales has them already: what else would have made a hand-off, for their rep to know (§2.9). */
  readonly requalified: readonly Requalification[];
};

/** Something that would have qualified a lead, had sales not had them. */
export type Requalification = At & { readonly reason: 'explicit-request' | 'threshold' };

/**
 * Records what is planned for a lead; `null` is a person not seen before. Fold, milestones and attributes come out the same for any
 * order of arrival; only what was known when (the crossing of the threshold) depends on it. `undecided`: something came late that
 * may take points back; plan again with the whole ledger, which decides everything.
 */
export function record(
  lead: Lead | null,
  plan: Plan,
  holders: Holders,
  context: RecordingContext,
): Recording | 'undecided' {
  const { model, now } = context;
  const before = lead ?? newLead(plan.captured, context);
  const state = folding(model, plan.isWhole ? undefined : before.fold, plan.isWhole ? {} : holders);
  let isDecided = true;
  for (const { said, at } of plan.said) isDecided = state.add(said, at) && isDecided;
  if (!plan.isWhole && (plan.takesBack || !isDecided)) return 'undecided';

  const person = plan.captured.reduce(applyPerson, before);
  const live = plan.recorded.filter(({ quiet }) => !quiet);
  const tipping = live.at(-1) ?? plan.recorded.at(-1) ?? null;
  // Over the threshold already, by a change of the playbook: then this did not bring them there.
  const crosses = !before.milestones.sql && scoreAt(before.fold, now).total < model.model.threshold;
  const settled = settle({ ...person, fold: state.fold() }, model, now, crosses ? tipping : null);
  const request = live.findLast((activity) => asksForUs(activity, model));
  const reason = live.length > 0 ? reasonToQualify(settled, request !== undefined, model, now) : null;
  const cause = request ?? tipping;
  const meanwhile = whileSalesHasThem(settled, live, context);
  const next = cause && reason ? qualify(settled, cause.activityId, reason, context) : meanwhile.lead;
  const dueAt = nextChange(next, model, now);
  // An entry that has become too early stays: when it knocks, the next one is computed.
  const isEarlier = dueAt !== null && (before.dueAt === null || dueAt < before.dueAt);
  return {
    lead: { ...next, dueAt: isEarlier ? dueAt : before.dueAt, ver: before.ver + 1 },
    recorded: plan.recorded,
    rejudged: plan.rejudged,
    milestones: changedMilestones(before, next),
    holders: holdersToWrite(plan, state.changed),
    statements: statementsOf(plan.captured),
    ...(isEarlier && { dueAt }),
    qualified: reason !== null,
    requalified: meanwhile.requalified,
  };
}

/** A lead brought under a model from its whole ledger: what scoring it from the first day with this model would have made of it (I-S6). */
export function refold(
  lead: Lead,
  history: readonly Activity[],
  model: CompiledModel,
  now: number,
): Pick<Recording, 'lead' | 'holders' | 'rejudged' | 'milestones'> {
  const plan = historyPlan(history, model);
  const state = folding(model);
  for (const { said, at } of plan.said) state.add(said, at);
  const settled = settle({ ...lead, fold: state.fold() }, model, now);
  return {
    lead: { ...settled, dueAt: nextChange({ ...settled, dueAt: null }, model, now), ver: lead.ver + 1 },
    holders: state.changed,
    rejudged: plan.rejudged,
    milestones: changedMilestones(lead, settled),
  };
}

/** Of a decision on the whole ledger only the scopes that this batch has to do with can have changed hands. */
function holdersToWrite({ isWhole, holderNames }: Plan, changed: Holders): Holders {
  return isWhole ? Object.fromEntries(holderNames.map((name) => [name, changed[name] ?? null])) : changed;
}

// From the first consent on, what was reached before counts too; and an earlier first touch is every milestone's: all rows are
// written again.
export function changedMilestones(before: Lead, after: Lead): Milestone[] {
  const beginsToCount = !before.milestones.lead && after.milestones.lead !== undefined;
  const isFromElsewhere = before.origin.activityId !== after.origin.activityId;
  return (Object.keys(after.milestones) as Milestone[]).filter(
    (name) =>
      beginsToCount || isFromElsewhere || after.milestones[name]?.activityId !== before.milestones[name]?.activityId,
  );
}

function statementsOf(captured: readonly CapturedActivity[]): Statement[] {
  return captured
    .filter(({ attributes }) => Object.keys(attributes).length > 0)
    .map(({ activityId, occurredAt, attributes }) => ({ activityId, occurredAt, attributes }));
}

function newLead(captured: readonly CapturedActivity[], context: RecordingContext): Lead {
  const { leadId, email, suppressed, model, now } = context;
  const first = captured.toSorted(byOccurrence)[0];
  const nowIso = new Date(now).toISOString();
  return {
    leadId,
    email,
    emailAsTyped: email,
    attributes: {},
    attributesFrom: {},
    origin: { channel: 'unknown', campaign: 'unknown', activityId: '', occurredAt: '' },
    consent:
      suppressed && revokesConsent(suppressed.reason) ? { marketing: { status: 'revoked', at: suppressed.at } } : {},
    suppressed,
    milestones: {},
    fold: folding(model).fold(),
    score: { total: 0, fit: 0, engagement: 0, asOf: nowIso },
    rating: 'cold',
    disqualified: null,
    dueAt: null,
    language: null,
    armed: true,
    qualification: null,
    owner: null,
    createdAt: first?.occurredAt ?? nowIso,
    lastActivityAt: first?.occurredAt ?? nowIso,
    modelVersion: model.version,
    ver: 0,
  };
}

/** (a) somebody asked for us, at any score; (b) the threshold and a recent buying signal (requirements §2.8). Else `null`. */
function reasonToQualify(
  lead: Lead,
  asked: boolean,
  compiled: CompiledModel,
  now: number,
): 'explicit-request' | 'threshold' | null {
  if (!mayQualify(lead)) return null;
  if (asked) return 'explicit-request';
  return lead.armed && hasCrossed(lead, compiled, now) ? 'threshold' : null;
}

/**
 * A lead that sales has makes no second hand-off (§2.9): their rep is told what else they do. A crossing is used up by it, so that it
 * makes none once sales is done with them either (I-H1).
 */
function whileSalesHasThem(
  lead: Lead,
  live: readonly Activity[],
  { model, now }: RecordingContext,
): { readonly lead: Lead; readonly requalified: readonly Requalification[] } {
  const { qualification, suppressed, disqualified } = lead;
  const last = live.at(-1);
  if (!qualification?.open || !last) return { lead, requalified: [] };
  const crosses = lead.armed && hasCrossed(lead, model, now);
  const request = live.findLast((activity) => asksForUs(activity, model));
  const said = [
    ...(request ? [{ ...at(request), reason: 'explicit-request' as const }] : []),
    ...(crosses ? [{ ...at(last), reason: 'threshold' as const }] : []),
  ];
  const isTold = suppressed?.reason !== 'complaint' && disqualified === null;
  return {
    lead: crosses ? { ...lead, armed: false } : lead,
    // One form may be several activities of one instant: what came with the request is the request.
    requalified: said.filter(({ occurredAt }) => isTold && occurredAt > qualification.qualifiedAt),
  };
}

function at({ activityId, occurredAt }: Activity): At {
  return { activityId, occurredAt };
}

function asksForUs(activity: Activity, { model, meaningOf }: CompiledModel): boolean {
  return meaningOf(activity.type).signals.some(
    ({ name, seenIn }) => model.explicitRequests.includes(name) && seenIn(activity),
  );
}

/** Not while sales has them, nor ever whom we must not call or would not sell to (§2.9, S16). */
export function mayQualify(lead: Pick<Lead, 'qualification' | 'suppressed' | 'disqualified'>): boolean {
  return !lead.qualification?.open && lead.suppressed?.reason !== 'complaint' && lead.disqualified === null;
}

/** At or over the threshold, with a buying signal that is not too long ago, and nobody who wants no call. */
export function hasCrossed(
  lead: Pick<Lead, 'score' | 'fold' | 'consent'>,
  { model }: CompiledModel,
  now: number,
): boolean {
  if (lead.score.total < model.threshold || !mayCall(lead)) return false;
  const since = new Date(now - model.buyingSignalDays * dayMs).toISOString();
  return Object.values(lead.fold.lasts).some(({ occurredAt }) => occurredAt >= since);
}

/** Who asks below the threshold has not crossed it: their crossing, once sales is done with them, is still to come (I-H1). */
export function qualify(
  lead: Lead,
  activityId: string,
  reason: 'explicit-request' | 'threshold',
  { model, now }: Pick<RecordingContext, 'model' | 'now'>,
): Lead {
  const qualification = {
    cycle: (lead.qualification?.cycle ?? 0) + 1,
    reason,
    activityId,
    score: lead.score.total,
    qualifiedAt: new Date(now).toISOString(),
    open: true,
  };
  const armed = lead.armed && lead.score.total < model.model.threshold;
  // Whoever had them before has no place for them now: nobody has, until they are handed off.
  return { ...lead, armed, qualification, owner: null, rating: reason === 'explicit-request' ? 'hot' : lead.rating };
}
