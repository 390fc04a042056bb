import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Activity } from './activity.ts';
import { localDay } from './calendar.ts';
import { Identification, identifiedBy, ownerAt } from './identification.ts';
import { dayKeys, key } from './table.ts';
import { unlessErased } from './tombstone.ts';

/** What a visitor did, with what they said of themselves in doing so: a lead's own one day, and gone with the row before. */
const WaitingActivity = Activity.extend({ attributes: z.record(z.string(), z.json()).default({}) });
type WaitingActivity = z.infer<typeof WaitingActivity>;

const Visitor = z.object({ identified: z.array(Identification).min(1), ver: z.number() });

/** What is known of people who have not said who they are: their activities, until a lead identifies the visitor as theirs. */
export interface VisitorStore {
  /** Who the visitor has said they are, and when; empty while nobody knows. Consistent. */
  identifications(visitor: string): Promise<readonly Identification[]>;
  /** Whose the visitor's activities of this instant (ISO) are; `null` while nobody knows. */
  leadOf(visitor: string, at: string): Promise<string | null>;
  /**
   * The visitor said at these instants (ISO) that they are this lead, and is it until somebody else says so: two leads are never
   * merged by it. Answers who the visitor has been, for `ownerAt`. Doing it again changes nothing. `erased`: so is the lead, and
   * nothing may be told of them any more (I-E2).
   */
  identify(visitor: string, leadId: string, instants: readonly string[]): Promise<readonly Identification[] | 'erased'>;
  /** Keeps an activity until the visitor is known. `identified` when that happened in the meantime: record it with the lead. */
  keep(visitor: string, activity: WaitingActivity): Promise<'kept' | 'duplicate' | 'identified'>;
  waiting(visitor: string): Promise<readonly WaitingActivity[]>;
  /** Forgets what now stands in the lead's ledger. */
  release(visitor: string, activityIds: readonly string[]): Promise<void>;
}

/** Visitors in DynamoDB; what one did waits `keptDays` for them to say who they are. */
export function visitorStore(table: Table, timeZone: string, keptDays = 90): VisitorStore {
  const { client, name } = table;

  const read = async (visitor: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: key.visitor(visitor), ConsistentRead: true }),
    );
    return Item ? Visitor.parse(Item) : null;
  };

  /** The lead's side is written the first time only: a form that is filled in again costs one item. */
  const write = async (
    visitor: string,
    identified: readonly Identification[],
    ver: number,
    firstOf: string | null,
  ): Promise<'written' | 'conflict' | 'erased'> => {
    const answer = await writeAll({ client }, [
      { Put: visitorPut(name, visitor, identified, ver) },
      ...(firstOf === null ? [] : leadWrites(name, visitor, firstOf)),
    ]);
    if (answer.outcome === 'written') return 'written';
    return answer.failed.includes(2) ? 'erased' : 'conflict';
  };

  return {
    identifications: async (visitor) => (await read(visitor))?.identified ?? [],

    leadOf: async (visitor, at) => ownerAt((await read(visitor))?.identified ?? [], at),

    async identify(visitor, leadId, instants) {
      // Every round ends it, or somebody else identified the visitor in the meantime.
      for (let round = 1; round <= 50; round++) {
        const known = await read(visitor);
        const before: readonly Identification[] = known?.identified ?? [];
        const identified = instants.reduce((all, at) => identifiedBy(all, { leadId, at }), before);
        if (identified === before) return identified;
        const isFirst = before.every((one) => one.leadId !== leadId);
        const outcome = await write(visitor, identified, known?.ver ?? 0, isFirst ? leadId : null);
        if (outcome !== 'conflict') return outcome === 'written' ? identified : 'erased';
      }
      throw new Error('this visitor is identified by too many at once: the message comes back by itself');
    },

    async keep(visitor, activity) {
      const day = localDay(activity.occurredAt, timeZone);
      const Item = {
        ...key.visitorActivity(visitor, activity.activityId),
        ...dayKeys(day, activity.recordedAt, activity.activityId),
        kind: 'activity',
        leadId: null,
        anonymousId: visitor,
        day,
        byTime: `${activity.occurredAt}#${activity.activityId}`,
        expiresAt: Math.floor(Date.parse(activity.recordedAt) / 1000) + keptDays * 86_400,
        ...activity,
      };
      const answer = await writeAll({ client }, [
        { Put: { TableName: name, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
        // Checked in the same transaction: an activity must not slip in behind the lead that has just collected them.
        {
          ConditionCheck: {
            TableName: name,
            Key: key.visitor(visitor),
            ConditionExpression: 'attribute_not_exists(pk) OR isAnonymous = :anonymous',
            ExpressionAttributeValues: { ':anonymous': true },
          },
        },
      ]);
      if (answer.outcome === 'written') return 'kept';
      return answer.failed.includes(1) ? 'identified' : 'duplicate';
    },

    async waiting(visitor) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :row)',
        ExpressionAttributeValues: { ':pk': key.visitor(visitor).pk, ':row': 'E#' },
        ConsistentRead: true,
      });
      return items.map((item) => WaitingActivity.parse(item));
    },

    async release(visitor, activityIds) {
      for (let first = 0; first < activityIds.length; first += 25) {
        const requests = activityIds
          .slice(first, first + 25)
          .map((activityId) => ({ DeleteRequest: { Key: key.visitorActivity(visitor, activityId) } }));
        // What is left over after throttling stays until its TTL: it is in the lead's ledger already and counts once by its id.
        await client.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
      }
    },
  };
}

/** Where news of mail waits for its lead: queues keep no order, and a bounce may be here before the form is. */
export function mailboxOf(leadId: string): string {
  return `m:${leadId}`;
}

/** Who the visitor has been, when the item is as it was read. */
export function visitorPut(
  TableName: string,
  visitor: string,
  identified: readonly Identification[],
  ver: number,
): NonNullable<Write['Put']> {
  // Whoever it was last is erased: what comes now is of somebody nobody knows.
  const isAnonymous = identified.at(-1)?.leadId === null;
  return {
    TableName,
    Item: { ...key.visitor(visitor), kind: 'visitor', identified, ...(isAnonymous && { isAnonymous }), ver: ver + 1 },
    ...(ver === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'ver = :ver', ExpressionAttributeValues: { ':ver': ver } }),
  };
}

/** That the lead has this visitor, and that the lead is not erased. */
function leadWrites(TableName: string, visitor: string, leadId: string): readonly Write[] {
  return [
    { Put: { TableName, Item: { ...key.leadVisitor(leadId, visitor), kind: 'lead-visitor', visitor } } },
    { ConditionCheck: { TableName, Key: key.lead(leadId), ...unlessErased } },
  ];
}
