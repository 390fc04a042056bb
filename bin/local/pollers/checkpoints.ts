import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** How far each event source mapping has come in its stream, so that a restart goes on there. */
export interface Checkpoints {
  get(mapping: string): string | null;
  set(mapping: string, sequenceNumber: string): void;
}

const Row = z.object({ sequence_number: z.string() });

export function openCheckpoints(db: DatabaseSync): Checkpoints {
  db.exec('CREATE TABLE IF NOT EXISTS checkpoint (mapping TEXT PRIMARY KEY, sequence_number TEXT NOT NULL) STRICT');
  const select = db.prepare('SELECT sequence_number FROM checkpoint WHERE mapping = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (?, ?)');
  return {
    get(mapping) {
      const row = select.get(mapping);
      return row === undefined ? null : Row.parse(row).sequence_number;
    },
    set(mapping, sequenceNumber) {
      upsert.run(mapping, sequenceNumber);
    },
  };
}
