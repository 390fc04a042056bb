import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

/** A message as the local inbox shows it. */
export interface InboxMessage {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  readonly text: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The product as a person starts it: a process of its own, driven over HTTP only. */
export interface Ripen {
  readonly url: string;
  readonly data: string;
  get<Body>(path: string): Promise<Body>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  settle(): Promise<{ queued: number; inFlight: number; deadLetters: number }>;
  /** Moves the pipeline's clock on by an ISO 8601 duration. */
  advance(duration: string): Promise<void>;
  inbox(to: string): Promise<readonly InboxMessage[]>;
  /** `kill -9`: no goodbye. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts `npm start`'s program on any free port, in `data` or in a new folder, with the shipped playbook or another. Rejects with what
 * it printed when it does not start.
 */
export async function startRipen(data = mkdtempSync(join(tmpdir(), 'ripen-')), playbook?: string): Promise<Ripen> {
  const other = playbook === undefined ? [] : ['--playbook', playbook];
  const child = spawn(process.execPath, ['bin/local.ts', '--port', '0', '--data', data, ...other], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await ready(child);
  const request = async (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  const local = async <Body>(path: string, body: unknown): Promise<Body> => {
    const response = await post(path, body);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  };
  const post: Ripen['post'] = (path, body, headers = {}) =>
    request(path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body),
    });
  const get = async <Body>(path: string): Promise<Body> => {
    const response = await request(path);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  };
  return {
    url,
    data,
    get,
    post,
    settle: () => local('/_local/settle', {}),
    advance: (duration) => local('/_local/clock', { advance: duration }),
    inbox: (to) => get(`/_local/inbox.json?to=${encodeURIComponent(to)}`),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      return code;
    },
  };
}

/** Stops a Ripen and deletes its data: for `afterAll`. */
export async function discard(ripen: Ripen | undefined): Promise<void> {
  if (!ripen) return;
  await ripen.stop();
  rmSync(ripen.data, { recursive: true, force: true });
}

async function ready(child: ChildProcess): Promise<string> {
  const printed: string[] = [];
  if (!child.stdout || !child.stderr) throw new Error('the child has pipes');
  createInterface(child.stderr).on('line', (line) => printed.push(line));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${printed.join('\n')}`)));
    if (child.stdout)
      createInterface(child.stdout).on('line', (line) => {
        printed.push(line);
        const url = /^Ripen is ready: (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
        if (url) resolve(url);
      });
  });
}
