import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readAssembly } from './assembly.ts';
import { type Blueprint, readBlueprint } from './blueprint.ts';
import { openBus } from './bus.ts';
import { openCheckpoints } from './checkpoints.ts';
import { type Clock, openClock } from './clock.ts';
import { openCloud } from './cloud.ts';
import { takeDataFolder } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { startDynamoDb } from './dynamodb.ts';
import { awsEndpoints } from './endpoints.ts';
import { openFunctionLog } from './function-log.ts';
import { openFunctions } from './functions.ts';
import { plainAnswer } from './http-answer.ts';
import { httpApi, listen, type RequestHandler } from './http-api.ts';
import { openIdleAnswers } from './idle-answers.ts';
import { after, localRoutes } from './local-routes.ts';
import { openQueues } from './queues.ts';
import { openScheduler, SCHEDULE_BUS, scheduleRules } from './scheduler.ts';
import { openSecrets } from './secrets.ts';
import { openSes } from './ses.ts';
import { type Settled, settle } from './settle.ts';
import { type Poller, startSqsPoller } from './sqs-poller.ts';
import { startStreamPoller } from './stream-poller.ts';
import { ensureTable } from './tables.ts';
import { reasonOf } from './template-error.ts';
import { sweepExpired } from './time-to-live.ts';
import { type Travel, travel } from './travel.ts';
import { turns } from './turns.ts';
import { functionVariables, type ServiceEndpoints } from './variables.ts';
import { openWriteGroup } from './write-group.ts';

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
  /** What a person should see: steps, failures. Silent when left out. */
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
const TRIM_EVERY = 500;

/** A failed message comes back soon, then ever later: a write conflict is over in no time, a fault may take a while. */
const retryDelaySeconds = (receiveCount: number) => Math.min(0.25 * 2 ** (receiveCount - 1), 30);

