import { join } from 'node:path';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type DynamoDbCall, dynamoDbAt } from '../local/dynamodb/dynamodb-call.ts';
import { openSesStore } from '../local/mail/ses-store.ts';
import { openDatabase } from '../local/storage/database.ts';
import type { Accepted, Evidence } from './promises.ts';

const Sending = z.object({
  kind: z.literal('send'),
  ...{ leadId: z.string(), sequence: z.string(), run: z.string(), step: z.number() },
  ...{ status: z.string(), purpose: z.string(), resent: z.boolean() },
});
const Walk = z.object({
  kind: z.literal('enrollment'),
  ...{ leadId: z.string(), sequence: z.string(), run: z.string() },
  ...{ status: z.string(), dueAt: z.string().nullable() },
});
const Page = z.object({
  Items: z.array(z.custom<Parameters<typeof unmarshall>[0]>((item) => typeof item === 'object' && item !== null)),
  LastEvaluatedKey: z.unknown().optional(),
});
const Keys = z.object({ pk: z.string(), sk: z.string() });

type Stored = Pick<Evidence, 'sends' | 'walks' | 'leadOf' | 'excused'>;

/** What the table says of sends, walks and ledgers. Reads all of it. */
export async function readTable({ endpoint, name }: { endpoint: string; name: string }): Promise<Stored> {
  const sends: Evidence['sends'][number][] = [];
  const walks: Evidence['walks'][number][] = [];
  const leadOf = new Map<string, string>();
  const excused = new Set<string>();
  for await (const item of itemsOf(dynamoDbAt(endpoint), name)) {
    const { pk, sk } = Keys.parse(item);
    const leadId = pk.slice(2);
    if (pk.startsWith('L#') && sk.startsWith('X#')) sends.push(Sending.parse(item));
    if (pk.startsWith('L#') && sk.startsWith('S#')) walks.push(Walk.parse(item));
    if (pk.startsWith('L#') && sk.startsWith('E#')) leadOf.set(sk.slice(2), leadId);
    if (pk.startsWith('U#') || sk.startsWith('H#')) excused.add(leadId);
  }
  return { sends, walks, leadOf, excused };
}

async function* itemsOf(call: DynamoDbCall, TableName: string) {
  let ExclusiveStartKey: unknown;
  do {
    const page = Page.parse(await call('Scan', { TableName, ConsistentRead: true, ExclusiveStartKey }));
    yield* page.Items.map((item) => unmarshall(item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

/** Every message that SES ever accepted, from its own log. The runner that writes it must have ended. */
export function readSesLog(data: string): readonly Accepted[] {
  const db = openDatabase(join(data, 'runner.sqlite'));
  const store = openSesStore(db);
  const accepted: Accepted[] = [];
  for (let page = store.list({ limit: 500 }); page.length > 0; ) {
    // The words of thousands of messages are gigabytes.
    accepted.push(
      ...page.map(({ messageId, destinations, acceptedAt, tags }) => ({ messageId, destinations, acceptedAt, tags })),
    );
    page = store.list({ limit: 500, before: page.at(-1)?.messageId });
  }
  db.close();
  return accepted;
}
