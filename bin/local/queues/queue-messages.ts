import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** All queues in one table: a message changes queue by changing a column, so it is never in two or in none. */
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

/** A stored message as its consumer sees it, with the cause of its last failure. */
export const StoredMessage = z
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

/** How much of a queue is in which state. */
export const Depth = z.object({
  visible: z.number(),
  inFlight: z.number(),
  delayed: z.number(),
  oldestSentAt: z.number().nullable(),
  nextVisibleAt: z.number().nullable(),
});

/** A row, to be changed. */
export const Sequence = z.object({ sequence: z.number() });

/** A dead letter's row, and the queue it came from. */
export const DeadLetter = z.object({ sequence: z.number(), source: z.string() });

/** Creates the table if need be and prepares every statement on it. */
export function openMessages(db: DatabaseSync) {
  db.exec(SCHEMA);
  return {
    freeHeld: db.prepare(
      'UPDATE queue_message SET visible_at = ?, receipt = NULL, receive_count = receive_count - 1 WHERE receipt IS NOT NULL',
    ),
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
          cause = CASE WHEN receipt IS NULL THEN cause ELSE 'the consumer did not answer within the visibility timeout' END,
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
