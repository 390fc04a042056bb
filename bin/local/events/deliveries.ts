import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Queues } from '../queues/queues.ts';
import { afterCommit, transaction } from '../storage/database.ts';

/** One event on its way to one function. */
interface FunctionDelivery extends FailedDelivery {
  readonly functionName: string;
  /** JSON text. */
  readonly payload: string;
  /** How often it is tried again after the first failure. */
  readonly retries: number;
}

/** What a dead letter says: which event did not reach which target of which rule. */
export interface FailedDelivery {
  readonly ruleArn: string;
  readonly target: string;
  readonly deadLetterQueue: string | undefined;
  /** The event as the bus took it, JSON text. */
  readonly event: string;
}

/** Asynchronous invocations that survive a crash: each is stored before it is tried, and gone only when it succeeded. */
interface Deliveries {
  /** Stores a delivery; joins the running transaction. */
  add(delivery: FunctionDelivery): void;
  idle(): boolean;
  /** Tries everything that is due, until nothing is. */
  deliverDue(): Promise<void>;
  close(): void;
}

const AT_ONCE = 16;
const LONGEST_WAIT_MS = 60_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bus_delivery (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS bus_delivery_by_due ON bus_delivery (due_at);
`;

const Row = z.object({
  sequence: z.number(),
  attempts: z.number(),
  due_at: z.number(),
  delivery: z.string().transform((json) =>
    z
      .object({
        functionName: z.string(),
        payload: z.string(),
        retries: z.number(),
        ruleArn: z.string(),
        target: z.string(),
        deadLetterQueue: z.string().optional(),
        event: z.string(),
      })
      .transform(({ deadLetterQueue, ...delivery }): FunctionDelivery => ({ ...delivery, deadLetterQueue }))
      .parse(JSON.parse(json)),
  ),
});
type Row = z.infer<typeof Row>;

/** Opens the deliveries of `db` and goes on with what a former run left. Back-off runs on `wall` time (epoch ms). */
export function openDeliveries(deps: {
  readonly db: DatabaseSync;
  readonly queues: Queues;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  readonly wall?: () => number;
}): Deliveries {
  const { db, queues, invoke, wall = Date.now } = deps;
  db.exec(SCHEMA);
  const insert = db.prepare('INSERT INTO bus_delivery (delivery, due_at) VALUES (?, ?)');
  const soonest = db.prepare('SELECT * FROM bus_delivery WHERE due_at <= ? ORDER BY due_at, sequence LIMIT ?');
  const postpone = db.prepare('UPDATE bus_delivery SET attempts = ?, due_at = ? WHERE sequence = ?');
  const remove = db.prepare('DELETE FROM bus_delivery WHERE sequence = ?');
  const any = db.prepare('SELECT 1 FROM bus_delivery LIMIT 1');

  const underWay = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** The first deliveries that nobody tries yet, as many as may be tried now. */
  function waiting(until: number): readonly Row[] {
    return soonest
      .all(until, AT_ONCE + underWay.size)
      .map((row) => Row.parse(row))
      .filter(({ sequence }) => !underWay.has(sequence))
      .slice(0, Math.max(0, AT_ONCE - underWay.size));
  }

  /** Wakes for the next try. When all places are taken, the first to end looks for more. */
  function arm(): void {
    clearTimeout(timer);
    const [next] = waiting(Number.MAX_SAFE_INTEGER);
    if (next && !closed) timer = setTimeout(start, Math.max(0, next.due_at - wall())).unref();
  }

  function start(): void {
    if (closed) return;
    for (const row of waiting(wall())) underWay.set(row.sequence, attempt(row));
    arm();
  }

  async function attempt(row: Row): Promise<void> {
    const failure = await failureOf(() => invoke(row.delivery.functionName, JSON.parse(row.delivery.payload)));
    underWay.delete(row.sequence);
    // Closed meanwhile: the row stays and the next run tries it again. At least once, never lost.
    if (closed) return;
    if (failure === undefined) remove.run(row.sequence);
    else fail(row, failure);
    arm();
  }

  function fail({ sequence, attempts, delivery }: Row, message: string): void {
    const failures = attempts + 1;
    if (failures <= delivery.retries) {
      postpone.run(failures, wall() + Math.min(LONGEST_WAIT_MS, 1000 * 2 ** attempts), sequence);
      return;
    }
    transaction(db, () => {
      remove.run(sequence);
      bury(queues, delivery, { code: 'FUNCTION_FAILED', message, attempts });
    });
  }

  arm();
  return {
    add(delivery) {
      insert.run(JSON.stringify(delivery), wall());
      afterCommit(db, arm);
    },
    idle: () => any.get() === undefined,
    async deliverDue() {
      start();
      while (underWay.size > 0) {
        await Promise.all(underWay.values());
        start();
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function failureOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Sends an undeliverable event to its rule's dead-letter queue. Without one it is lost, as in the cloud, but not quietly. */
export function bury(
  queues: Queues,
  { ruleArn, target, deadLetterQueue, event }: FailedDelivery,
  { code, message, attempts = 0 }: { readonly code: string; readonly message: string; readonly attempts?: number },
): void {
  if (deadLetterQueue === undefined) {
    console.error(`${ruleArn}: an event for ${target} is lost, the rule has no dead-letter queue: ${message}`);
    return;
  }
  const attributes = {
    RULE_ARN: ruleArn,
    TARGET_ARN: target,
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    RETRY_ATTEMPTS: String(attempts),
    ...(attempts > 0 && { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' }),
  };
  queues.send(deadLetterQueue, event, { attributes });
}
