import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dayPartitions, key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { DayRow } from './day-row.ts';

/** A local day whose rows have changed since `at` (ISO). `mark` differs every time the day is marked. */
const ChangedDay = z.object({ day: z.iso.date(), mark: z.string(), at: z.string() });
type ChangedDay = z.infer<typeof ChangedDay>;

/** The ledger by local day, and which days have changed. */
export interface DayIndexStore {
  /** The rows of a day: its partitions, to be read side by side, each page by page. The index follows the ledger within about a second. */
  partitions(day: string): readonly AsyncIterable<readonly DayRow[]>[];
  changedDays(): Promise<readonly ChangedDay[]>;
  /** The day has been folded. Changes nothing when it has been marked again in the meantime. */
  unmark(changed: ChangedDay): Promise<void>;
}

export function dayIndexStore({ client, name: TableName }: Table): DayIndexStore {
  return { partitions: (day) => dayPartitions(day).map(rows), changedDays, unmark };

  async function* rows(partition: string): AsyncGenerator<readonly DayRow[]> {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'byDay',
          KeyConditionExpression: 'dayPk = :day',
          ExpressionAttributeValues: { ':day': partition },
          ExclusiveStartKey: start,
        }),
      );
      yield Items.filter(({ kind }) => counted.has(kind)).map((item) => DayRow.parse(item));
      start = LastEvaluatedKey;
    } while (start);
  }

  async function changedDays(): Promise<readonly ChangedDay[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': key.changedDay('').pk },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => ChangedDay.parse(item));
  }

  async function unmark({ day, mark }: ChangedDay): Promise<void> {
    try {
      await client.send(
        new DeleteCommand({
          TableName,
          Key: key.changedDay(day),
          ConditionExpression: 'mark = :mark',
          ExpressionAttributeValues: { ':mark': mark },
        }),
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    }
  }
}

/** Kinds that other rooms may add to the day index before a metric counts them are no reason to fail. */
const counted = new Set<unknown>(['activity', 'milestone', 'handoff']);
