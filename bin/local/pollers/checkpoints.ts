import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { EventSourceSpec } from '../template/blueprint-events.ts';

/** How far each event source mapping has come in its stream, so that a restart goes on there. */
export interface Checkpoints {
  get(mapping: string): string | null;
  set(mapping: string, sequenceNumber: string): void;
}

const Row = z.object({ sequence_number: z.string() });

/** The sequence number up to which every reader of a table's stream is done; infinite when nobody reads it. */
export function readByAll(table: string, sources: readonly EventSourceSpec[], checkpoints: Checkpoints): number {
  const readers = sources.filter(({ kind, source }) => kind === 'stream' && source === table);
  return Math.min(...readers.map(({ name }) => Number(checkpoints.get(name) ?? 0)));
}

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
