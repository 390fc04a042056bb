import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { key, walkPartitions } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { Enrollment, isOver } from './enrollment.ts';

/** The walks under way through each sequence, the next due first. The list follows the walks within about a second. */
export interface WalkListStore {
  /** Up to `limit` of them, each read consistently; `cursor` is where the next ones begin. */
  page(
    sequence: string,
    limit: number,
    cursor?: string,
  ): Promise<{ readonly walks: readonly Enrollment[]; readonly cursor: string | null }>;
  /** How many there are; counted up to about `most`, where `atLeast` says that there may be more. */
  count(sequence: string, most: number): Promise<{ readonly count: number; readonly atLeast: boolean }>;
}

export function walkListStore(table: Table): WalkListStore {
  const { client, name: TableName } = table;
  return { page, count };

  function query(partition: string, after: string, more: Partial<QueryCommandInput>): QueryCommand {
    return new QueryCommand({
      TableName,
      IndexName: 'byList',
      KeyConditionExpression: 'listPk = :list AND listSk > :after',
      ExpressionAttributeValues: { ':list': partition, ':after': after },
      ...more,
    });
  }

  async function page(sequence: string, limit: number, cursor = '') {
    // Any of the partitions may hold all that come next.
    const found = await Promise.all(
      walkPartitions(sequence).map((list) => client.send(query(list, cursor, { Limit: limit + 1 }))),
    );
    const listed = found
      .flatMap(({ Items = [] }) => Items)
      .map(({ pk, listSk }) => ({ pk: String(pk), listSk: String(listSk) }))
      .sort((a, b) => (a.listSk < b.listSk ? -1 : 1));
    const shown = listed.slice(0, limit);
    const { sk } = key.enrollment('', sequence);
    const items = await getAll(
      table,
      shown.map(({ pk }) => ({ pk, sk })),
    );
    // A walk may have ended since the list was read.
    const walks = items.map((item) => Enrollment.parse(item)).filter((walk) => !isOver(walk));
    return { walks, cursor: listed.length > limit ? (shown.at(-1)?.listSk ?? null) : null };
  }

  async function count(sequence: string, most: number) {
    const lists = walkPartitions(sequence);
    const perList = Math.ceil(most / lists.length);
    const found = await Promise.all(
      lists.map((list) => client.send(query(list, '', { Select: 'COUNT', Limit: perList }))),
    );
    return {
      count: found.reduce((sum, { Count = 0 }) => sum + Count, 0),
      atLeast: found.some(({ LastEvaluatedKey }) => LastEvaluatedKey !== undefined),
    };
  }
}
