import { consentAfter } from '../consent/consent.ts';
import { type Activity, byOccurrence, type CapturedActivity } from '../leads/activity.ts';
import type { Lead, Milestone } from '../leads/lead.ts';
import { entries, hold, rating, score } from './score.ts';
import { matches, type ScoringModel } from './scoring-model.ts';
import { verdictOf } from './verdict.ts';

export interface RecordingContext {
  readonly leadId: string;
  readonly email: string;
  readonly model: ScoringModel;
  readonly modelVersion: string;
  readonly timeZone: string;
  /** The instant of recording, ISO. */
  readonly now: string;
}

/** What a batch of activities did to one lead: the next state, and the rows to store with it. */
export interface Recording {
  readonly lead: Lead;
  readonly recorded: readonly Activity[];
  readonly milestones: readonly Milestone[];
  readonly qualified: boolean;
}

type At = Pick<Activity, 'activityId' | 'occurredAt'>;

/**
 * Folds `captured` (not yet in the ledger) into a lead; `null` is a person not seen before. Score, milestones and attributes come
 * out the same for any order of arrival; only what was known when — the crossing of the threshold — depends on it.
 */
export function record(lead: Lead | null, captured: readonly CapturedActivity[], context: RecordingContext): Recording {
  const ordered = [...captured].sort(byOccurrence);
  const before = lead ?? newLead(ordered, context);
  const recorded = ordered.map((activity) => toActivity(activity, context.now));
  let after = before;
  for (const [index, activity] of ordered.entries()) {
    const row = recorded[index];
    if (row) after = applyActivity(applyPerson(after, activity), row, context);
  }
  after = settle(after, context);
  const tipping = recorded.filter(({ quiet }) => !quiet).at(-1);
  const reason = tipping && !after.qualification?.open ? reasonToQualify(after, recorded, context) : null;
  if (tipping && reason) after = qualify(after, tipping, reason, context);
  // From the first consent on, what was reached before counts too; and an earlier first touch is every milestone's: all rows are
  // written again.
  const beginsToCount = !before.milestones.lead && after.milestones.lead !== undefined;
  const isFromElsewhere = before.origin.activityId !== after.origin.activityId;
  const milestones = (Object.keys(after.milestones) as Milestone[]).filter(
    (name) =>
      beginsToCount || isFromElsewhere || after.milestones[name]?.activityId !== before.milestones[name]?.activityId,
  );
  return { lead: { ...after, ver: before.ver + 1 }, recorded, milestones, qualified: reason !== null };
}

function newLead(ordered: readonly CapturedActivity[], { leadId, email, modelVersion, now }: RecordingContext): Lead {
  const first = ordered[0];
  const at = { activityId: first?.activityId ?? '', occurredAt: first?.occurredAt ?? now };
  return {
    leadId,
    email,
    emailAsTyped: email,
    attributes: {},
    attributesFrom: {},
    origin: { channel: 'unknown', campaign: 'unknown', activityId: '', occurredAt: '' },
    consent: {},
    suppressed: null,
    held: {},
    milestones: {},
    firsts: {},
    buyingSignals: {},
    score: { total: 0, fit: 0, engagement: 0, asOf: now },
    rating: 'cold',
    language: null,
    armed: true,
    qualification: null,
    owner: null,
    createdAt: at.occurredAt,
    lastActivityAt: at.occurredAt,
    modelVersion,
    ver: 0,
  };
}

/** The ledger's row of a captured activity: what happened, without who. */
export function toActivity(captured: CapturedActivity, recordedAt: string): Activity {
  const { activityId, type, occurredAt, source, properties, origin, quiet } = captured;
  const row: Activity = { activityId, type, occurredAt, recordedAt, source, properties };
  const verdict = verdictOf(row);
  return { ...row, ...(origin && { origin }), ...(verdict && { verdict }), ...(quiet && { quiet }) };
}

