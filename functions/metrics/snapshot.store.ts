import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { writeAll } from '../runtime/transaction.ts';
import { MetricSnapshot } from './snapshot.ts';

/** A revision of a day that is not over is kept this long after the next one has taken its place. */
const supersededDays = 40;

/** One day in the list of all counted days: what its latest revision is, and what the running total needs of it. */
const CountedDay = z.object({
  day: z.string(),
  revision: z.number().int(),
  closed: z.boolean(),
  leadsNew: z.number().int(),
});
type CountedDay = z.infer<typeof CountedDay>;

/**
 * The table `metrics`: each revision of a day as `D#<day>` / `total#<revision>`, and one small row a day under `DAYS` / `<day>`.
 * The running total of leads is summed from the small rows when a day is read: so a late lead of a past day is in the total of
 * every later day at once, and none of them has to be written again (a thousand days are one query of about a hundred kilobytes).
 */
export interface SnapshotStore {
  latest(day: string): Promise<MetricSnapshot | null>;
  /** `conflict`: somebody else has written this revision; count again. */
  save(snapshot: MetricSnapshot): Promise<'saved' | 'conflict'>;
  /** Days that have been counted, in order, both ends included. */
  days(from: string, to: string): Promise<readonly CountedDay[]>;
}

export function snapshotStore(table: Table): SnapshotStore {
  const { client, name: TableName } = table;
  return { latest, save, days };

  async function latest(day: string): Promise<MetricSnapshot | null> {
    const { Items: [item] = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :panel)',
        ExpressionAttributeValues: { ':pk': `D#${day}`, ':panel': 'total#' },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    return item ? MetricSnapshot.parse(item) : null;
  }

  async function save(snapshot: MetricSnapshot): Promise<'saved' | 'conflict'> {
    const { day, revision, closed, metrics } = snapshot;
    const { outcome } = await writeAll({ client }, [
      {
        Put: {
          TableName,
          Item: {
            pk: `D#${day}`,
            sk: `total#${String(revision).padStart(6, '0')}`,
            kind: 'snapshot',
            ...(!closed && { expiresAt: Date.parse(day) / 1000 + supersededDays * 86_400 }),
            ...snapshot,
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      {
        Put: {
          TableName,
          Item: { pk: 'DAYS', sk: day, kind: 'day', day, revision, closed, leadsNew: metrics.leadsNew?.numerator ?? 0 },
        },
      },
    ]);
    return outcome === 'written' ? 'saved' : 'conflict';
  }

  async function days(from: string, to: string): Promise<readonly CountedDay[]> {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': 'DAYS', ':from': from, ':to': to },
      ConsistentRead: true,
    });
    return items.map((item) => CountedDay.parse(item));
  }
}
