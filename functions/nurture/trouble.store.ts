import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Page } from '../leads/lead.store.ts';
import { troubleKeys } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import { isTrouble, Send } from './send.ts';

/** Messages a person should look at; they are written with their send (I-M3). */
export interface TroubleStore {
  /** The newest first. @throws RequestError on a cursor that no list gave. */
  list(limit: number, cursor?: string): Promise<Page<Send>>;
}

export function troubleStore(table: Table): TroubleStore {
  const { client, name: TableName } = table;
  return {
    async list(limit, cursor) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'byList',
          KeyConditionExpression: 'listPk = :list',
          ExpressionAttributeValues: { ':list': troubleKeys('', '').listPk },
          ScanIndexForward: false,
          Limit: limit,
          ExclusiveStartKey: cursor === undefined ? undefined : startAfter(cursor),
        }),
      );
      const items = await getAll(
        table,
        Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
      );
      return {
        // The index may still hold what SES has just proved sent after all, or what an erasure has emptied.
        items: items.flatMap((item) => Send.safeParse(item).data ?? []).filter(isTrouble),
        cursor: LastEvaluatedKey ? cursorOf(LastEvaluatedKey) : null,
      };
    },
  };
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
