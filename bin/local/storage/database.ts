import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What waits for the running transaction of a database to be durable. */
const waiting = new WeakMap<DatabaseSync, (() => void)[]>();

/**
 * Opens (creating file and folder) the runner's own database. A commit is on the disk when it returns: that is what
 * lets a local `202` mean what it means in the cloud.
 */
export function openDatabase(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 5000;
  `);
  return db;
}

/** Adds a column that a table of an older data folder does not have. The names are the caller's own, never from outside. */
export function addColumn(db: DatabaseSync, table: string, column: string, declaration: string): void {
  const columns = db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?');
  if (!columns.get(table, column)) db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${declaration}`);
}

/**
 * Runs `work` in one transaction, rolled back when it throws. Inside another one it joins that one, so a bus delivery
 * and the queue messages it makes are durable together or not at all. `work` is synchronous: nothing else can slip in.
 */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    runWaiting(db);
    return result;
  } catch (error) {
    waiting.delete(db);
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Rewrites a database without what was deleted from it, the log of its latest changes too. No transaction may be running. */
export function rewrite(db: DatabaseSync): void {
  db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Calls `action` once what is being written is durable: after the running transaction, or now when there is none. */
export function afterCommit(db: DatabaseSync, action: () => void): void {
  if (!db.isTransaction) action();
  else waiting.set(db, [...(waiting.get(db) ?? []), action]);
}

function runWaiting(db: DatabaseSync): void {
  const actions = waiting.get(db) ?? [];
  waiting.delete(db);
  for (const action of actions) action();
}
