import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { afterCommit, transaction } from '../storage/database.ts';
import { DeadLetter, Depth, openMessages, Sequence, StoredMessage } from './queue-messages.ts';

/** A queue of the template. Times in seconds, as CloudFormation states them. */
export interface QueueSpec {
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds?: number;
  readonly redrive?: { readonly deadLetterQueue: string; readonly maxReceiveCount: number };
}

/** A message as its consumer sees it. Instants are wall time in epoch milliseconds. */
export interface QueueMessage {
  readonly messageId: string;
  /** Empty while nobody holds the message (only seen through `list`). */
  readonly receiptHandle: string;
  readonly body: string;
  readonly sentAt: number;
  /** 0 when the message was never received (only seen through `list`). */
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
  readonly attributes: Record<string, string>;
}

/** SQS semantics on SQLite: at least once, durable when a call returns. Visibility and delays run on wall time. */
export interface Queues {
  /** Stores one message and returns its id. `delaySeconds` overrides the queue's own. */
  send(queue: string, body: string, options?: { delaySeconds?: number; attributes?: Record<string, string> }): string;
  /** Stores all of them, or none. */
  sendMany(queue: string, bodies: readonly string[]): void;
  /** Takes up to `max` visible messages, after moving those received too often to the dead-letter queue. */
  receive(queue: string, max: number): QueueMessage[];
  /** Deletes what was handled. A handle that is no longer the latest of its message deletes nothing. */
  remove(queue: string, receiptHandles: readonly string[]): void;
  /** Gives failed messages back, visible again after `visibleInSeconds`; `cause` is what the dead-letter page will say. */
  release(queue: string, receiptHandles: readonly string[], visibleInSeconds: number, cause?: string): void;
  /** What the queue holds. A released message waiting for its next try counts as delayed, not as in flight. */
  depth(queue: string): QueueDepth;
  /** The newest `limit` messages, untouched. */
  list(queue: string, limit: number): readonly (QueueMessage & { cause: string | null })[];
  /**
   * Sends dead letters back to the queues they came from, as new messages, and returns how many. Those that came from no
   * queue (a rule's failed target) stay, and so do those that someone holds.
   */
  redrive(deadLetterQueue: string): number;
  names(): readonly string[];
  /** Calls `listener` whenever a queue may have something new to receive, now or at its `nextVisibleAt`. */
  onSend(listener: (queue: string) => void): void;
}

interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestSentAt: number | null;
  /** When the first message that is hidden now becomes visible; null when none is hidden. */
  readonly nextVisibleAt: number | null;
}

/**
 * Opens the queues of the template on `db`. One process at a time: what a former process had in flight when it died is
 * visible again at once, and that receive is not counted: being killed is not the message's fault, so restarting a laptop
 * cannot push anything to a dead-letter queue. `wall` is the machine's time in epoch milliseconds; tests give their own.
 */
export function openQueues(db: DatabaseSync, specs: readonly QueueSpec[], wall: () => number = Date.now): Queues {
  const queues = new Map(specs.map((spec) => [spec.name, spec]));
  for (const { name, redrive } of specs) {
    if (redrive && !queues.has(redrive.deadLetterQueue)) {
      throw new Error(`queue ${name} redrives to ${redrive.deadLetterQueue}, which is not a queue of this template`);
    }
  }
  const statements = openMessages(db);
  statements.freeHeld.run(wall());
  const listeners: ((queue: string) => void)[] = [];
  const wake = (queue: string) =>
    afterCommit(db, () => {
      for (const listener of listeners) listener(queue);
    });

  function spec(queue: string): QueueSpec {
    const found = queues.get(queue);
    if (!found)
      throw new Error(`there is no queue ${queue} in this template; it has: ${[...queues.keys()].join(', ')}`);
    return found;
  }

  /** The instant `seconds` from now; whole milliseconds, as the table wants them. */
  const later = (seconds: number) => wall() + Math.round(seconds * 1000);

  function insert(queue: string, body: string, delaySeconds: number, attributes: Record<string, string>): string {
    const messageId = randomUUID();
    statements.insert.run(queue, messageId, body, JSON.stringify(attributes), wall(), later(delaySeconds));
    return messageId;
  }

  /** Moves what was received `maxReceiveCount` times without success out of the way, with the last cause. */
  function bury({ name, redrive }: QueueSpec): void {
    if (!redrive) return;
    const now = wall();
    const { changes } = statements.bury.run({
      now,
      queue: name,
      deadLetterQueue: redrive.deadLetterQueue,
      max: redrive.maxReceiveCount,
    });
    if (changes > 0) wake(redrive.deadLetterQueue);
  }

  return {
    send(queue, body, options = {}) {
      const { delaySeconds = 0 } = spec(queue);
      const messageId = insert(queue, body, options.delaySeconds ?? delaySeconds, options.attributes ?? {});
      wake(queue);
      return messageId;
    },
    sendMany(queue, bodies) {
      const { delaySeconds = 0 } = spec(queue);
      transaction(db, () => {
        for (const body of bodies) insert(queue, body, delaySeconds, {});
      });
      wake(queue);
    },
    receive(queue, max) {
      const taken = spec(queue);
      // Looking first keeps the frequent empty poll from writing to the disk.
      if (!statements.anyVisible.get(queue, wall())) return [];
      return transaction(db, () => {
        bury(taken);
        const now = wall();
        return statements.visible.all(queue, now, max).map((row) => {
          const { sequence } = Sequence.parse(row);
          const until = later(taken.visibilityTimeoutSeconds);
          const { cause: _, ...message } = StoredMessage.parse(statements.take.get(randomUUID(), until, now, sequence));
          return message;
        });
      });
    },
    remove(queue, receiptHandles) {
      spec(queue);
      transaction(db, () => {
        for (const handle of receiptHandles) statements.remove.run(queue, handle);
      });
    },
    release(queue, receiptHandles, visibleInSeconds, cause) {
      spec(queue);
      const visibleAt = later(visibleInSeconds);
      transaction(db, () => {
        for (const handle of receiptHandles) statements.release.run(visibleAt, cause ?? null, queue, handle);
      });
      wake(queue);
    },
    depth(queue) {
      spec(queue);
      return Depth.parse(statements.depth.get({ queue, now: wall() }));
    },
    list(queue, limit) {
      spec(queue);
      return statements.list.all(queue, limit).map((row) => StoredMessage.parse(row));
    },
    redrive(deadLetterQueue) {
      spec(deadLetterQueue);
      const rows = statements.deadLetters.all(deadLetterQueue, wall()).map((row) => DeadLetter.parse(row));
      const known = rows.filter(({ source }) => queues.has(source));
      transaction(db, () => {
        const now = wall();
        for (const { sequence, source } of known) statements.resend.run(source, randomUUID(), now, now, sequence);
      });
      for (const source of new Set(known.map(({ source }) => source))) wake(source);
      return known.length;
    },
    names: () => [...queues.keys()],
    onSend(listener) {
      listeners.push(listener);
    },
  };
}
