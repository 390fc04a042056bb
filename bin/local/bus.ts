import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from './clock.ts';
import type { Queues } from './queues.ts';

/** An event as EventBridge delivers it. `time` is ISO 8601 with whole seconds. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** A rule of the template with an event pattern (scheduled rules live in schedules.ts). */
export interface RuleSpec {
  readonly name: string;
  readonly bus: string;
  readonly pattern: unknown;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly id: string;
  readonly kind: 'queue' | 'function' | 'bus';
  readonly name: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap?: Readonly<Record<string, string>>;
    readonly inputTemplate: string;
  };
  readonly deadLetterQueue?: string;
  readonly maximumRetryAttempts?: number;
}

/** The JSON 1.1 answer of AWSEvents.PutEvents, entry for entry. */
export interface PutEventsAnswer {
  readonly FailedEntryCount: number;
  readonly Entries: readonly (
    | { readonly EventId: string }
    | { readonly ErrorCode: string; readonly ErrorMessage: string }
  )[];
}

/** The whole request is refused: answer `400 {"__type":"ValidationException","message":error.message}`. */
export class ValidationException extends Error {
  override readonly name = 'ValidationException';
}

export interface Bus {
  /** Routes `event` to every matching target; durable when it returns, in one transaction with the queue messages. */
  put(bus: string, event: BusEvent): void;
  /** Answers the body of AWSEvents.PutEvents; throws ValidationException when the request as a whole is refused. */
  putEvents(request: unknown): PutEventsAnswer;
  /** Whether no delivery to a function is under way or waiting for its next try. */
  idle(): boolean;
  /** Invokes every function target that is due and waits for their answers. The bus does so by itself; tests call it. */
  deliverDue(): Promise<void>;
  /** Stops delivering; what is waiting stays stored for the next start. Call it before closing the database. */
  close(): void;
}

export interface BusDeps {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly queues: Queues;
  readonly buses: readonly string[];
  readonly rules: readonly RuleSpec[];
  /** Runs a function target asynchronously; a rejection is tried again with exponential back-off, then dead-lettered. */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  newId(): string;
  readonly account?: string;
  readonly region?: string;
}

export function openBus(deps: BusDeps): Bus {
  throw new Error(`not yet: ${deps.buses.length}`);
}
