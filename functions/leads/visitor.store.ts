import { BatchWriteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { writeAll } from '../runtime/transaction.ts';
import { Activity } from './activity.ts';
import { localDay } from './calendar.ts';
import { dayKeys, key } from './table.ts';

/** A visitor's activities wait this long for the visitor to say who they are. */
const keptDays = 90;

const Alias = z.object({ leadId: z.string(), identifiedAt: z.string() });

/** What is known of people who have not said who they are: their activities, until a lead identifies the visitor as theirs. */
export interface VisitorStore {
  /** The lead that this anonymous or user id belongs to; `null` while nobody knows. */
  leadOf(visitor: string): Promise<string | null>;
  /** From now on the visitor is this lead. The latest identification wins; two leads are never merged by it. */
  identify(visitor: string, leadId: string, at: string): Promise<void>;
  /** Keeps an activity until the visitor is known. `identified` when that happened in the meantime: record it with the lead. */
  keep(visitor: string, activity: Activity): Promise<'kept' | 'duplicate' | 'identified'>;
  waiting(visitor: string): Promise<readonly Activity[]>;
  /** Forgets what now stands in the lead's ledger. */
  release(visitor: string, activityIds: readonly string[]): Promise<void>;
}

export function visitorStore(table: Table, timeZone: string): VisitorStore {
  const { client, name } = table;
  return {
    async leadOf(visitor) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: key.visitor(visitor), ConsistentRead: true }),
      );
      return Item ? Alias.parse(Item).leadId : null;
    },

    async identify(visitor, leadId, at) {
      await ifItHolds(
        client.send(
          new PutCommand({
            TableName: name,
            Item: { ...key.visitor(visitor), kind: 'visitor', leadId, identifiedAt: at },
            ConditionExpression: 'attribute_not_exists(pk) OR identifiedAt < :at',
            ExpressionAttributeValues: { ':at': at },
          }),
        ),
      );
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
            ConditionExpression: 'attribute_not_exists(pk)',
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
      return items.map((item) => Activity.parse(item));
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
