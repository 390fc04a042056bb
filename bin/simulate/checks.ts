import { isDeepStrictEqual } from 'node:util';
import { Activity, byOccurrence, type CapturedActivity } from '../../functions/leads/activity.ts';
import { scoreAt } from '../../functions/leads/fold.ts';
import type { Lead, Milestone } from '../../functions/leads/lead.ts';
import { leadIdOf } from '../../functions/leads/lead-id.ts';
import { leadOf } from '../../functions/leads/lead-item.ts';
import { key } from '../../functions/leads/table.ts';
import type { CompiledModel } from '../../functions/scoring/compiled-model.ts';
import { nextChange } from '../../functions/scoring/cooling.ts';
import { explain } from '../../functions/scoring/explain.ts';
import { refold } from '../../functions/scoring/record.ts';
import { settle } from '../../functions/scoring/settle.ts';
import { pepper } from './keys.ts';
import { modelNamed } from './models.ts';
import type { Simulation } from './simulation.ts';
import type { Item } from './twin/item.ts';

/** What must hold once everything has come to rest, as sentences about what does not. */
export function broken(simulation: Simulation): string[] {
  const { story, table } = simulation;
  const wanted = wantedLedgers(story.arrivals.map(({ activity }) => activity));
  const version = story.activation?.model ?? story.model;
  const items = Map.groupBy(table.all(), ({ pk }) => String(pk));
  const leads = table.all().flatMap(({ kind, pk }) => (kind === 'lead' ? [String(pk).slice(2)] : []));
  return [
    ...brokenOnTheWay(simulation),
    ...leads.filter((leadId) => !wanted.has(leadId)).map((leadId) => `I-S1: nobody has made the lead ${leadId}`),
    ...[...wanted].flatMap(([leadId, activities]) => brokenOf(leadId, activities, version, items, simulation)),
  ];
}

/** What must hold at any time, and what nobody may have been left with. */
export function brokenOnTheWay(simulation: Simulation): string[] {
  return [
    ...simulation.chronicle.broken,
    ...simulation.dead().map((body) => `I-Q1: a dead letter stays dead: ${body.slice(0, 300)}`),
    ...simulation.table
      .all()
      .flatMap(({ kind, pk, sk }) => (kind === 'outbox' ? [`I-Q1: ${pk} ${sk} was never told`] : [])),
  ];
}

const aboutMail = /^email\./;

/** Lead id → what its ledger must hold: all that they did, once they have said who they are. */
function wantedLedgers(captured: readonly CapturedActivity[]): ReadonlyMap<string, readonly CapturedActivity[]> {
  const owners = new Map<string, string>();
  for (const { subject, type } of captured)
    if (subject.email && subject.anonymousId && !aboutMail.test(type)) owners.set(subject.anonymousId, subject.email);
  const ownerOf = ({ subject }: CapturedActivity) => subject.email ?? owners.get(subject.anonymousId ?? '');
  const ledgers = new Map<string, CapturedActivity[]>();
  for (const [email, all] of Map.groupBy(captured, ownerOf))
    if (email && all.some(({ type }) => !aboutMail.test(type))) ledgers.set(leadIdOf(email, pepper), all);
  return ledgers;
}

interface Stored {
  readonly lead: Lead;
  readonly ledger: readonly Activity[];
  readonly items: readonly Item[];
}

function brokenOf(
  leadId: string,
  activities: readonly CapturedActivity[],
  version: string,
  partitions: ReadonlyMap<string, readonly Item[]>,
  simulation: Simulation,
): string[] {
  const items = partitions.get(`L#${leadId}`) ?? [];
  const item = items.find(({ sk }) => sk === 'A');
  if (item?.kind !== 'lead') return [`I-S1: the lead ${leadId} is missing`];
  const lead = leadOf(item);
  const ledger = items
    .filter(({ kind }) => kind === 'activity')
    .map((row) => Activity.parse(row))
    .sort(byOccurrence);
  const stored = { lead, ledger, items };
  const model = modelNamed(version);
  const rules = [
    ...ledgerRules(stored, activities),
    ...(lead.modelVersion === version ? scoreRules(stored, model, simulation.world.now()) : []),
    ...handoffRules(stored, activities, simulation, model),
    ...dueRules(stored, partitions, model, simulation.world.now()),
    [`I-S5: of model ${lead.modelVersion}, not ${version}`, lead.modelVersion === version] as const,
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => `${rule} (lead ${leadId})`);
}

type Rule = readonly [sentence: string, holds: boolean];

function ledgerRules({ ledger, lead }: Stored, activities: readonly CapturedActivity[]): Rule[] {
  const stored = ledger.map(({ activityId }) => activityId).sort();
  const wanted = activities.map(({ activityId }) => activityId).sort();
  const missing = wanted.filter((id) => !stored.includes(id));
  const strange = stored.filter((id) => !wanted.includes(id));
  const attributes: Record<string, unknown> = {};
  for (const activity of activities.toSorted(byOccurrence)) Object.assign(attributes, activity.attributes);
  return [
    [`I-S1: the ledger lacks ${missing.join(', ')}`, missing.length === 0],
    [`I-S1: the ledger has ${strange.join(', ')}`, strange.length === 0],
    [`I-S3: attributes ${JSON.stringify(lead.attributes)}`, isDeepStrictEqual({ ...lead.attributes }, attributes)],
  ];
}

