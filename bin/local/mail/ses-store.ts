import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { BusEvent } from '../events/bus.ts';
import { addColumn, transaction } from '../storage/database.ts';
import { Mail } from './mail.ts';

/** An event of a message as the inbox lists it. `ignored`: its configuration set tells nobody of this type. */
export interface ListedEvent {
  readonly eventType: string;
  readonly at: number;
  readonly state: 'pending' | 'emitted' | 'ignored';
  /** The event's own part: link, user agent, recipients. */
  readonly detail: unknown;
}

export interface StoredEvent {
  readonly messageId: string;
  readonly eventType: string;
  readonly at: number;
  /** Who is told: `bus`, the default bus, or the ARN of a topic. Nobody: it is kept for the inbox only. */
  readonly destinations: readonly string[];
  readonly event: BusEvent;
}

export interface MailQuery {
  /** Only mail to this address, in whatever capitals. */
  readonly to?: string | undefined;
  readonly limit?: number | undefined;
  /** Only mail accepted before this one. */
  readonly before?: string | undefined;
}

/** What SES keeps: every message it ever accepted, and every event about it. Only what is about an erased lead is ever deleted. */
export interface SesStore {
  /** Keeps `mail` and its events together; durable when it returns. */
  accept(mail: Mail, events: readonly StoredEvent[]): void;
  /** Keeps further events; all or none. */
  add(events: readonly StoredEvent[]): void;
  /** Calls `tell` with every destination of every pending event, oldest first, each marked in the transaction it is told in. */
  drain(tell: (destination: string, event: BusEvent) => void): void;
  pending(): number;
  list(query: MailQuery): Mail[];
  get(messageId: string): Mail | null;
  events(messageId: string): ListedEvent[];
  /** Deletes every message to or about a lead, by its tags, with its events; answers how many messages that were. */
  forget(leadId: string): number;
  /** Recipients accepted after `since`, in epoch milliseconds: what SES counts against its quotas. */
  sentSince(since: number): number;
  /** How many events of each type happened from `since`, per quarter of an hour (its start, epoch milliseconds). */
  statistics(since: number): { readonly quarter: number; readonly eventType: string; readonly count: number }[];
}

const MailRow = z.object({ mail: z.string().transform((text) => Mail.parse(JSON.parse(text))) });
const CountRow = z.object({ count: z.number() });
const PendingRow = z.object({
  seq: z.number(),
  event: z.string(),
  destinations: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});
const EventRow = z.object({
  event_type: z.string(),
  at: z.number(),
  state: z.enum(['pending', 'emitted', 'ignored']),
  event: z.string(),
});
const StatisticsRow = z.object({ quarter: z.number(), eventType: z.string(), count: z.number() });

