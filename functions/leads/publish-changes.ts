import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { OutgoingEvent, Publish } from '../runtime/publish.ts';
import { toEvent } from '../runtime/publish.ts';
import { Activity } from './activity.ts';
import { ActivityRecorded, LeadScored } from './bus-event.ts';
import { localDay } from './calendar.ts';
import type { ChangeStore, OutboxRow } from './change.store.ts';
import { Lead } from './lead.ts';

export interface PublishDeps {
  readonly changes: ChangeStore;
  readonly publish: Publish;
  readonly timeZone: string;
  readonly now: () => number;
}

type Item = Record<string, unknown>;

/**
 * Tells the bus what transactions have already decided: new ledger rows, leads whose rating or milestones moved, and the outbox.
 * Publishes before it deletes an outbox row, so a crash repeats an event and never loses one. A row that counts on a past day
 * marks that day for refolding.
 */
export async function publishChanges(records: readonly DynamoDBRecord[], deps: PublishDeps): Promise<void> {
  const changes = records.map(images);
  const today = localDay(new Date(deps.now()).toISOString(), deps.timeZone);
  const days = changes.flatMap((change) => [dayOf(change.before), dayOf(change.after)]);
  await deps.changes.markDays([...new Set(days.filter((day): day is string => day !== null && day !== today))]);
  const outbox = changes.flatMap(({ before, after }) =>
    !before && after?.kind === 'outbox' ? [after as OutboxRow & Item] : [],
  );
  await deps.publish([
    ...changes.flatMap(eventsOf),
    ...outbox.map(({ detailType, detail }) => ({ detailType, detail })),
  ]);
  for (const row of outbox) await deps.changes.forget(row);
}

function images({ dynamodb }: DynamoDBRecord): { before: Item | null; after: Item | null } {
  const read = (image: unknown): Item | null => (image ? unmarshall(image as Parameters<typeof unmarshall>[0]) : null);
  return { before: read(dynamodb?.OldImage), after: read(dynamodb?.NewImage) };
}

function dayOf(item: Item | null): string | null {
  return item && typeof item.day === 'string' && typeof item.dayPk === 'string' ? item.day : null;
}

function eventsOf({ before, after }: { before: Item | null; after: Item | null }): readonly OutgoingEvent[] {
  // A visitor's row is told when it becomes a lead's: until then there is nobody to tell about.
  if (after?.kind === 'activity' && !before && typeof after.leadId === 'string') {
    const activity = Activity.parse(after);
    return [toEvent(ActivityRecorded, { leadId: after.leadId, activity, quiet: activity.quiet ?? false })];
  }
  if (after?.kind !== 'lead') return [];
  const now = Lead.parse(after);
  const was = before?.kind === 'lead' ? Lead.parse(before) : null;
  if (was && was.rating === now.rating && Object.keys(was.milestones).join() === Object.keys(now.milestones).join())
    return [];
  const { leadId, score, rating, milestones } = now;
  return [toEvent(LeadScored, { leadId, score: score.total, rating, milestones })];
}
