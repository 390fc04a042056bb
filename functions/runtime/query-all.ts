import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from './dynamodb.ts';

type Query = Omit<QueryCommandInput, 'TableName'>;

/** Everything a query finds, page by page: DynamoDB answers at most a megabyte at a time. */
export async function* queryPages({ client, name }: Table, query: Query): AsyncGenerator<Record<string, unknown>[]> {
  let start = query.ExclusiveStartKey;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ ...query, TableName: name, ExclusiveStartKey: start }),
    );
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}

/** Everything a query finds, in the order of its sort key. For what one lead has, or one short list. */
export async function queryAll(table: Table, query: Query): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const items of queryPages(table, query)) found.push(...items);
  return found;
}