function scoreRules({ lead, ledger, items }: Stored, model: CompiledModel, now: number): Rule[] {
  const asOf = Date.parse(lead.score.asOf);
  const again = refold(lead, ledger, model, asOf);
  const explanation = explain(lead, ledger, model, { asOf: new Date(now).toISOString(), past: false });
  const start = key.holder(lead.leadId, model.version, '').sk;
  const holders = Object.fromEntries(
    items
      .filter(({ sk }) => String(sk).startsWith(start))
      .map(({ sk, activityId, occurredAt }) => [String(sk).slice(start.length), { activityId, occurredAt }]),
  );
  const settled = settle(lead, model, now);
  const milestoneItems = Object.fromEntries(
    items
      .filter(({ kind }) => kind === 'milestone')
      .map(({ milestone, activityId }) => [String(milestone), activityId]),
  );
  const reached = Object.entries(lead.milestones).map(([name, at]) => [name, at?.activityId]);
  const anew = refold({ ...lead, milestones: {} }, ledger, model, asOf).lead.milestones;
  const lost = namesOf(anew).filter((name) => !lead.milestones[name]);
  return [
    [
      `I-S6: fold ${JSON.stringify(lead.fold)} is not ${JSON.stringify(again.lead.fold)}`,
      isDeepStrictEqual(again.lead.fold, lead.fold),
    ],
    [`I-S1: score ${JSON.stringify(lead.score)}`, isDeepStrictEqual(scoreAt(again.lead.fold, asOf), lead.score)],
    [`I-S3: verdicts of ${again.rejudged.map(({ activityId }) => activityId)} are old`, again.rejudged.length === 0],
    [
      `I-S1: holders ${JSON.stringify(sortedByName(holders))} are not ${JSON.stringify(sortedByName(again.holders))}`,
      isDeepStrictEqual(holders, { ...again.holders }),
    ],
    [`I-S1: explained ${explanation.sum} of ${explanation.total}`, explanation.sum === explanation.total],
    [
      `R9: milestone rows ${JSON.stringify(milestoneItems)}`,
      isDeepStrictEqual(milestoneItems, Object.fromEntries(reached)),
    ],
    [`L4: ${lost.join(', ')} not reached`, lost.length === 0],
    [
      `S13: cooled to ${settled.rating}, armed ${settled.armed}, but stored ${lead.rating}, ${lead.armed}`,
      nextChange(lead, model, now) !== null || (settled.rating === lead.rating && settled.armed === lead.armed),
    ],
  ];
}

function namesOf(milestones: Lead['milestones']): Milestone[] {
  const names: readonly Milestone[] = ['lead', 'iql', 'mql', 'sql', 'trial', 'opportunity', 'customer'];
  return names.filter((name) => milestones[name]);
}

function sortedByName<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function handoffRules(
  { lead, items, ledger }: Stored,
  activities: readonly CapturedActivity[],
  { chronicle }: Simulation,
  model: CompiledModel,
): Rule[] {
  const cycles = items
    .filter(({ kind }) => kind === 'handoff')
    .map(({ cycle }) => Number(cycle))
    .sort((a, b) => a - b);
  const last = lead.qualification?.cycle ?? 0;
  const asked = model.model.explicitRequests;
  const hasAsked = ledger.some(
    (row) =>
      !row.quiet && model.meaningOf(row.type).signals.some(({ name, seenIn }) => asked.includes(name) && seenIn(row)),
  );
  const states = chronicle.chains.get(lead.leadId) ?? [];
  // Unpacking every state of a lead takes as long as all the other checks: only of those that were called, or asked to be.
  const chain = last > 0 || hasAsked ? states.map(leadOf) : [lead];
  const mayBeWithheld =
    states.some(({ suppressed }) => JSON.stringify(suppressed).includes('complaint')) ||
    chain.some(({ disqualified }) => disqualified !== null);
  return [
    [
      `I-H1: cycles ${cycles} of ${last}`,
      new Set(cycles).size === cycles.length && cycles.every((cycle) => cycle <= last),
    ],
    [`I-H1: cycle ${last} has no hand-off`, mayBeWithheld || cycles.length === last],
    [`I-H1: asked for us and was not handed off`, mayBeWithheld || !hasAsked || last > 0],
    ['I-H1: qualified twice without cooling in between', chain.every((_, at) => isArmed(chain, at))],
    ['T4: a quiet activity has called sales', activities.some(({ quiet }) => !quiet) || last === 0],
  ];
}

/** A threshold makes a qualification only of a lead that had been below the re-arm level since the one before. */
function isArmed(chain: readonly Lead[], at: number): boolean {
  const [before, after] = [chain[at - 1], chain[at]];
  if (!after?.qualification || after.qualification.cycle === before?.qualification?.cycle) return true;
  return (
    after.qualification.reason !== 'threshold' ||
    before === undefined ||
    before.armed ||
    after.qualification.cycle === 1
  );
}

function dueRules(
  { lead }: Stored,
  partitions: ReadonlyMap<string, readonly Item[]>,
  model: CompiledModel,
  now: number,
): Rule[] {
  const due = partitions.get(key.due('score', lead.leadId).pk)?.[0];
  const next = nextChange({ ...lead, dueAt: null }, model, now);
  return [
    [
      `S9: changes at ${next}, and nobody will look: ${due?.dueAt}`,
      next === null || (due !== undefined && String(due.dueAt) <= next),
    ],
  ];
}
