import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bareUpdate } from './door-cpu.ts';
import type { Engine } from './engine.ts';
import { line, type Measurement } from './measurement.ts';
import { answers, aPerson, type Person } from './people.ts';
import { cpuOf, treeOf } from './process-cpu.ts';
import { ownCpu, race } from './rounds.ts';

interface Options {
  readonly rounds: number;
  /** Forms, and page views, in one round. */
  readonly perRound: number;
  readonly data: string;
  readonly say: (text: string) => void;
}

/**
 * CPU time of everything that `npm start` runs (doors, workers, queues, mail, database), from the first byte of a form or a tracked
 * page until nothing is left to do; in bare `UpdateItem` calls, their database's time included.
 */
export async function measurePipeline(engine: Engine, options: Options): Promise<readonly Measurement[]> {
  if (cpuOf([process.pid]) === 0) return [];
  const { rounds, perRound, data, say } = options;
  const of = await race(
    { update: bareUpdate(engine) },
    { rounds, leastTurnMs: 250, meters: { sdk: ownCpu, engine: engine.cpu } },
  );
  const update = of('update', 'sdk').map((us, round) => us + (of('update', 'engine')[round] ?? 0));
  const pipeline = await startPipeline(data);
  try {
    const forms: number[] = [];
    const pages: number[] = [];
    let n = 4_000_000;
    // The first round starts every function, and does not count.
    for (let round = 0; round <= rounds; round++) {
      say(`round ${round} of ${rounds}`);
      const people = Array.from({ length: perRound }, () => aPerson(n++));
      const form = await pipeline.cpuOf(() => each(people, (person) => pipeline.submit(person)));
      const page = await pipeline.cpuOf(() => each(people, (person) => pipeline.view(person)));
      if (round === 0) continue;
      forms.push(form / perRound);
      pages.push(page / perRound);
    }
    const floor = { name: 'a bare UpdateItem', values: update };
    const named = (name: string) => ({ part: 'pipeline', name: `${name}, start to end, all processes`, unit: 'µs' });
    return [line(named('a form with consent'), forms, floor), line(named('a page view of a known lead'), pages, floor)];
  } finally {
    await pipeline.stop();
  }
}

interface RunningPipeline {
  submit(person: Person): Promise<void>;
  view(person: Person): Promise<void>;
  /** CPU microseconds of all processes while `work` is done, and until everything is at rest again. */
  cpuOf(work: () => Promise<void>): Promise<number>;
  stop(): Promise<void>;
}

async function startPipeline(data: string): Promise<RunningPipeline> {
  const program = join(import.meta.dirname, '../local.ts');
  const child = spawn(process.execPath, [program, '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyAt(child);
  const post = async (path: string, body: string, type: string) => {
    const answer = await fetch(new URL(path, url), { method: 'POST', body, headers: { 'content-type': type } });
    if (answer.status >= 400) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  return {
    submit: ({ email, visitor }) =>
      post(
        '/f/ebook',
        new URLSearchParams({ ...answers, email, ripen_aid: visitor }).toString(),
        'application/x-www-form-urlencoded',
      ),
    view: ({ visitor }) =>
      post(
        '/v1/page',
        JSON.stringify({ anonymousId: visitor, messageId: `view-of-${visitor}`, context: { page: { path: '/blog' } } }),
        'application/json',
      ),
    async cpuOf(work) {
      const processes = treeOf(child.pid ?? 0);
      const before = cpuOf(processes);
      await work();
      // It answers 504 after half a minute of work, and is asked again.
      while (!(await fetch(new URL('/_local/settle', url), { method: 'POST' })).ok);
      return cpuOf(processes) - before;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What it says last when it has started. @throws when it ends instead. */
async function readyAt(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the pipeline has no output');
  for await (const text of createInterface(child.stdout)) {
    const [, url] = /^Ripen is ready: (\S+)/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the pipeline has not started');
}

/** A few at a time, as visitors come. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let first = 0; first < items.length; first += 4) await Promise.all(items.slice(first, first + 4).map(work));
}
