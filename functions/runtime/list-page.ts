import * as z from 'zod';
import type { Table } from './dynamodb.ts';
import { getAll } from './get-all.ts';
import { RequestError } from './http.ts';
import { queryPages } from './query-all.ts';

interface Wanted {
  /** The list's partition in the index `byList`. */
  readonly list: string;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly newestFirst?: boolean;
  /** Of these index rows only; left out: all. */
  readonly keep?: (row: Readonly<Record<string, unknown>>) => boolean;
}

/**
 * A page of a list, each item as it is stored now: the index holds keys only, and may still hold what has just left the list.
 *
 * @throws RequestError on a cursor that no list gave.
 */
export async function listPage(
  table: Table,
  { list, limit, cursor, newestFirst = false, keep = () => true }: Wanted,
): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly cursor: string | null }> {
  const rows = await firstRows(table, limit, keep, {
    IndexName: 'byList',
    KeyConditionExpression: 'listPk = :list',
    ExpressionAttributeValues: { ':list': list },
    ScanIndexForward: !newestFirst,
    ExclusiveStartKey: cursor === undefined ? undefined : startAfter(cursor),
  });
  const keys = rows.slice(0, limit).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  const last = rows[limit - 1];
  return { items: await getAll(table, keys), cursor: last && rows.length > limit ? cursorOf(last) : null };
}

/** One more than the page has room for, where there are so many: then another page follows. */
async function firstRows(
  table: Table,
  limit: number,
  keep: (row: Readonly<Record<string, unknown>>) => boolean,
  query: Parameters<typeof queryPages>[1],
): Promise<readonly Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const page of queryPages(table, { ...query, Limit: limit + 1 })) {
    rows.push(...page.filter(keep));
    if (rows.length > limit) break;
  }
  return rows;
}

const Place = z.object({ pk: z.string(), sk: z.string(), listPk: z.string(), listSk: z.string() });

function cursorOf({ pk, sk, listPk, listSk }: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify({ pk, sk, listPk, listSk })).toString('base64url');
}

function startAfter(cursor: string): Record<string, unknown> {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new RequestError(400, 'bad-cursor', 'This cursor is not from a list: start without one.', 'cursor');
  }
}
