import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll } from 'vitest';
import { documentClient, type Table } from '../../functions/runtime/dynamodb.ts';

/** The two tables of the product, empty, on an engine of this test file's own. */
export interface TestTables {
  readonly leads: Table;
  readonly metrics: Table;
  /** Where the engine answers, for tests that start whole functions (`AWS_ENDPOINT_URL_DYNAMODB`). */
  readonly endpoint: string;
}

/**
 * Starts the embedded DynamoDB in memory and creates both tables; stops it after the test file. Call it once, at the top:
 *
 *     const { leads } = await testTables();
 *
 * A test of many thousand writes that reads no stream does without (`stream: false`): the bare engine looks through all of it at each.
 * Throws, saying what to install, where this platform has no embedded engine.
 */
export async function testTables({ stream = true } = {}): Promise<TestTables> {
  const given = process.env.RIPEN_DYNAMODB_ENDPOINT;
  const engine = given ? undefined : await startEngine();
  const endpoint = given ?? engine?.endpoint ?? '';
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  afterAll(() => {
    client.destroy();
    engine?.child.kill('SIGKILL');
  });
  await untilAnswering(client);
  const run = randomBytes(4).toString('hex');
  const document = documentClient(client);
  await client.send(leadsTable(`leads-${run}`, stream));
  await client.send(metricsTable(`metrics-${run}`));
  return {
    leads: { client: document, name: `leads-${run}` },
    metrics: { client: document, name: `metrics-${run}` },
    endpoint,
  };
}

interface Engine {
  readonly child: ChildProcess;
  readonly endpoint: string;
}

async function startEngine(): Promise<Engine> {
  const port = await freePort();
  const child = spawn(enginePath(), ['--port', String(port)], { stdio: 'ignore' });
  child.on('error', () => {
    throw new Error(
      'no embedded DynamoDB here: install `dynoxide` on the PATH, or set RIPEN_DYNAMODB_ENDPOINT to a local one',
    );
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return { child, endpoint: `http://127.0.0.1:${port}` };
}

function enginePath(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    return join(dirname(manifest), 'dynoxide');
  } catch {
    return 'dynoxide';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

/** The engine is up within tens of milliseconds; a busy machine may take longer. */
async function untilAnswering(client: DynamoDBClient): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];
const whole = { ProjectionType: 'ALL' as const };
const listed = {
  ProjectionType: 'INCLUDE' as const,
  NonKeyAttributes: ['kind', 'due', 'subject', 'dueAt', 'detailType', 'detail', 'at', 'rep'],
};

/** As the data stack declares it. */
function leadsTable(name: string, stream: boolean): CreateTableCommand {
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'byTime', 'dayPk', 'daySk', 'listPk', 'listSk'].map(text),
    KeySchema: keys('pk', 'sk'),
    LocalSecondaryIndexes: [{ IndexName: 'byTime', KeySchema: keys('pk', 'byTime'), Projection: whole }],
    GlobalSecondaryIndexes: [
      { IndexName: 'byDay', KeySchema: keys('dayPk', 'daySk'), Projection: whole },
      { IndexName: 'byList', KeySchema: keys('listPk', 'listSk'), Projection: listed },
    ],
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
  });
}

function metricsTable(name: string): CreateTableCommand {
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map(text),
    KeySchema: keys('pk', 'sk'),
  });
}
