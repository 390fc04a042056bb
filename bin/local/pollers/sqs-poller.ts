import { createHash } from 'node:crypto';
import { parsePattern } from '../events/event-pattern.ts';
import type { QueueMessage, Queues } from '../queues/queues.ts';
import type { WriteGroup } from '../storage/write-group.ts';
import type { EventSourceSpec } from '../template/blueprint-events.ts';
import { reasonOf } from '../template/template-error.ts';
import type { Clock } from '../time/clock.ts';
import { reportedFailures } from './batch-response.ts';

/** Feeds a function from a queue. */
export interface Poller {
  /** Looks for work now; called whenever there may be some. */
  wake(): void;
  /** Whether nothing is being handled, waiting in a batch, or left to read. */
  idle(): boolean | Promise<boolean>;
  /** The function, what it is fed from and why, when its last batch failed; undefined when that went through. */
  failing(): string | undefined;
  /** Stops taking; resolves when what was taken has been handled. */
  stop(): Promise<void>;
}

export interface SqsPollerDeps {
  readonly queues: Queues;
  readonly write: WriteGroup;
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** Failed messages come back after this many seconds, by how often they were received. */
  retryDelaySeconds(receiveCount: number): number;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  onError(error: unknown): void;
}

/** As many batches at once as there are environments to run them, unless the template says otherwise. */
const USUAL_CONCURRENCY = 2;

/**
 * Polls one queue for one function: batches of up to `batchSize`, gathered for at most the batching window, several in
 * flight. What the function reports (or a batch it throws on) goes back to the queue, and from there, in time, to the
 * dead-letter queue.
 */
export function startSqsPoller(source: EventSourceSpec, deps: SqsPollerDeps): Poller {
  const { queues, write } = deps;
  const filters = source.filters.map((filter) => parsePattern(filter));
  const limit = source.maximumConcurrency ?? USUAL_CONCURRENCY;
  const inFlight = new Set<Promise<void>>();
  let stopped = false;
  let looking = false;
  let again = false;
  let alarm: NodeJS.Timeout | undefined;
  let cause: string | undefined;
  void poll();

  return {
    wake: () => void poll(),
    idle: () => inFlight.size === 0 && !looking,
    failing: () => cause && `${source.functionName} fails on messages of ${source.source}: ${cause}`,
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      while (looking || inFlight.size > 0) await Promise.all([...inFlight, write('noted', () => undefined)]);
    },
  };

  /** Takes batches until the queue is empty or every place is taken. */
  async function poll(): Promise<void> {
    again = true;
    if (looking) return;
    looking = true;
    try {
      while (again && !stopped) {
        again = false;
        await takeBatches();
      }
    } catch (error) {
      deps.onError(error);
    }
    looking = false;
  }

  async function takeBatches(): Promise<void> {
    clearTimeout(alarm);
    while (inFlight.size < limit && isBatchDue()) {
      const messages = await write('noted', () => queues.receive(source.source, source.batchSize));
      if (messages.length === 0) break;
      const handling = handle(messages)
        .catch(deps.onError)
        .finally(() => {
          inFlight.delete(handling);
          void poll();
        });
      inFlight.add(handling);
    }
    // With every place taken, the next one that comes free looks again.
    if (inFlight.size < limit && !stopped) setAlarm();
  }

  /** A batch waits for company until it is full or its window has passed. Without a window it never waits. */
  function isBatchDue(): boolean {
    if (source.batchingWindowMs === 0) return true;
    const { visible, oldestSentAt } = queues.depth(source.source);
    return (
      visible >= source.batchSize || (oldestSentAt !== null && Date.now() >= oldestSentAt + source.batchingWindowMs)
    );
  }

  /** For what will be visible later: delayed messages, retries, and batches that wait for company. */
  function setAlarm(): void {
    const { visible, oldestSentAt, nextVisibleAt } = queues.depth(source.source);
    const instants = [];
    if (nextVisibleAt !== null) instants.push(nextVisibleAt);
    if (visible > 0 && oldestSentAt !== null) instants.push(oldestSentAt + source.batchingWindowMs);
    if (instants.length > 0) alarm = setTimeout(() => void poll(), Math.max(1, Math.min(...instants) - Date.now()));
  }

  async function handle(received: readonly QueueMessage[]): Promise<void> {
    const messages = received.filter(passes);
    const skipped = received.filter((message) => !messages.includes(message));
    const failed = new Map<string, string>();
    if (messages.length > 0) {
      for (const [messageId, reason] of await failures(messages)) failed.set(messageId, reason);
      cause = failed.values().next().value;
    }
    const done = [...skipped, ...messages.filter(({ messageId }) => !failed.has(messageId))];
    await write('noted', () => {
      queues.remove(
        source.source,
        done.map(({ receiptHandle }) => receiptHandle),
      );
      for (const { messageId, receiptHandle, receiveCount } of messages) {
        const reason = failed.get(messageId);
        if (reason === undefined) continue;
        queues.release(source.source, [receiptHandle], deps.retryDelaySeconds(receiveCount), reason);
      }
    });
  }

  /** The failed messages with the cause. */
  async function failures(messages: readonly QueueMessage[]): Promise<[string, string][]> {
    const ids = messages.map(({ messageId }) => messageId);
    try {
      const answer = await deps.invoke(source.functionName, { Records: messages.map(record) });
      if (!source.reportBatchItemFailures) return [];
      return reportedFailures(answer, ids).map((id) => [
        id,
        'the function reported it in batchItemFailures; its log says why',
      ]);
    } catch (error) {
      return ids.map((id) => [id, reasonOf(error)]);
    }
  }

  function passes(message: QueueMessage): boolean {
    if (filters.length === 0) return true;
    const event = { body: parsed(message.body), messageAttributes: {} };
    return filters.some((matches) => matches(event));
  }

  function record(message: QueueMessage): object {
    const { region, account, clock } = deps;
    return {
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SentTimestamp: String(message.sentAt + clock.shiftMs),
        SenderId: account,
        ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt + clock.shiftMs),
      },
      messageAttributes: {},
      md5OfBody: createHash('md5').update(message.body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${region}:${account}:${source.source}`,
      awsRegion: region,
    };
  }
}

/** A filter on the body looks into JSON, and at text as it is. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
