import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';

/**
 * What the write is good for: `promised` is on the disk when it resolves, since somebody will be told; `noted` survives
 * the end of this process, but perhaps not of the machine. Forgetting a note means doing something once more.
 */
export type Durability = 'promised' | 'noted';

/** Writes everything that comes up in one turn of the event loop in one transaction. */
export type WriteGroup = <T>(durability: Durability, work: () => T) => Promise<T>;

/**
 * Waiting for the disk is most of what a write costs, and while one write waits, others come up. So they share one wait.
 * `work` is synchronous; when it throws, only its own changes are undone.
 */
export function openWriteGroup(db: DatabaseSync): WriteGroup {
  let waiting: { durability: Durability; attempt(): void; settle(): void; reject(error: unknown): void }[] = [];

  return (durability, work) =>
    new Promise((resolve, reject) => {
      let settle = () => {};
      const attempt = () => {
        db.exec('SAVEPOINT one');
        try {
          const result = work();
          settle = () => resolve(result);
        } catch (error) {
          db.exec('ROLLBACK TO one');
          settle = () => reject(error);
        }
        db.exec('RELEASE one');
      };
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ durability, attempt, settle: () => settle(), reject });
    });

  function flush(): void {
    const group = waiting;
    waiting = [];
    const promised = group.some(({ durability }) => durability === 'promised');
    try {
      if (!promised) db.exec('PRAGMA synchronous = NORMAL');
      transaction(db, () => {
        for (const { attempt } of group) attempt();
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    } finally {
      if (!promised) db.exec('PRAGMA synchronous = FULL');
    }
    for (const { settle } of group) settle();
  }
}
