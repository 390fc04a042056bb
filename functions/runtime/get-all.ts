import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './dynamodb.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

// The most keys that BatchGetItem takes at once.
const perRead = 100;

/** The items under these keys, consistently read, in the order of the keys; those that do not exist are left out. */
export async function getAll({ client, name }: Table, keys: readonly Key[]): Promise<Record<string, unknown>[]> {
  const found = new Map<string, Record<string, unknown>>();
  for (let first = 0; first < keys.length; first += perRead) {
    let wanted: Record<string, unknown>[] = keys.slice(first, first + perRead).map(({ pk, sk }) => ({ pk, sk }));
    while (wanted.length > 0) {
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[name] ?? []) found.set(`${item.pk} ${item.sk}`, item);
      wanted = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return keys.map(({ pk, sk }) => found.get(`${pk} ${sk}`)).filter((item) => item !== undefined);
}
