import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import type { Page } from './lead.store.ts';
import { Review } from './review.ts';
import { key, reviewKeys } from './table.ts';

/** Reviews; they are written with their lead (`LeadChange.review`), so that a decision and what follows from it are one. */
export interface ReviewStore {
  /** The lead's latest review, decided or not, consistent. */
  get(leadId: string): Promise<Review | null>;
  /** Those that wait for a decision, the oldest first. @throws RequestError on a cursor that no list gave. */
  list(limit: number, cursor?: string): Promise<Page<Review>>;
}

export function reviewStore(table: Table): ReviewStore {
  const { client, name: TableName } = table;
  return {
    async get(leadId) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: key.review(leadId), ConsistentRead: true }));
      return Item ? Review.parse(Item) : null;
    },

    async list(limit, cursor) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'byList',
          KeyConditionExpression: 'listPk = :list',
          ExpressionAttributeValues: { ':list': reviewKeys('', '').listPk },
          Limit: limit,
          ExclusiveStartKey: cursor === undefined ? undefined : startAfter(cursor),
        }),
      );
      const items = await getAll(
        table,
        Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
      );
      return {
        // The index may still hold what has just been decided.
        items: items.map((item) => Review.parse(item)).filter(({ decided }) => decided === null),
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
