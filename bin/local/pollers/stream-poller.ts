import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDb } from '../dynamodb/dynamodb.ts';
import { parsePattern } from '../events/event-pattern.ts';
import type { Queues } from '../queues/queues.ts';
import type { WriteGroup } from '../storage/write-group.ts';
import type { EventSourceSpec } from '../template/blueprint-events.ts';
import { reasonOf } from '../template/template-error.ts';
import type { Clock } from '../time/clock.ts';
import { reportedFailures } from './batch-response.ts';
import type { Checkpoints } from './checkpoints.ts';
import { onFailureMessage } from './on-failure-message.ts';
import type { Poller } from './sqs-poller.ts';
import { readStream, type StreamReader, type StreamRecord } from './stream-records.ts';

export interface StreamPollerDeps {
  readonly dynamoDb: DynamoDb;
  readonly queues: Queues;
  readonly write: WriteGroup;
  readonly clock: Clock;
  readonly checkpoints: Checkpoints;
  readonly region: string;
  readonly account: string;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Called after records are done with, so that they can be forgotten. */
  onProgress(table: string): void;
  onError(error: unknown): void;
}

/** Writes by functions wake the poller at once; this is for the others, such as a program that uses the tables. */
const LOOK_EVERY_MS = 250;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/**
 * Feeds a function from a table's stream, in order, one batch at a time. A failing batch holds up the stream, as in
 * Lambda: it is tried again (in halves, if the template says so) until it is out of attempts, and then goes to the
 * on-failure queue. The place in the stream is stored after each batch.
 */
export async function startStreamPoller(source: EventSourceSpec, deps: StreamPollerDeps): Promise<Poller> {
  const { dynamoDb, checkpoints } = deps;
  const filters = source.filters.map((filter) => parsePattern(filter));
  let reader = await readStream(source.source, checkpoints.get(source.name), dynamoDb.call);
  if (checkpoints.get(source.name) === null && source.startingPosition === 'LATEST') await skipToLatest(reader);

  const stopping = new AbortController();
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;
  let holdUp: string | undefined;
  const timer = setInterval(wake, LOOK_EVERY_MS);

  return {
    wake,
    async idle() {
      if (running) return false;
      wake();
      const before = checkpoints.get(source.name);
      await running;
      return checkpoints.get(source.name) === before;
    },
    failing: () => holdUp && `${source.functionName} holds up the stream of ${source.source}: ${holdUp}`,
    async stop() {
      stopped = true;
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };

  function wake(): void {
    again = true;
    if (stopped || running) return;
    running = drain().finally(() => {
      running = undefined;
    });
  }

  async function drain(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false;
        for (
          let records = await reader.next(source.batchSize);
          records.length > 0;
          records = await reader.next(source.batchSize)
        ) {
          await deliver(records);
          if (stopped) return;
        }
      }
    } catch (error) {
      if (stopped) return;
      // The reader may be past what was not delivered: go back to the last place that is stored.
      deps.onError(error);
      await rest(LOOK_EVERY_MS);
      reader = await readStream(source.source, checkpoints.get(source.name), dynamoDb.call).catch(() => reader);
    }
  }

  /** Waits, but no longer than the runner runs. */
  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  /** Delivers a batch and stores the place after it. What stops the runner leaves the place where it was. */
  async function deliver(records: readonly StreamRecord[]): Promise<void> {
    const wanted = records.filter((record) => filters.length === 0 || filters.some((matches) => matches(record)));
    if (wanted.length > 0) await deliverUntilDone(wanted);
    const last = records.at(-1);
    if (stopped || !last) return;
    await deps.write('noted', () => checkpoints.set(source.name, last.dynamodb.SequenceNumber));
    deps.onProgress(source.source);
  }

  async function deliverUntilDone(records: readonly StreamRecord[]): Promise<void> {
    let left = records;
    for (let attempt = 0; left.length > 0 && !stopped; attempt += 1) {
      if (attempt > 0) await rest(Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS));
      const { failed, cause } = await tryOnce(left);
      holdUp = failed.length > 0 ? cause : undefined;
      // Progress on part of the batch starts the count anew, as in Lambda.
      if (failed.length < left.length) attempt = 0;
      left = failed;
      if (left.length === 0) return;
      const first = left[0];
      if (isOutOfAttempts(attempt + 1, first)) {
        holdUp = undefined;
        return giveUp(left, attempt + 1, cause);
      }
      if (source.bisectOnError && left.length > 1) {
        const middle = Math.ceil(left.length / 2);
        await deliverUntilDone(left.slice(0, middle));
        left = left.slice(middle);
      }
    }
  }

  /** What is left to do after one invocation. */
  async function tryOnce(
    records: readonly StreamRecord[],
  ): Promise<{ failed: readonly StreamRecord[]; cause: string }> {
    try {
      const answer = await deps.invoke(source.functionName, { Records: records.map(rewritten) });
      if (!source.reportBatchItemFailures) return { failed: [], cause: '' };
      const ids = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      const reported = reportedFailures(answer, ids);
      // Everything from the first failed record on is tried again, to keep the order.
      const first = ids.findIndex((id) => reported.includes(id));
      return {
        failed: first < 0 ? [] : records.slice(first),
        cause: 'the function reported it in batchItemFailures; its log says why',
      };
    } catch (error) {
      return { failed: records, cause: reasonOf(error) };
    }
  }

  function isOutOfAttempts(attempts: number, oldest: StreamRecord | undefined): boolean {
    if (source.maximumRetryAttempts >= 0 && attempts > source.maximumRetryAttempts) return true;
    if (source.maximumRecordAgeSeconds < 0 || !oldest) return false;
    return Date.now() / 1000 - oldest.dynamodb.ApproximateCreationDateTime > source.maximumRecordAgeSeconds;
  }

  function giveUp(records: readonly StreamRecord[], attempts: number, cause: string): void {
    deps.onError(
      new Error(`${source.functionName} gave up on ${records.length} changes of ${source.source}: ${cause}`),
    );
    if (source.onFailureQueue === undefined) return;
    const message = onFailureMessage(records.map(rewritten), {
      functionName: source.functionName,
      streamArn: streamArn(),
      attempts,
      cause,
      nowMs: deps.clock.now(),
    });
    deps.queues.send(source.onFailureQueue, JSON.stringify(message), { attributes: { ERROR_MESSAGE: cause } });
  }

  function streamArn(): string {
    return `arn:aws:dynamodb:${deps.region}:${deps.account}:table/${source.source}/stream/local`;
  }

  /** The engine names itself as the region, and its times are the wall's. */
  function rewritten(record: StreamRecord): StreamRecord {
    const { dynamodb } = record;
    const createdAt = dynamodb.ApproximateCreationDateTime + Math.round(deps.clock.shiftMs / 1000);
    return {
      ...record,
      awsRegion: deps.region,
      eventSourceARN: streamArn(),
      dynamodb: { ...dynamodb, ApproximateCreationDateTime: createdAt },
    };
  }

  /** What was there before the mapping is none of its business. */
  async function skipToLatest(fresh: StreamReader): Promise<void> {
    // Even of an empty stream the place is stored, or a start after a crash would skip what came meanwhile.
    let latest = '0';
    for (let records = await fresh.next(1000); records.length > 0; records = await fresh.next(1000)) {
      latest = records.at(-1)?.dynamodb.SequenceNumber ?? latest;
    }
    checkpoints.set(source.name, latest);
  }
}
