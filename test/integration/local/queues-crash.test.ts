import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { openQueues } from '../../../bin/local/queues/queues.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'queues-crash-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Lets a writer run until it said `lines` lines, kills it on the spot, and returns all it said. */
async function killAfter(lines: number, file: string, round: number): Promise<string[]> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'queue-writer.ts'), file, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(writer, 'close');
  const said: string[] = [];
  for await (const line of createInterface(writer.stdout)) {
    said.push(line);
    if (said.length === lines) writer.kill('SIGKILL');
  }
  await closed;
  return said;
}

describe('queues under kill -9', () => {
  it('keep what they accepted, never bring back what was removed, and free what the dead process held', async () => {
    const file = join(folder, 'runner.sqlite');
    const said: string[] = [];
    for (const [round, lines] of [40, 101, 7, 222, 63].entries()) {
      said.push(...(await killAfter(lines, file, round)));
      const bodiesOf = (word: string) =>
        said.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(' ')[1]);
      const db = openDatabase(file);
      const queues = openQueues(db, [{ name: 'work', visibilityTimeoutSeconds: 3600 }]);
      const stored = queues.list('work', 100_000).map(({ body }) => body);

      const mayBeGone = new Set(bodiesOf('removing'));
      expect(bodiesOf('sent').filter((body) => !mayBeGone.has(body) && !stored.includes(body ?? ''))).toEqual([]);
      const sending = new Set(bodiesOf('sending'));
      expect(stored.filter((body) => !sending.has(body))).toEqual([]);
      const removed = new Set(bodiesOf('removed'));
      expect(stored.filter((body) => removed.has(body))).toEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
      expect(queues.depth('work')).toMatchObject({ visible: stored.length, inFlight: 0 });
      expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      db.close();
    }
  });
});