/** What the person said: attributes (the latest statement wins), consent (never lowered here), first touch, language. */
function applyPerson(lead: Lead, activity: CapturedActivity): Lead {
  const at: At = { activityId: activity.activityId, occurredAt: activity.occurredAt };
  const attributes = { ...lead.attributes };
  const attributesFrom = { ...lead.attributesFrom };
  for (const [name, value] of Object.entries(activity.attributes)) {
    const from = attributesFrom[name];
    if (value === '' || value === null || (from && byOccurrence(from, at) > 0)) continue;
    attributes[name] = value;
    attributesFrom[name] = at;
  }
  // First touch: the earliest activity that says where it came from; one that knows neither channel nor campaign says nothing.
  const origin =
    activity.origin?.channel === 'unknown' && activity.origin.campaign === 'unknown' ? undefined : activity.origin;
  const firstTouch = origin && (lead.origin.activityId === '' || byOccurrence(at, lead.origin) < 0);
  const language = activity.properties.language;
  const consent = { ...lead.consent };
  for (const { purpose, status } of activity.consents) {
    const current = consent[purpose]?.status;
    const after = consentAfter(current, status);
    if (after !== current) consent[purpose] = { status: after, at: activity.occurredAt };
  }
  return {
    ...lead,
    emailAsTyped: activity.subject.emailAsTyped ?? lead.emailAsTyped,
    attributes,
    attributesFrom,
    consent,
    origin: firstTouch ? { ...origin, ...at } : lead.origin,
    language: typeof language === 'string' ? language : lead.language,
    createdAt: [lead.createdAt, activity.occurredAt].sort()[0] ?? lead.createdAt,
    lastActivityAt: [lead.lastActivityAt, activity.occurredAt].sort()[1] ?? lead.lastActivityAt,
    milestones: activity.consents.some(({ status }) => status === 'granted')
      ? { ...lead.milestones, lead: earliest(lead.milestones.lead, at) }
      : lead.milestones,
  };
}

/** What the activity means to the model: held scopes, signals seen first and last. */
export function applyActivity(
  lead: Lead,
  activity: Activity,
  { model, timeZone }: Pick<RecordingContext, 'model' | 'timeZone'>,
): Lead {
  const at: At = { activityId: activity.activityId, occurredAt: activity.occurredAt };
  const firsts = { ...lead.firsts };
  const buyingSignals = { ...lead.buyingSignals };
  for (const [name, signal] of Object.entries(model.signals)) {
    if (!matches(signal, activity)) continue;
    firsts[name] = earliest(firsts[name], at);
    const last = buyingSignals[name];
    if (model.buyingSignals.includes(name) && (!last || byOccurrence(last, at) < 0)) buyingSignals[name] = at;
  }
  return { ...lead, firsts, buyingSignals, held: hold(lead.held, activity, model, timeZone) };
}

/** What follows from the whole: score, rating, milestones, whether the next crossing may qualify. */
export function settle(lead: Lead, { model, now }: Pick<RecordingContext, 'model' | 'now'>): Lead {
  const total = score(lead.held, model);
  const milestones = { ...lead.milestones };
  for (const [name, signals] of Object.entries(model.milestones) as [Milestone, readonly string[]][]) {
    const seen = signals.flatMap((signal) => lead.firsts[signal] ?? []);
    const last = seen.sort(byOccurrence).at(-1);
    if (last && seen.length === signals.length) milestones[name] = last;
  }
  const asked = model.explicitRequests.flatMap((signal) => lead.firsts[signal] ?? []).sort(byOccurrence)[0];
  const crossed = total.total >= model.threshold && !milestones.sql ? entries(lead.held, model).at(-1) : undefined;
  for (const at of [asked, crossed]) {
    if (at) milestones.sql = earliest(milestones.sql, { activityId: at.activityId, occurredAt: at.occurredAt });
  }
  const requestOpen = lead.qualification?.open === true && lead.qualification.reason === 'explicit-request';
  return {
    ...lead,
    milestones,
    score: { ...total, asOf: now },
    rating: rating(total.total, requestOpen, model),
    armed: lead.armed || total.total < model.rearmBelow,
  };
}

/** (a) somebody asked for us, at any score; (b) the threshold and a recent buying signal (requirements §2.8). Else `null`. */
function reasonToQualify(
  lead: Lead,
  recorded: readonly Activity[],
  { model, now }: RecordingContext,
): 'explicit-request' | 'threshold' | null {
  if (lead.suppressed?.reason === 'complaint') return null;
  const live = recorded.filter(({ quiet }) => !quiet);
  const asked = model.explicitRequests.some((name) => {
    const signal = model.signals[name];
    return signal !== undefined && live.some((activity) => matches(signal, activity));
  });
  if (asked) return 'explicit-request';
  const since = new Date(Date.parse(now) - model.buyingSignalDays * 86_400_000).toISOString();
  const signalled = Object.values(lead.buyingSignals).some(({ occurredAt }) => occurredAt >= since);
  return lead.armed && lead.score.total >= model.threshold && signalled ? 'threshold' : null;
}

function qualify(lead: Lead, tipping: At, reason: 'explicit-request' | 'threshold', { now }: RecordingContext): Lead {
  return {
    ...lead,
    armed: false,
    rating: 'hot',
    qualification: {
      cycle: (lead.qualification?.cycle ?? 0) + 1,
      reason,
      activityId: tipping.activityId,
      score: lead.score.total,
      qualifiedAt: now,
      open: true,
    },
  };
}

function earliest(current: At | undefined, candidate: At): At {
  return current && byOccurrence(current, candidate) <= 0 ? current : candidate;
}
