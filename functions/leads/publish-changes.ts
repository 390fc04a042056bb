import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { OutgoingEvent, Publish } from '../runtime/publish.ts';
import { toEvent } from '../runtime/publish.ts';
import { Activity } from './activity.ts';
import { ActivityRecorded, ActivityRejudged, LeadScored, RescoreDue } from './bus-event.ts';
import type { ChangeStore, OutboxRow } from './change.store.ts';
import { leadOf } from './lead-item.ts';
import { key } from './table.ts';

export interface PublishDeps {
  readonly changes: ChangeStore;
  readonly publish: Publish;
  /** The version of the active scoring model, given the versions that leads have just been written with; `null` before the first. */
  readonly activeModel: (seen: readonly string[]) => Promise<string | null>;
  readonly now: () => number;
}

type Item = Record<string, unknown>;

/**
 * Tells the bus what transactions have already decided: new ledger rows, rows that are judged otherwise now, leads whose rating or milestones moved, and the outbox.
 * Publishes before it deletes an outbox row, so a crash repeats an event and never loses one. The local
 * day of a row that came, changed or went is marked, so that the metrics door folds the days that need it and no others.
 */
export async function publishChanges(records: readonly DynamoDBRecord[], deps: PublishDeps): Promise<void> {
  const changes = records.map(images);
  const days = changes.flatMap(({ expired, before, after }) => (expired ? [] : [dayOf(before), dayOf(after)]));
  await deps.changes.markDays([...new Set(days.filter((day) => day !== null))], new Date(deps.now()).toISOString());
  const outbox = changes.flatMap(({ before, after }) =>
    !before && after?.kind === 'outbox' ? [after as OutboxRow & Item] : [],
  );
  await deps.publish([
    ...changes.flatMap(eventsOf),
    ...outbox.map(({ detailType, detail }) => ({ detailType, detail })),
  ]);
  for (const row of outbox) await deps.changes.forget(row);
  await deps.publish(await knocks(changes, deps));
}

/**
 * A lead written under a model that is not the active one is knocked for: the pass over the lists that brings leads to the active model
 * may miss those that move between the lists while it reads them (rescore-leads.ts).
 */
async function knocks(changes: readonly Change[], { activeModel }: PublishDeps): Promise<readonly OutgoingEvent[]> {
  const written = new Map<string, string>();
  for (const { after } of changes) if (after?.kind === 'lead') written.set(leadIdIn(after), String(after.modelVersion));
  if (written.size === 0) return [];
  const version = await activeModel([...new Set(written.values())]);
  if (version === null) return [];
  const others = [...written].filter(([, modelVersion]) => modelVersion !== version);
  return others.map(([leadId]) => toEvent(RescoreDue, { version, leadId }));
}

/** A lead's item names it by its key alone. */
function leadIdIn({ pk }: Item): string {
  return String(pk).slice(key.lead('').pk.length);
}

interface Change {
  readonly before: Item | null;
  readonly after: Item | null;
  /** Removed by its time to live: what it counted for has been counted, and stays so. */
  readonly expired: boolean;
}

function images({ dynamodb, userIdentity }: DynamoDBRecord): Change {
  const read = (image: unknown): Item | null => (image ? unmarshall(image as Parameters<typeof unmarshall>[0]) : null);
  return {
    before: read(dynamodb?.OldImage),
    after: read(dynamodb?.NewImage),
    expired: userIdentity?.type === 'Service',
  };
}

/** The day a row counts on, as its key in the day index says: `D#<day>#<shard>`. */
function dayOf(item: Item | null): string | null {
  return typeof item?.dayPk === 'string' ? (item.dayPk.split('#')[1] ?? null) : null;
}

function eventsOf({ before, after }: Change): readonly OutgoingEvent[] {
  // A visitor's row is told when it becomes a lead's: until then there is nobody to tell about.
  if (after?.kind === 'activity' && typeof after.leadId === 'string') {
    const activity = Activity.parse(after);
    if (!before) return [toEvent(ActivityRecorded, { leadId: after.leadId, activity, quiet: activity.quiet ?? false })];
    // The ledger is append-only: nothing of a row changes but who is thought to have done it (T6), or its person being forgotten.
    const isRejudged = before.leadId === after.leadId && Activity.parse(before).verdict?.by !== activity.verdict?.by;
    return isRejudged ? [toEvent(ActivityRejudged, { leadId: after.leadId, activity })] : [];
  }
  if (after?.kind !== 'lead') return [];
  const now = leadOf(after);
  const was = before?.kind === 'lead' ? leadOf(before) : null;
  if (was && was.rating === now.rating && Object.keys(was.milestones).join() === Object.keys(now.milestones).join())
    return [];
  const { leadId, score, rating, milestones } = now;
  return [toEvent(LeadScored, { leadId, score: score.total, rating, milestones })];
}
