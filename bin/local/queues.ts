import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { afterCommit, transaction } from './database.ts';

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

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestSentAt: number | null;
  /** When the first message that is hidden now becomes visible; null when none is hidden. */
  readonly nextVisibleAt: number | null;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queue_message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    receipt TEXT UNIQUE,   -- of the consumer that holds the message; null when nobody does
    cause TEXT,            -- why the last consumer gave it back
    source TEXT            -- of a dead letter: the queue it came from
  ) STRICT;
  CREATE INDEX IF NOT EXISTS queue_message_by_visibility ON queue_message (queue, visible_at);
  CREATE INDEX IF NOT EXISTS queue_message_by_age ON queue_message (queue, sent_at);
`;

const Row = z
  .object({
    message_id: z.string(),
    receipt: z.string().nullable(),
    body: z.string(),
    sent_at: z.number(),
    first_received_at: z.number().nullable(),
    receive_count: z.number(),
    attributes: z.string(),
    cause: z.string().nullable(),
  })
  .transform((row) => ({
    messageId: row.message_id,
    receiptHandle: row.receipt ?? '',
    body: row.body,
    sentAt: row.sent_at,
    firstReceivedAt: row.first_received_at ?? 0,
    receiveCount: row.receive_count,
    attributes: z.record(z.string(), z.string()).parse(JSON.parse(row.attributes)),
    cause: row.cause,
  }));

const Depth = z.object({
  visible: z.number(),
  inFlight: z.number(),
  delayed: z.number(),
  oldestSentAt: z.number().nullable(),
  nextVisibleAt: z.number().nullable(),
});

const Sequence = z.object({ sequence: z.number() });
const DeadLetter = z.object({ sequence: z.number(), source: z.string() });

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
  db.exec(SCHEMA);
  db.prepare(
    'UPDATE queue_message SET visible_at = ?, receipt = NULL, receive_count = receive_count - 1 WHERE receipt IS NOT NULL',
  ).run(wall());

  const statements = prepare(db);
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

  function insert(queue: string, body: string, delaySeconds: number, attributes: Record<string, string>): string {
    const messageId = randomUUID();
    const now = wall();
    statements.insert.run(queue, messageId, body, JSON.stringify(attributes), now, now + delaySeconds * 1000);
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
          const until = now + taken.visibilityTimeoutSeconds * 1000;
          const { cause: _, ...message } = Row.parse(statements.take.get(randomUUID(), until, now, sequence));
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
      const visibleAt = wall() + visibleInSeconds * 1000;
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
      return statements.list.all(queue, limit).map((row) => Row.parse(row));
    },
    redrive(deadLetterQueue) {
      spec(deadLetterQueue);
      const rows = statements.deadLetters.all(deadLetterQueue, wall()).map((row) => DeadLetter.parse(row));
      const known = rows.filter(({ source }) => queues.has(source));
      transaction(db, () => {
        for (const { sequence, source } of known) {
          const now = wall();
          statements.resend.run(source, randomUUID(), now, now, sequence);
          wake(source);
        }
      });
      return known.length;
    },
    names: () => [...queues.keys()],
    onSend(listener) {
      listeners.push(listener);
    },
  };
}

function prepare(db: DatabaseSync) {
  return {
    insert: db.prepare(
      'INSERT INTO queue_message (queue, message_id, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    anyVisible: db.prepare('SELECT 1 FROM queue_message WHERE queue = ? AND visible_at <= ? LIMIT 1'),
    visible: db.prepare(
      'SELECT sequence FROM queue_message WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, sequence LIMIT ?',
    ),
    take: db.prepare(`
      UPDATE queue_message
      SET receipt = ?, visible_at = ?, receive_count = receive_count + 1, first_received_at = coalesce(first_received_at, ?)
      WHERE sequence = ? RETURNING *`),
    bury: db.prepare(`
      UPDATE queue_message
      SET source = queue, queue = :deadLetterQueue, visible_at = :now,
          cause = coalesce(cause, CASE WHEN receipt IS NULL THEN NULL ELSE 'the consumer did not answer within the visibility timeout' END),
          receipt = NULL
      WHERE queue = :queue AND visible_at <= :now AND receive_count >= :max`),
    remove: db.prepare('DELETE FROM queue_message WHERE queue = ? AND receipt = ?'),
    release: db.prepare(
      'UPDATE queue_message SET visible_at = ?, receipt = NULL, cause = coalesce(?, cause) WHERE queue = ? AND receipt = ?',
    ),
    depth: db.prepare(`
      SELECT count(*) FILTER (WHERE visible_at <= :now) AS visible,
             count(*) FILTER (WHERE visible_at > :now AND receipt IS NOT NULL) AS inFlight,
             count(*) FILTER (WHERE visible_at > :now AND receipt IS NULL) AS delayed,
             min(sent_at) AS oldestSentAt,
             min(visible_at) FILTER (WHERE visible_at > :now) AS nextVisibleAt
      FROM queue_message WHERE queue = :queue`),
    deadLetters: db.prepare(
      'SELECT sequence, source FROM queue_message WHERE queue = ? AND visible_at <= ? AND source IS NOT NULL',
    ),
    resend: db.prepare(`
      UPDATE queue_message
      SET queue = ?, message_id = ?, sent_at = ?, visible_at = ?, receive_count = 0, first_received_at = NULL, receipt = NULL,
          cause = NULL, source = NULL
      WHERE sequence = ?`),
    list: db.prepare(`
      SELECT *, coalesce(cause, attributes ->> 'ERROR_MESSAGE') AS cause FROM queue_message WHERE queue = ? ORDER BY sent_at DESC, sequence DESC LIMIT ?`),
  };
}
