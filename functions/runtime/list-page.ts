import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from './dynamodb.ts';
import { getAll } from './get-all.ts';
import { RequestError } from './http.ts';

interface Wanted {
  /** The list's partition in the index `byList`. */
  readonly list: string;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly newestFirst?: boolean;
}

/**
 * A page of a list, each item as it is stored now: the index holds keys only, and may still hold what has just left the list.
 *
 * @throws RequestError on a cursor that no list gave.
 */
export async function listPage(
  table: Table,
  { list, limit, cursor, newestFirst = false }: Wanted,
): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly cursor: string | null }> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: 'byList',
      KeyConditionExpression: 'listPk = :list',
      ExpressionAttributeValues: { ':list': list },
      ScanIndexForward: !newestFirst,
      Limit: limit,
      ExclusiveStartKey: cursor === undefined ? undefined : startAfter(cursor),
    }),
  );
  const keys = Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  return { items: await getAll(table, keys), cursor: LastEvaluatedKey ? cursorOf(LastEvaluatedKey) : null };
}

const Place = z.object({ pk: z.string(), sk: z.string(), listPk: z.string(), listSk: z.string() });

function cursorOf(place: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function startAfter(cursor: string): Record<string, unknown> {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new RequestError(400, 'bad-cursor', 'This cursor is not from a list: start without one.', 'cursor');
  }
}