/** Starts the pipeline of an assembly. Rejects with a StartError or a TemplateError, having undone what it had begun. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const undo: (() => unknown)[] = [];
  try {
    return await start(options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function start({ log = () => {}, ...options }: RunnerOptions, undo: (() => unknown)[]): Promise<Runner> {
  const onError = (error: unknown) => log(reasonOf(error));
  const folder = takeDataFolder(options.dataFolder);
  undo.push(() => folder.release());

  let handle: RequestHandler = async () => plainAnswer(503, 'Ripen is starting');
  const front = await listen(options.port, (request) => handle(request), onError);
  undo.push(() => front.server.close());
  const url = `http://127.0.0.1:${front.port}`;
  await options.prepare?.();
  const blueprint = readBlueprint(openCloud(readAssembly(options.assemblyFolder, url), url));
  const { region, account } = blueprint;

  const dynamoDb = await startDynamoDb(folder, log);
  undo.push(() => dynamoDb.stop());
  for (const table of blueprint.tables) await ensureTable(table, dynamoDb.call);

  const db = openDatabase(folder.file('runner.sqlite'));
  undo.push(() => db.close());
  const clock = openClock(db, options.startAt);
  const write = openWriteGroup(db);
  const queues = openQueues(db, blueprint.queues);
  const idle = openIdleAnswers();
  const functionLog = openFunctionLog(folder.file('functions.log'), log);

  let serve: RequestHandler = async () => plainAnswer(503, 'Ripen is starting');
  const back = await listen(0, (request) => serve(request), onError);
  undo.push(() => back.server.close());
  const aws = `http://127.0.0.1:${back.port}`;
  const endpoints = { dynamoDb: dynamoDb.endpoint, eventBridge: aws, ses: aws, secretsManager: aws };
  const functions = openFunctions({
    specs: blueprint.functions,
    clock,
    log: functionLog,
    variables: (spec) => functionVariables(spec, { region, endpoints, folder }),
    arn: (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  });
  undo.push(() => functions.stop(0));
  const invoke = async (functionName: string, payload: unknown) => {
    const answer = await functions.invoke(functionName, payload);
    idle.note(functionName, answer);
    return answer;
  };

  const newId = randomUUID;
  const rules = [...blueprint.rules, ...scheduleRules(blueprint.schedules)];
  const buses = [...blueprint.buses, SCHEDULE_BUS];
  const bus = openBus({ db, clock, queues, buses, rules, invoke, newId, account, region });
  undo.push(() => bus.close());
  const emit = (event: Parameters<typeof bus.put>[1]) => bus.put('default', event);
  const writeMail = <T>(work: () => T) => write('promised', work);
  const ses = openSes({
    db,
    clock,
    emit,
    write: writeMail,
    newId,
    account,
    region,
    baseUrl: () => url,
    ...blueprint.mail,
  });
  const secrets = openSecrets({ folder: folder.path, secrets: blueprint.secrets });
  serve = awsEndpoints({ bus, ses, secrets, write, port: () => back.port });

  for (const name of blueprint.triggers) await invoke(name, {});
  const pollers = await startPollers();
  const scheduler = openScheduler({ db, clock, bus, schedules: blueprint.schedules, idle, region, account, newId });
  const consumed = new Set(blueprint.eventSources.filter(({ kind }) => kind === 'queue').map(({ source }) => source));
  const pipeline = { queues, bus, functions, ses, pollers, scheduler, idle, consumed, clock };

  const inTurn = turns();
  const settleNow = (limitMs = SETTLE_LIMIT_MS) => inTurn.take(() => settle(pipeline, limitMs));
  const travelTo = (targetMs: number) =>
    inTurn.take(async () => {
      const journey = await travel(targetMs, pipeline);
      await sweep();
      return journey;
    });

  const local = localRoutes({
    port: front.port,
    queues,
    consumed,
    inbox: ses.route,
    now: clock.now,
    shiftMs: () => clock.shiftMs,
    settle: settleNow,
    travel: travelTo,
  });
  const api = httpApi(blueprint.api, { port: front.port, account, clock, invoke });
  handle = (request) => (/^\/_local(?:[/?]|$)/.test(request.target) ? local(request) : api(request));

  scheduler.start(inTurn.isTaken);
  const sweeper = setInterval(() => void sweep().catch(onError), HOUR_MS);
  const runnerFile = folder.file('runner.json');
  writeFileSync(runnerFile, JSON.stringify(description(), null, 2), { mode: 0o600 });

  return { url, clock, endpoints, blueprint, settle: settleNow, advance, stop };

  async function startPollers(): Promise<Poller[]> {
    const sources = blueprint.eventSources;
    const checkpoints = openCheckpoints(db);
    const shared = { queues, write, clock, region, account, invoke, onError };
    const ofQueues = new Map<string, Poller>();
    for (const source of sources.filter(({ kind }) => kind === 'queue')) {
      ofQueues.set(source.source, startSqsPoller(source, { ...shared, retryDelaySeconds }));
    }
    queues.onSend((queue) => ofQueues.get(queue)?.wake());
    const trimmed = new Map<string, number>();
    const streams = sources.filter(({ kind }) => kind === 'stream');
    const ofStreams = await Promise.all(
      streams.map((source) => startStreamPoller(source, { ...shared, dynamoDb, checkpoints, onProgress: trim })),
    );
    functions.onEnd(() => {
      for (const poller of ofStreams) poller.wake();
    });
    return [...ofQueues.values(), ...ofStreams];

    /** What every reader of a stream is done with need not be kept. */
    function trim(table: string): void {
      const places = streams
        .filter(({ source }) => source === table)
        .map(({ name }) => Number(checkpoints.get(name) ?? 0));
      const done = Math.min(...places);
      if (done < (trimmed.get(table) ?? 0) + TRIM_EVERY) return;
      trimmed.set(table, done);
      dynamoDb.trimStream(table, done);
    }
  }

  function sweep(): Promise<number> {
    return sweepExpired(blueprint.tables, clock.now(), dynamoDb.call);
  }

  function advance(by: number | string): Promise<Travel> {
    if (typeof by === 'number') return travelTo(clock.now() + by);
    return travelTo(by.startsWith('P') ? after(clock.now(), by) : Date.parse(by));
  }

  function description(): object {
    const variables = blueprint.functions.map(
      (spec) => [spec.name, functionVariables(spec, { region, endpoints, folder })] as const,
    );
    return { pid: process.pid, url, endpoints, buses: blueprint.buses, functions: Object.fromEntries(variables) };
  }

  async function stop(): Promise<void> {
    scheduler.stop();
    clearInterval(sweeper);
    front.server.close();
    front.server.closeIdleConnections();
    const drained = Promise.all(pollers.map((poller) => poller.stop()));
    const grace = new AbortController();
    await Promise.race([drained, pause(STOP_GRACE_MS, undefined, { signal: grace.signal }).catch(() => {})]);
    grace.abort();
    bus.close();
    await functions.stop(STOP_GRACE_MS / 3);
    await drained; // What was cut short has failed by now and is back in its queue.
    front.server.closeAllConnections();
    back.server.close();
    back.server.closeAllConnections();
    await functionLog.close();
    await dynamoDb.stop();
    db.close();
    rmSync(runnerFile, { force: true });
    folder.release();
  }
}
