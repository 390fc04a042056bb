import type { DatabaseSync } from 'node:sqlite';
import type { Queues } from '../queues/queues.ts';
import { transaction } from '../storage/database.ts';
import type { Clock } from '../time/clock.ts';
import { bury, type FailedDelivery, openDeliveries } from './deliveries.ts';
import { type EventPattern, parsePattern } from './event-pattern.ts';
import { parseInput, type TargetInput } from './input-transformer.ts';
import { type PutEventsAnswer, readPutEvents } from './put-events.ts';

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

/** Where a rule sends what it matches. `maximumRetryAttempts` counts for functions; 2 when it is not given. */
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

/** The event buses of the template. */
export interface Bus {
  /** Routes `event` to every matching target; durable when it returns, in one transaction with the queue messages. */
  put(bus: string, event: BusEvent): void;
  /** Answers the body of AWSEvents.PutEvents; throws ValidationException when the request as a whole is refused. */
  putEvents(request: unknown): PutEventsAnswer;
  /** Calls `listener` with every event that is put on any bus, in the transaction it is routed in. */
  onPut(listener: (event: BusEvent) => void): void;
  /** Whether no delivery to a function is under way or waiting for its next try. */
  idle(): boolean;
  /** Invokes every function target that is due and waits for the answers. The bus does so by itself; tests call it. */
  deliverDue(): Promise<void>;
  /** Stops delivering; what is waiting stays stored for the next start. Call it before closing the database. */
  close(): void;
}

/** What the buses need. `wall` is the machine's time in epoch milliseconds, for back-off. */
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
  readonly wall?: () => number;
}

/** The retries of an asynchronous Lambda invocation that fails. */
const FUNCTION_RETRIES = 2;

interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly matches: EventPattern;
  readonly targets: readonly (RuleTarget & { readonly inputFor: TargetInput })[];
}

/** Opens the buses; throws on a rule that EventBridge would refuse, or that names what the template does not have. */
export function openBus(deps: BusDeps): Bus {
  const { db, clock, queues, account = '000000000000', region = 'us-east-1', newId } = deps;
  // Every account has it, whether a template names it or not.
  const buses = new Set([...deps.buses, 'default']);
  const rules = deps.rules.map((rule) => parseRule(rule, buses, new Set(queues.names())));
  const deliveries = openDeliveries(deps);
  const listeners: ((event: BusEvent) => void)[] = [];

  function take(bus: string, event: BusEvent): void {
    route(bus, event, false);
    for (const listener of listeners) listener(event);
  }

  function route(bus: string, event: BusEvent, forwarded: boolean): void {
    for (const rule of rules) {
      if (rule.bus === bus && rule.matches(event)) deliver(rule, event, forwarded);
    }
  }

  function deliver(rule: Rule, event: BusEvent, forwarded: boolean): void {
    const ruleArn = `arn:aws:events:${event.region}:${event.account}:rule/${rule.bus === 'default' ? '' : `${rule.bus}/`}${rule.name}`;
    const about = { ruleName: rule.name, ruleArn, ingestedAt: new Date(clock.now()).toISOString() };
    for (const target of rule.targets) {
      const failed = {
        ruleArn,
        target: target.name,
        deadLetterQueue: target.deadLetterQueue,
        event: JSON.stringify(event),
      };
      const payload = inputOf(() => target.inputFor(event, about), failed);
      if (payload === undefined) continue;

      if (target.kind === 'queue') queues.send(target.name, payload);
      else if (target.kind === 'bus') {
        // EventBridge takes an event from one bus to a second, never on to a third: so rules cannot chase each other.
        if (!forwarded) route(target.name, event, true);
      } else {
        const retries = target.maximumRetryAttempts ?? FUNCTION_RETRIES;
        deliveries.add({ ...failed, functionName: target.name, payload, retries });
      }
    }
  }

  /** A template that gives no JSON fails for its own target only. */
  function inputOf(input: () => string, failed: FailedDelivery): string | undefined {
    try {
      return input();
    } catch (error) {
      bury(queues, failed, { code: 'INVALID_JSON', message: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  return {
    put(bus, event) {
      if (!buses.has(bus)) throw new Error(`there is no event bus ${bus}; there are: ${[...buses].join(', ')}`);
      transaction(db, () => take(bus, event));
    },
    putEvents(request) {
      const entries = readPutEvents(request, buses, { account, region, newId, now: () => clock.now() });
      transaction(db, () => {
        for (const entry of entries) if ('event' in entry) take(entry.bus, entry.event);
      });
      return {
        FailedEntryCount: entries.filter((entry) => !('event' in entry)).length,
        Entries: entries.map((entry) => ('event' in entry ? { EventId: entry.event.id } : entry)),
      };
    },
    onPut: (listener) => void listeners.push(listener),
    idle: deliveries.idle,
    deliverDue: deliveries.deliverDue,
    close: deliveries.close,
  };
}

function parseRule(rule: RuleSpec, buses: ReadonlySet<string>, queues: ReadonlySet<string>): Rule {
  try {
    if (!buses.has(rule.bus)) throw new Error(`there is no event bus ${rule.bus}`);
    for (const { kind, name, deadLetterQueue } of rule.targets) {
      if (kind === 'queue' && !queues.has(name)) throw new Error(`there is no queue ${name}`);
      if (kind === 'bus' && !buses.has(name)) throw new Error(`there is no event bus ${name}`);
      if (deadLetterQueue !== undefined && !queues.has(deadLetterQueue))
        throw new Error(`there is no queue ${deadLetterQueue}`);
    }
    const targets = rule.targets.map((target) => ({ ...target, inputFor: parseInput(target) }));
    return { name: rule.name, bus: rule.bus, matches: parsePattern(rule.pattern), targets };
  } catch (error) {
    throw new Error(`rule ${rule.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
