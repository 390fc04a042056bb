import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Buckets } from './buckets/buckets.ts';
import type { Closing } from './closing.ts';
import { type DynamoDb, startDynamoDb } from './dynamodb/dynamodb.ts';
import { ensureTable } from './dynamodb/tables.ts';
import { openBus } from './events/bus.ts';
import { openScheduler, SCHEDULE_BUS, scheduleRules } from './events/scheduler.ts';
import { openFunctionLog } from './functions/function-log.ts';
import { openFunctions } from './functions/functions.ts';
import { functionVariables, type ServiceEndpoints } from './functions/variables.ts';
import { awsEndpoints } from './http/endpoints.ts';
import { listen } from './http/listener.ts';
import type { Inbound } from './mail/inbound.ts';
import { erasedLead, openMail } from './mail/open-mail.ts';
import { type OutboundCalls, openOutboundCalls } from './outbound/outbound-calls.ts';
import { capturePath } from './outbound/outbound-capture.ts';
import { type Checkpoints, openCheckpoints } from './pollers/checkpoints.ts';
import { startPollers } from './pollers/pollers.ts';
import { openQueues } from './queues/queues.ts';
import { openSecrets } from './secrets.ts';
import type { DataFolder } from './storage/data-folder.ts';
import { openDatabase } from './storage/database.ts';
import { openWriteGroup } from './storage/write-group.ts';
import type { Blueprint } from './template/blueprint.ts';
import { type Clock, openClock } from './time/clock.ts';
import { openIdleAnswers } from './time/idle-answers.ts';
import type { SettleDeps } from './time/settle.ts';

export interface PipelineDeps {
  readonly blueprint: Blueprint;
  readonly folder: DataFolder;
  /** Where the pipeline answers people. */
  readonly url: string;
  readonly startAt: number | undefined;
  readonly closing: Closing;
  log(line: string): void;
  onError(error: unknown): void;
}

/** Everything of the template, running; only the doors to the outside are still shut. */
export interface Pipeline extends SettleDeps {
  readonly clock: Clock;
  readonly dynamoDb: DynamoDb;
  readonly db: DatabaseSync;
  readonly checkpoints: Checkpoints;
  readonly endpoints: ServiceEndpoints;
  readonly buckets: Buckets;
  readonly inbound: Inbound;
  readonly calls: OutboundCalls;
  /** The environment each function is given, by its name. */
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
}

/** Opens what the blueprint asks for, the tables first and what feeds functions last. Everything goes on where it was. */
export async function openPipeline(deps: PipelineDeps): Promise<Pipeline> {
  const { blueprint, folder, closing, log, onError } = deps;
  const { region, account } = blueprint;
  const dynamoDb = await startDynamoDb(folder, log);
  closing.add(() => dynamoDb.stop());
  for (const table of blueprint.tables) await ensureTable(table, dynamoDb.call);

  const db = openDatabase(folder.file('runner.sqlite'));
  closing.add(() => db.close());
  const clock = openClock(db, deps.startAt);
  const write = openWriteGroup(db);
  const queues = openQueues(db, blueprint.queues);
  const consumed = new Set(blueprint.eventSources.filter(({ kind }) => kind === 'queue').map(({ source }) => source));
  // Nothing is fed from a dead-letter queue: what lies there waits for a person.
  queues.onSend((queue) => {
    if (!consumed.has(queue))
      log(`something failed for good and waits in ${queue}: see ${deps.url}/_local/queues, and functions.log for why`);
  });
  const services = await listen(0, onError);
  closing.add(() => services.close());
  const aws = `http://127.0.0.1:${services.port}`;
  const outbound = `${aws}${capturePath}`;
  const endpoints = {
    dynamoDb: dynamoDb.endpoint,
    eventBridge: aws,
    ses: aws,
    secretsManager: aws,
    others: aws,
    outbound,
  };

  const { functions, idle, invoke, variables } = startFunctions(deps, clock, endpoints);
  const shared = { db, clock, queues, write, invoke, account, region, newId: randomUUID };
  const rules = [...blueprint.rules, ...scheduleRules(blueprint.schedules)];
  const bus = openBus({ ...shared, buses: [...blueprint.buses, SCHEDULE_BUS], rules });
  closing.add(() => bus.close());
  const mail = openMail({ ...shared, blueprint, bus, url: deps.url });
  const secrets = openSecrets({ folder: folder.path, secrets: blueprint.secrets });
  const calls = openOutboundCalls(db);
  bus.onPut((event) => {
    const leadId = erasedLead(event);
    if (leadId !== undefined) calls.forget(leadId);
  });
  services.serve(awsEndpoints({ ...mail, bus, secrets, write, calls, now: clock.now, port: services.port }));

  for (const name of blueprint.triggers) await invoke(name, {});
  const checkpoints = openCheckpoints(db);
  const pollers = await startPollers(blueprint.eventSources, { ...shared, functions, dynamoDb, checkpoints, onError });
  const scheduler = openScheduler({ ...shared, bus, schedules: blueprint.schedules, idle });
  return {
    clock,
    queues,
    bus,
    functions,
    ...mail,
    calls,
    pollers,
    scheduler,
    idle,
    consumed,
    dynamoDb,
    db,
    checkpoints,
    endpoints,
    variables,
    invoke,
  };
}

/** The functions, and the one way to invoke them: what they answer about being idle is noted. */
function startFunctions({ blueprint, folder, closing, log }: PipelineDeps, clock: Clock, endpoints: ServiceEndpoints) {
  const { region, account } = blueprint;
  // A stream, too, tries again, but waits meanwhile: what holds it up is told at once.
  const queued = blueprint.eventSources.filter(({ kind }) => kind === 'queue');
  const triedAgain = new Set([
    ...queued.map(({ functionName }) => functionName),
    ...[...blueprint.rules, ...blueprint.schedules].flatMap(({ targets }) => targets.map(({ name }) => name)),
  ]);
  const functionLog = openFunctionLog(folder.file('functions.log'), log, (name) => triedAgain.has(name));
  closing.add(() => functionLog.close());
  const idle = openIdleAnswers();
  const variables = Object.fromEntries(
    blueprint.functions.map((spec) => [spec.name, functionVariables(spec, { region, endpoints, folder })]),
  );
  const functions = openFunctions({
    specs: blueprint.functions,
    clock,
    log: functionLog,
    variables,
    arn: (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  });
  closing.add(() => functions.stop(0));
  const invoke = async (functionName: string, payload: unknown) => {
    const answer = await functions.invoke(functionName, payload);
    idle.note(functionName, answer);
    return answer;
  };
  return { functions, idle, invoke, variables };
}
