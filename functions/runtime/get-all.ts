import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './dynamodb.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

// The most keys that BatchGetItem takes at once.
const perRead = 100;

/** The items under these keys, consistently read, in the order of the keys, each once; those that do not exist are left out. */
export async function getAll({ client, name }: Table, keys: readonly Key[]): Promise<Record<string, unknown>[]> {
  const found = new Map<string, Record<string, unknown>>();
  // One read takes each key once.
  const each = [...new Map(keys.map(({ pk, sk }) => [`${pk} ${sk}`, { pk, sk }])).values()];
  for (let first = 0; first < each.length; first += perRead) {
    let wanted: Record<string, unknown>[] = each.slice(first, first + perRead);
    while (wanted.length > 0) {
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[name] ?? []) found.set(`${item.pk} ${item.sk}`, item);
      wanted = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return each.map(({ pk, sk }) => found.get(`${pk} ${sk}`)).filter((item) => item !== undefined);
}
