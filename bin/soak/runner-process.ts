import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { dynamoDbAt } from '../local/dynamodb/dynamodb-call.ts';

const root = join(import.meta.dirname, '..', '..');

/** How long the embedded database may take to answer again after it was killed. */
const comeBackMs = 15_000;

/** What the runner says about itself in its data folder while it runs. */
const RunnerFile = z.object({
  endpoints: z.object({ dynamoDb: z.string() }),
  functions: z.record(z.string(), z.record(z.string(), z.string())),
});

export interface RunnerPlace {
  readonly port: number;
  readonly data: string;
  /** A synthesized assembly: nothing is built, so that a start takes a second or two. */
  readonly assembly: string;
}

/** A runner in a process of its own, from its ready line on. */
export interface RunnerProcess {
  /** `kill -9` of the runner. Resolves when it is gone. */
  kill(): Promise<void>;
  /** `kill -9` of the embedded database alone. Resolves when the one that the runner starts instead answers. */
  killDatabase(): Promise<void>;
  /** Where the database answers, and the name of the table of the leads. */
  table(): { readonly endpoint: string; readonly name: string };
  /** Asks it to finish, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts the runner. Resolves at its ready line; rejects with what it printed when it ends before. */
export async function startRunnerProcess({ port, data, assembly }: RunnerPlace): Promise<RunnerProcess> {
  const log = join(data, 'soak-runner.log');
  const args = ['bin/local.ts', '--port', String(port), '--data', data, '--assembly', assembly];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', openSync(log, 'a')] });
  // Whatever becomes of us, no runner is left behind.
  const reap = () => child.kill('SIGKILL');
  process.once('exit', reap);
  const gone = once(child, 'exit').finally(() => process.removeListener('exit', reap));
  await untilReady(child, gone, log);
  const ending = async (signal: 'SIGKILL' | 'SIGINT') => {
    child.kill(signal);
    await gone;
  };
  const described = () => RunnerFile.parse(JSON.parse(readFileSync(join(data, 'runner.json'), 'utf8')));
  return {
    kill: () => ending('SIGKILL'),
    stop: () => ending('SIGINT'),
    async killDatabase() {
      process.kill(Number(readFileSync(join(data, 'dynamodb.pid'), 'utf8')), 'SIGKILL');
      await untilAnswers(described().endpoints.dynamoDb);
    },
    table() {
      const { endpoints, functions } = described();
      const name = Object.values(functions).find(({ TABLE_NAME }) => TABLE_NAME !== undefined)?.TABLE_NAME;
      if (name === undefined) throw new Error('no function of this assembly has a table');
      return { endpoint: endpoints.dynamoDb, name };
    },
  };
}

async function untilReady(child: ChildProcess, gone: Promise<unknown>, log: string): Promise<void> {
  if (!child.stdout) throw new Error('the runner has no output to read');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    lines.on('line', (line) => line.startsWith('Ripen is ready') && resolve());
  });
  const early = gone.then(() => {
    throw new Error(`the runner ended before it was ready: ${log} says why`);
  });
  await Promise.race([ready, early]);
  // The other one rejects at the first kill, and nobody is interested any more.
  early.catch(() => {});
}

async function untilAnswers(endpoint: string): Promise<void> {
  const call = dynamoDbAt(endpoint);
  for (const deadline = Date.now() + comeBackMs; ; await pause(20)) {
    try {
      await call('ListTables', {});
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
