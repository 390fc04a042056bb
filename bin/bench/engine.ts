import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documentClient, type Table } from '../../functions/runtime/dynamodb.ts';
import { startDynamoDb } from '../local/dynamodb/dynamodb.ts';
import { ensureTable } from '../local/dynamodb/tables.ts';
import { takeDataFolder } from '../local/storage/data-folder.ts';
import type { Blueprint } from '../local/template/blueprint.ts';
import { cpuOfThreads } from './process-cpu.ts';
import type { Meter } from './rounds.ts';

/** The embedded DynamoDB with the product's tables and nothing else running: nobody reads its streams meanwhile. */
export interface Engine {
  /** The SDK's own client, below the document client of `table`. */
  readonly client: DynamoDBClient;
  /** Where leads are. */
  readonly table: Table;
  /** A client of its own, for who changes what a client does. */
  connect(): DynamoDBClient;
  /** CPU time of the engine's own process; stands still where the system does not tell. */
  readonly cpu: Meter;
  /** Forgets what the streams hold, as the pipeline does once it has read them. */
  trim(): void;
  stop(): Promise<void>;
}

export async function openEngine(path: string, { tables }: Pick<Blueprint, 'tables'>): Promise<Engine> {
  const folder = takeDataFolder(path);
  const dynamoDb = await startDynamoDb(folder, console.error);
  for (const table of tables) await ensureTable(table, dynamoDb.call);
  const name = tables.find(({ LocalSecondaryIndexes }) => LocalSecondaryIndexes.length > 0)?.name;
  if (name === undefined) throw new Error('the template has no table with a timeline');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const connect = () => new DynamoDBClient({ endpoint: dynamoDb.endpoint, region: 'us-east-1', credentials });
  const client = connect();
  const pid = Number(readFileSync(join(path, 'dynamodb.pid'), 'utf8'));
  return {
    client,
    table: { client: documentClient(client), name },
    connect,
    cpu: () => cpuOfThreads(pid),
    trim: () => dynamoDb.trimStream(name, Number.MAX_SAFE_INTEGER),
    async stop() {
      client.destroy();
      await dynamoDb.stop();
      folder.release();
    },
  };
}
