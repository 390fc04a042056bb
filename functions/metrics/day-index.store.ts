import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dayPartitions, key } from '../leads/table.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll, queryPages } from '../runtime/query-all.ts';
import { countedKinds, DayRow } from './day-row.ts';

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

export function dayIndexStore(table: Table): DayIndexStore {
  const { client, name: TableName } = table;
  return { partitions: (day) => dayPartitions(day).map(rows), changedDays, unmark };

  async function* rows(partition: string): AsyncGenerator<readonly DayRow[]> {
    const query = {
      IndexName: 'byDay',
      KeyConditionExpression: 'dayPk = :day',
      ExpressionAttributeValues: { ':day': partition },
    };
    // Kinds that other rooms may add to the day index before a metric counts them are no reason to fail.
    for await (const items of queryPages(table, query))
      yield items.filter(({ kind }) => countedKinds.has(kind)).map((item) => DayRow.parse(item));
  }

  async function changedDays(): Promise<readonly ChangedDay[]> {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': key.changedDay('').pk },
      ConsistentRead: true,
    });
    return items.map((item) => ChangedDay.parse(item));
  }

  async function unmark({ day, mark }: ChangedDay): Promise<void> {
    await ifItHolds(
      client.send(
        new DeleteCommand({
          TableName,
          Key: key.changedDay(day),
          ConditionExpression: 'mark = :mark',
          ExpressionAttributeValues: { ':mark': mark },
        }),
      ),
    );
  }
}
