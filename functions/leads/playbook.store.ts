import { gunzipSync, gzipSync } from 'node:zlib';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../runtime/dynamodb.ts';
import { key } from './table.ts';

/** DynamoDB items end at 400 KB; a part is compressed and must fit into one with room for its keys. */
const maxBytes = 350_000;

/** Compiled playbooks by content hash: what a lead or an enrollment was computed with can always be loaded again. */
export interface PlaybookStore {
  put(version: string, parts: Readonly<Record<string, unknown>>): Promise<void>;
  /** One part of a version; `null` when that version is not stored. Not parsed: the room that asks has the schema. */
  get(version: string, part: string): Promise<unknown>;
}

export function playbookStore({ client, name }: Table): PlaybookStore {
  return {
    async put(version, parts) {
      const items = Object.entries(parts).map(([part, content]) => {
        const compressed = gzipSync(JSON.stringify(content));
        if (compressed.byteLength > maxBytes)
          throw new Error(
            `the playbook's ${part} is ${compressed.byteLength} bytes compressed: keep it under ${maxBytes}`,
          );
        return { ...key.playbook(version, part), kind: 'playbook', content: compressed };
      });
      // Put again and again it is the same content under the same hash.
      await client.send(
        new BatchWriteCommand({ RequestItems: { [name]: items.map((Item) => ({ PutRequest: { Item } })) } }),
      );
    },

    async get(version, part) {
      // Consistent: a version is stored a moment before the first lead or walk names it.
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: key.playbook(version, part), ConsistentRead: true }),
      );
      return Item ? JSON.parse(gunzipSync(Item.content).toString()) : null;
    },
  };
}
