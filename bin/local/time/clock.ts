import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** The pipeline's clock: wall time plus a shift that only grows. Everything in milliseconds. */
export interface Clock {
  /** The pipeline's time, in epoch milliseconds. */
  now(): number;
  /** How far the pipeline is ahead of wall time; negative while a demo still lives in the past. */
  readonly shiftMs: number;
  /** Moves on to `instantMs`. Throws on going back: what was due once must not become due again. */
  moveTo(instantMs: number): void;
  /** Tells `listener` each new shift, once it is stored. */
  onShift(listener: (shiftMs: number) => void): void;
}

const Row = z.object({ shift_ms: z.number() });

/**
 * Opens the clock stored in `db`, so that a restart goes on where the last run was. `startAt` (epoch milliseconds, also
 * in the past) is only honoured when the database has no clock yet. `wall` is the machine's time; tests give their own.
 */
export function openClock(db: DatabaseSync, startAt?: number, wall: () => number = Date.now): Clock {
  db.exec(
    'CREATE TABLE IF NOT EXISTS clock (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), shift_ms INTEGER NOT NULL) STRICT',
  );
  const firstShift = startAt === undefined ? 0 : Math.round(startAt - wall());
  db.prepare('INSERT OR IGNORE INTO clock VALUES (1, ?)').run(firstShift);
  const store = db.prepare('UPDATE clock SET shift_ms = ?');
  const listeners: ((shiftMs: number) => void)[] = [];
  let shiftMs = Row.parse(db.prepare('SELECT shift_ms FROM clock').get()).shift_ms;

  const now = () => wall() + shiftMs;
  return {
    now,
    get shiftMs() {
      return shiftMs;
    },
    moveTo(instantMs) {
      // Whole milliseconds, and never rounded down: a shift must not shrink, not even by a fraction.
      const shift = Math.ceil(instantMs - wall());
      if (!Number.isSafeInteger(shift))
        throw new RangeError(`the clock cannot move to ${instantMs}: not an instant in epoch milliseconds`);
      if (shift < shiftMs) {
        throw new RangeError(`the clock only moves forward: it is ${iso(now())}, and ${iso(instantMs)} is before that`);
      }
      store.run(shift);
      shiftMs = shift;
      for (const listener of listeners) listener(shiftMs);
    },
    onShift(listener) {
      listeners.push(listener);
    },
  };
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
