import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../runtime/dynamodb.ts';
import { listPage } from '../runtime/list-page.ts';
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
      const page = await listPage(table, { list: reviewKeys('', '').listPk, limit, cursor });
      // The index may still hold what has just been decided.
      return { ...page, items: page.items.map((item) => Review.parse(item)).filter(({ decided }) => decided === null) };
    },
  };
}
