import type { DatabaseSync } from 'node:sqlite';
import type { DynamoDb } from '../dynamodb/dynamodb.ts';
import type { TableSpec } from '../dynamodb/tables.ts';
import { type Checkpoints, readByAll } from '../pollers/checkpoints.ts';
import type { EventSourceSpec } from '../template/blueprint-events.ts';
import type { Settled } from '../time/settle.ts';
import { rewrite } from './database.ts';

export interface CompactDeps {
  readonly db: DatabaseSync;
  readonly dynamoDb: DynamoDb;
  readonly tables: readonly TableSpec[];
  readonly eventSources: readonly EventSourceSpec[];
  readonly checkpoints: Checkpoints;
  /** Brings the pipeline to rest. */
  settle(): Promise<Settled>;
  /** Deletes what is past its time to live. */
  sweep(): Promise<unknown>;
}

/**
 * Rewrites every store of the data folder, so that no byte is left of what was deleted, and answers how the pipeline had come
 * to rest; when it had not, nothing is rewritten. What still lies in a dead-letter queue stays: a person decides about that.
 */
export async function compact(deps: CompactDeps): Promise<Settled> {
  const { db, dynamoDb, tables, eventSources, checkpoints, settle, sweep } = deps;
  await sweep();
  const streamed = tables.filter(({ StreamSpecification }) => StreamSpecification);
  for (const table of streamed) await passMarker(table, dynamoDb);
  const settled = await settle();
  if (!settled.settled) return settled;
  for (const { name } of streamed) dynamoDb.trimStream(name, readByAll(name, eventSources, checkpoints));
  dynamoDb.compact();
  rewrite(db);
  return settled;
}

/**
 * Puts an item that is about nobody and takes it away. The engine must keep the latest record of a stream, to count on from it:
 * this one may stay.
 */
async function passMarker({ name, KeySchema, AttributeDefinitions }: TableSpec, { call }: DynamoDb): Promise<void> {
  const types = new Map(AttributeDefinitions.map((each) => [each.AttributeName, each.AttributeType]));
  const Key = Object.fromEntries(
    KeySchema.map(({ AttributeName }) => [AttributeName, { [types.get(AttributeName) ?? 'S']: MARKER }]),
  );
  await call('PutItem', { TableName: name, Item: Key });
  await call('DeleteItem', { TableName: name, Key });
}

/** A key that is good as text and as a number. */
const MARKER = '0';
