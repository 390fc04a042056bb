import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { type Publish, publisher } from '../../functions/runtime/publish.ts';
import { prepared } from '../local/prepare.ts';

/** Where an import goes: the pipeline on this machine. */
export interface Pipeline {
  /** A sentence: on which data folder it works, and where it answers. */
  readonly place: string;
  readonly publish: Publish;
  /** The pipeline's clock, in epoch milliseconds. */
  readonly now: () => Promise<number>;
  /** Waits until the pipeline has come to rest, however long that takes; says every second how many messages are under way. */
  settle(onLeft: (messages: number) => void): Promise<void>;
  /** Lets go; stops the pipeline when it was started for the import. */
  close(): Promise<void>;
}

/** What a runner writes into its data folder while it runs. */
const RunnerFile = z.object({
  url: z.string(),
  endpoints: z.object({ eventBridge: z.string() }),
  buses: z.array(z.string()),
});
type RunnerFile = z.infer<typeof RunnerFile>;

/** Queues as the runner lists them; dead letters lie in those that show their content. */
const QueueList = z.object({
  queues: z.array(
    z.object({
      visible: z.number(),
      inFlight: z.number(),
      delayed: z.number(),
      deadLetters: z.array(z.unknown()).optional(),
    }),
  ),
});
const Clock = z.object({ now: z.iso.datetime() });

/** The pipeline that runs on the folder; when none does, one is started for as long as the import takes. */
export async function openPipeline({ data, playbook }: { data: string; playbook: string }): Promise<Pipeline> {
  const running = await runningOn(data);
  if (!running) return started({ data, playbook });
  return { ...joined(running), place: `Into the Ripen that runs on ${resolve(data)}: ${running.url}` };
}

async function runningOn(data: string): Promise<RunnerFile | undefined> {
  const text = await readFile(join(data, 'runner.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const runner = RunnerFile.parse(JSON.parse(text));
  // The file outlives a `kill -9`.
  const answer = await fetch(new URL('/_local/clock', runner.url)).catch(() => undefined);
  return answer?.ok ? runner : undefined;
}

function joined({ url, endpoints, buses }: RunnerFile): Omit<Pipeline, 'place'> {
  return {
    publish: publishTo(endpoints.eventBridge, buses),
    async now() {
      const answer = await fetch(new URL('/_local/clock', url));
      return Date.parse(Clock.parse(await answer.json()).now);
    },
    async settle(onLeft) {
      const watch = setInterval(() => void messagesLeft(url).then(onLeft, () => {}), 1_000);
      try {
        // It answers 504 after half a minute of work: what is left then goes on while it is asked again.
        while (!(await fetch(new URL('/_local/settle', url), { method: 'POST' })).ok);
      } finally {
        clearInterval(watch);
      }
    },
    async close() {},
  };
}

async function started(folders: { data: string; playbook: string }): Promise<Pipeline> {
  const { startRunner } = await import('../local/runner.ts');
  const log = (line: string) => console.error(line);
  const runner = await startRunner({ port: 0, log, ...prepared(folders) });
  const { url, endpoints, blueprint } = runner;
  return {
    ...joined({ url, endpoints, buses: [...blueprint.buses] }),
    place: `Into the data folder ${resolve(folders.data)}, on which no Ripen was running; to see it: npm start -- --data ${folders.data}`,
    close: () => runner.stop(),
  };
}

async function messagesLeft(url: string): Promise<number> {
  const answer = await fetch(new URL('/_local/queues', url));
  const { queues } = QueueList.parse(await answer.json());
  const alive = queues.filter(({ deadLetters }) => deadLetters === undefined);
  return alive.reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
}

function publishTo(endpoint: string, buses: readonly string[]): Publish {
  const bus = buses.find((name) => name !== 'default');
  if (bus === undefined) throw new Error('the pipeline has no bus of its own: start it again with npm start');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return publisher(new EventBridgeClient({ endpoint, region: 'us-east-1', credentials }), bus);
}
