import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { StartError } from '../start-error.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import { rewrite } from '../storage/database.ts';
import { type DynamoDbCall, dynamoDbAt } from './dynamodb-call.ts';

/** The embedded DynamoDB: the dynoxide engine as a child process, on a file of the data folder. */
export interface DynamoDb {
  readonly endpoint: string;
  readonly call: DynamoDbCall;
  /** Forgets the stream records of a table up to a sequence number; the engine itself never does. */
  trimStream(table: string, sequenceNumber: number): void;
  /** Rewrites the file without what was deleted from it. Nobody may be writing. Another engine (see below) sees to that itself. */
  compact(): void;
  stop(): Promise<void>;
}

/**
 * Turns into the engine, leaving behind a watcher that waits for the runner's end of the pipe to close and then ends the
 * engine: nothing is left running after a `kill -9`.
 */
const WATCHED = ['sh', '-c', 'exec 3<&0; (read _ <&3; kill -9 $$) 2>/dev/null & exec "$0" "$@" 3<&-'] as const;

/** How long a start may take before it is an error; it takes some 30 ms. */
const START_LIMIT_MS = 15_000;

/**
 * Starts the engine, ending one that a killed runner has left behind. It is started again when it dies: everything it
 * has answered is on the disk. `RIPEN_DYNAMODB_ENDPOINT` names another one to use instead, which keeps its own data.
 */
export async function startDynamoDb(folder: DataFolder, log: (line: string) => void): Promise<DynamoDb> {
  const external = process.env.RIPEN_DYNAMODB_ENDPOINT;
  if (external) {
    return {
      endpoint: external,
      call: dynamoDbAt(external),
      trimStream: () => {},
      compact: () => {},
      stop: async () => {},
    };
  }
  const program = findProgram();
  const file = folder.file('dynamodb.sqlite');
  const pidFile = folder.file('dynamodb.pid');
  endStale(pidFile, file);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  let stopping = false;
  let child = launch();
  await untilReady(endpoint, () => child);
  const db = openStreams(file);

  return {
    endpoint,
    call: dynamoDbAt(endpoint),
    trimStream(table, sequenceNumber) {
      db.trim.run(table, Number.isFinite(sequenceNumber) ? sequenceNumber : Number.MAX_SAFE_INTEGER, table);
    },
    compact: db.compact,
    async stop() {
      stopping = true;
      db.close();
      await end(child);
      rmSync(pidFile, { force: true });
    },
  };

  function launch(): ChildProcess {
    const given = ['--host', '127.0.0.1', '--port', String(port), '--db-path', file];
    const [command = program, ...words] =
      process.platform === 'win32' ? [program, ...given] : [...WATCHED, program, ...given];
    const started = spawn(command, words, {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH },
      // A Ctrl-C reaches everything of the terminal's group: the engine must outlive it until functions have finished.
      detached: process.platform !== 'win32',
    });
    started.stdin?.on('error', () => {}); // The engine never reads: a pipe that breaks says no more than its exit does.
    if (started.pid !== undefined) writeFileSync(pidFile, String(started.pid));
    started.on('error', (error) => log(`the DynamoDB engine does not start: ${error.message}`));
    started.on('exit', (code, signal) => {
      started.stdin?.destroy();
      if (stopping) return;
      log(`the DynamoDB engine ended (${signal ?? code}); starting it again`);
      setTimeout(() => {
        if (!stopping) child = launch();
      }, 100);
    });
    return started;
  }
}

function findProgram(): string {
  const name = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  const candidates = [...packageFolder(packageName), ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)].map(
    (folder) => join(folder, name),
  );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new StartError(
    `no DynamoDB engine for ${process.platform}-${process.arch}: put a \`dynoxide\` on the PATH (npm i --no-save ${packageName}, ` +
      'or `cargo install dynoxide`), or set RIPEN_DYNAMODB_ENDPOINT to a DynamoDB Local',
  );
}

function packageFolder(packageName: string): string[] {
  try {
    return [dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`))];
  } catch {
    return []; // Not a platform it is published for: the PATH is looked at next.
  }
}

/** Two engines on one file would be two truths, so what a killed runner left is ended first. */
function endStale(pidFile: string, databaseFile: string): void {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  // The number may belong to something else by now: only a process working on this very file is ended.
  if (Number.isInteger(pid) && pid > 1 && commandOf(pid).includes(databaseFile)) process.kill(pid, 'SIGKILL');
  rmSync(pidFile, { force: true });
}

function commandOf(pid: number): string {
  try {
    // Small containers have no ps.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32')
      return execFileSync('wmic', ['process', 'where', `ProcessId=${pid}`, 'get', 'CommandLine'], { encoding: 'utf8' });
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // No such process.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(endpoint: string, child: () => ChildProcess): Promise<void> {
  const call = dynamoDbAt(endpoint);
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    try {
      await call('ListTables', {});
      return;
    } catch {
      await pause(10);
    }
  }
  child().kill('SIGKILL');
  throw new StartError(`the DynamoDB engine did not start within ${START_LIMIT_MS / 1000} s`);
}

/**
 * The engine looks for a table's latest sequence number at every write, without an index: after 20,000 records a write
 * takes fifteen times as long. It keeps records for ever. Both are cured from outside, on the same file.
 */
function openStreams(file: string) {
  const db = new DatabaseSync(file);
  db.exec(`
    PRAGMA busy_timeout = 5000;
    CREATE INDEX IF NOT EXISTS ripen_stream_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  `);
  return {
    // The newest record stays: the engine counts on from it.
    trim: db.prepare(`
      DELETE FROM _stream_records
      WHERE table_name = ? AND CAST(sequence_number AS INTEGER) <= ?
        AND CAST(sequence_number AS INTEGER) < (
          SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?)`),
    compact: () => rewrite(db),
    close: () => db.close(),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 1500);
  await ended;
  clearTimeout(timer);
}
