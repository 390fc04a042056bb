import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Closing, openClosing } from './closing.ts';
import { sweepExpired } from './dynamodb/time-to-live.ts';
import type { ServiceEndpoints } from './functions/variables.ts';
import { httpApi } from './http/http-api.ts';
import { listen, type RequestHandler } from './http/listener.ts';
import { after, localRoutes } from './http/local-routes.ts';
import { callRoutes } from './inbox/call-routes.ts';
import { inOrder } from './inbox/inbox-routes.ts';
import { outboundRoutes } from './outbound/outbound-routes.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { compact } from './storage/compact.ts';
import { takeDataFolder } from './storage/data-folder.ts';
import { readAssembly } from './template/assembly.ts';
import { type Blueprint, readBlueprint } from './template/blueprint.ts';
import { openCloud } from './template/cloud.ts';
import { reasonOf } from './template/template-error.ts';
import type { Clock } from './time/clock.ts';
import { type Settled, settle } from './time/settle.ts';
import { type Travel, travel } from './time/travel.ts';
import { type Turns, turns } from './time/turns.ts';

export interface RunnerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataFolder: string;
  /** The cloud assembly, `cdk.out`. Synthesized with the base URL `http://127.0.0.1:0`, it runs on any port. */
  readonly assemblyFolder: string;
  /** Makes the assembly. Called once folder and port are ours, so that a second instance touches nothing. */
  readonly prepare?: () => Promise<void>;
  /** Epoch milliseconds at which an empty data folder begins, also in the past. */
  readonly startAt?: number;
  /** What a person should see: failures, and what the runner does about them. Silent when left out. */
  readonly log?: (line: string) => void;
}

/** A running pipeline. */
export interface Runner {
  readonly url: string;
  readonly clock: Clock;
  /** Where the AWS services answer, for programs that use the SDK. */
  readonly endpoints: ServiceEndpoints;
  readonly blueprint: Blueprint;
  /** Waits until nothing is queued, in flight, on a stream or due; `settled` is false when `limitMs` (30 s) was too short. */
  settle(limitMs?: number): Promise<Settled>;
  /** Moves the clock on: by milliseconds, by an ISO duration (`P3D`), or to an ISO instant. */
  advance(by: number | string): Promise<Travel>;
  /** Ends what is running, within 5 seconds, and lets go of the data folder. */
  stop(): Promise<void>;
}

const SETTLE_LIMIT_MS = 30_000;
const STOP_GRACE_MS = 3_000;
const HOUR_MS = 3_600_000;

/** Starts the pipeline of an assembly. Rejects with a StartError or a TemplateError, having undone what it had begun. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const closing = openClosing();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function start({ log = () => {}, ...options }: RunnerOptions, closing: Closing): Promise<Runner> {
  const onError = (error: unknown) => log(reasonOf(error));
  const folder = takeDataFolder(options.dataFolder);
  closing.add(() => folder.release());
  const front = await listen(options.port, onError);
  closing.add(() => front.close());
  const url = `http://127.0.0.1:${front.port}`;
  await options.prepare?.();

  const blueprint = readBlueprint(openCloud(readAssembly(options.assemblyFolder, url), url));
  const pipeline = await openPipeline({ blueprint, folder, url, startAt: options.startAt, closing, log, onError });
  const inTurn = turns();
  const moves = movesOf(pipeline, blueprint, inTurn);
  front.serve(frontDoor(pipeline, blueprint, { ...moves, port: front.port }));
  pipeline.scheduler.start(inTurn.isTaken);
  closing.add(() => pipeline.scheduler.stop());
  const sweeper = setInterval(() => void moves.sweep().catch(onError), HOUR_MS);
  closing.add(() => clearInterval(sweeper));

  const { clock, endpoints, variables } = pipeline;
  const runnerFile = folder.file('runner.json');
  const description = { pid: process.pid, url, endpoints, buses: blueprint.buses, functions: variables };
  writeFileSync(runnerFile, JSON.stringify(description, null, 2), { mode: 0o600 });
  closing.add(() => rmSync(runnerFile, { force: true }));
  return {
    url,
    clock,
    endpoints,
    blueprint,
    settle: moves.settle,
    advance: moves.advance,
    async stop() {
      pipeline.scheduler.stop();
      const closed = front.close(STOP_GRACE_MS);
      await drain(pipeline);
      await closed;
      await closing.run();
    },
  };
}

/** Settling, travelling and compacting, one after the other. */
function movesOf(pipeline: Pipeline, { tables, eventSources }: Blueprint, inTurn: Turns) {
  const { clock, dynamoDb, buckets } = pipeline;
  const sweep = async () => {
    buckets.expire();
    return sweepExpired(tables, clock.now(), dynamoDb.call);
  };
  const travelTo = (targetMs: number) =>
    inTurn.take(async () => {
      const journey = await travel(targetMs, pipeline);
      await sweep();
      return journey;
    });
  return {
    sweep,
    travel: travelTo,
    settle: (limitMs = SETTLE_LIMIT_MS) => inTurn.take(() => settle(pipeline, limitMs)),
    compact: () =>
      inTurn.take(() =>
        compact({ ...pipeline, tables, eventSources, sweep, settle: () => settle(pipeline, SETTLE_LIMIT_MS) }),
      ),
    advance(by: number | string) {
      if (typeof by === 'number') return travelTo(clock.now() + by);
      return travelTo(by.startsWith('P') ? after(clock.now(), by) : Date.parse(by));
    },
  };
}

/** The one public address: the template's API, and beside it what only this machine has. */
function frontDoor(
  { queues, consumed, ses, inbound, calls, clock, invoke }: Pipeline,
  { api, account }: Blueprint,
  moves: Pick<ReturnType<typeof movesOf>, 'settle' | 'compact' | 'travel'> & { readonly port: number },
): RequestHandler {
  const local = localRoutes({
    ...moves,
    queues,
    consumed,
    ses,
    inbound,
    inbox: inOrder(outboundRoutes(calls), callRoutes(calls), ses.route),
    clock,
  });
  const template = httpApi(api, { port: moves.port, account, clock, invoke });
  return (request) => (/^\/_local(?:[/?]|$)/.test(request.target) ? local(request) : template(request));
}

/** Takes nothing new and finishes what is under way; what takes too long fails, and is tried again at the next start. */
async function drain({ pollers, bus, functions }: Pipeline): Promise<void> {
  const drained = Promise.all(pollers.map((poller) => poller.stop()));
  const grace = new AbortController();
  await Promise.race([drained, pause(STOP_GRACE_MS, undefined, { signal: grace.signal }).catch(() => {})]);
  grace.abort();
  bus.close();
  await functions.stop(STOP_GRACE_MS / 3);
  await drained;
}