export function openSesStore(db: DatabaseSync): SesStore {
  db.exec(`
    CREATE TABLE IF NOT EXISTS ses_messages (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, accepted_at INTEGER NOT NULL,
      recipients INTEGER NOT NULL, mail TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS ses_messages_at ON ses_messages (accepted_at);
    CREATE TABLE IF NOT EXISTS ses_recipients (
      address TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (address, seq)) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS ses_events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, event_type TEXT NOT NULL, at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'emitted', 'ignored')), event TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS ses_events_message ON ses_events (message_id);
    CREATE INDEX IF NOT EXISTS ses_events_pending ON ses_events (seq) WHERE state = 'pending';
    CREATE INDEX IF NOT EXISTS ses_events_at ON ses_events (at, event_type);
  `);
  // Data folders of before there were topics.
  addColumn(db, 'ses_events', 'destinations', `TEXT NOT NULL DEFAULT '["bus"]'`);
  const insertMail = db.prepare(
    'INSERT INTO ses_messages (message_id, accepted_at, recipients, mail) VALUES (?, ?, ?, ?)',
  );
  const insertRecipient = db.prepare('INSERT OR IGNORE INTO ses_recipients VALUES (?, ?)');
  const insertEvent = db.prepare(
    'INSERT INTO ses_events (message_id, event_type, at, state, destinations, event) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const nextPending = db.prepare(
    "SELECT seq, event, destinations FROM ses_events WHERE state = 'pending' ORDER BY seq LIMIT 100",
  );
  // Of a message that is not kept, because its reader was erased, nothing that comes late is kept either: it is told, and only counts.
  const markEmitted = db.prepare(`
    UPDATE ses_events SET state = 'emitted', event = CASE
      WHEN EXISTS (SELECT 1 FROM ses_messages WHERE ses_messages.message_id = ses_events.message_id) THEN event ELSE '{}' END
    WHERE seq = ?`);
  const countPending = db.prepare("SELECT count(*) AS count FROM ses_events WHERE state = 'pending'");
  const older = 'seq < coalesce((SELECT seq FROM ses_messages WHERE message_id = ?), 9223372036854775807)';
  const selectAll = db.prepare(`SELECT mail FROM ses_messages WHERE ${older} ORDER BY seq DESC LIMIT ?`);
  const selectTo = db.prepare(
    `SELECT mail FROM ses_recipients JOIN ses_messages USING (seq) WHERE address = ? AND ${older} ORDER BY seq DESC LIMIT ?`,
  );
  const selectMail = db.prepare('SELECT mail FROM ses_messages WHERE message_id = ?');
  const selectEvents = db.prepare(
    'SELECT event_type, at, state, event FROM ses_events WHERE message_id = ? ORDER BY seq',
  );
  const about = "mail ->> '$.tags.lead' = :leadId OR mail ->> '$.tags.about' = :leadId";
  const deleteEvents = db.prepare(
    `DELETE FROM ses_events WHERE message_id IN (SELECT message_id FROM ses_messages WHERE ${about})`,
  );
  const deleteRecipients = db.prepare(
    `DELETE FROM ses_recipients WHERE seq IN (SELECT seq FROM ses_messages WHERE ${about})`,
  );
  const deleteMail = db.prepare(`DELETE FROM ses_messages WHERE ${about}`);
  const selectSent = db.prepare('SELECT coalesce(sum(recipients), 0) AS count FROM ses_messages WHERE accepted_at > ?');
  const selectStatistics = db.prepare(
    'SELECT at - at % 900000 AS quarter, event_type AS eventType, count(*) AS count FROM ses_events WHERE at >= ? GROUP BY 1, 2 ORDER BY 1',
  );

  const add = (events: readonly StoredEvent[]) =>
    transaction(db, () => {
      for (const { messageId, eventType, at, destinations, event } of events) {
        const state = destinations.length > 0 ? 'pending' : 'ignored';
        insertEvent.run(messageId, eventType, at, state, JSON.stringify(destinations), JSON.stringify(event));
      }
    });

  return {
    add,
    accept: (mail, events) =>
      transaction(db, () => {
        const { messageId, acceptedAt, destinations } = mail;
        const { lastInsertRowid } = insertMail.run(messageId, acceptedAt, destinations.length, JSON.stringify(mail));
        for (const address of destinations) insertRecipient.run(address.toLowerCase(), lastInsertRowid);
        add(events);
      }),
    drain(tell) {
      const step = () => {
        const rows = nextPending.all();
        for (const row of rows) {
          const { seq, event, destinations } = PendingRow.parse(row);
          for (const destination of destinations) tell(destination, JSON.parse(event));
          markEmitted.run(seq);
        }
        return rows.length > 0;
      };
      while (transaction(db, step));
    },
    pending: () => CountRow.parse(countPending.get()).count,
    list({ to, limit = -1, before = '' }) {
      const rows = to === undefined ? selectAll.all(before, limit) : selectTo.all(to.toLowerCase(), before, limit);
      return rows.map((row) => MailRow.parse(row).mail);
    },
    get(messageId) {
      const row = selectMail.get(messageId);
      return row === undefined ? null : MailRow.parse(row).mail;
    },
    events: (messageId) => selectEvents.all(messageId).map(listed),
    forget: (leadId) =>
      transaction(db, () => {
        const about = { leadId };
        deleteEvents.run(about);
        deleteRecipients.run(about);
        return Number(deleteMail.run(about).changes);
      }),
    sentSince: (since) => CountRow.parse(selectSent.get(since)).count,
    statistics: (since) => selectStatistics.all(since).map((row) => StatisticsRow.parse(row)),
  };
}

function listed(row: unknown): ListedEvent {
  const { event_type: eventType, at, state, event } = EventRow.parse(row);
  return { eventType, at, state, detail: JSON.parse(event).detail };
}
