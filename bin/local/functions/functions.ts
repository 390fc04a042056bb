import { randomUUID } from 'node:crypto';
import type { FunctionSpec } from '../template/blueprint.ts';
import type { Clock } from '../time/clock.ts';
import { type Environment, FunctionError, startEnvironment } from './environment.ts';
import type { FunctionLog } from './function-log.ts';

/** All functions of the template. Environments start with the first invocation that needs one. */
export interface Functions {
  /** Invokes and waits for the answer. Rejects with a FunctionError, which is in the log already. */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Invocations running or waiting for an environment. */
  readonly active: number;
  /** Invocations ended since the start, of one function or of all. */
  ended(functionName?: string): number;
  /** How often in a row a function has failed. */
  failuresInARow(functionName: string): number;
  onEnd(listener: (functionName: string) => void): void;
  /** Calls `listener` at the end of the next invocation, then forgets it. */
  onceEnded(listener: () => void): void;
  /** Waits for what is running, at most `graceMs`, then ends every environment. */
  stop(graceMs: number): Promise<void>;
}

export interface FunctionsDeps {
  readonly specs: readonly FunctionSpec[];
  readonly clock: Clock;
  readonly log: FunctionLog;
  /** The environment variables of each function, by its name. */
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  arn(functionName: string): string;
}

/** More would only share the same few cores. */
const USUAL_CONCURRENCY = 2;
/** An invocation that has waited so long gets a second environment: starting one takes about as long. */
const PATIENCE_MS = 500;

interface Pool {
  readonly spec: FunctionSpec;
  readonly limit: number;
  readonly idle: Environment[];
  readonly all: Set<Environment>;
  readonly waiting: ((environment: Environment) => void)[];
  ended: number;
  failures: number;
}

export function openFunctions({ specs, clock, log, variables, arn }: FunctionsDeps): Functions {
  const shift = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const setShift = (shiftMs: number) => Atomics.store(new BigInt64Array(shift), 0, BigInt(shiftMs));
  setShift(clock.shiftMs);
  clock.onShift(setShift);

  const pools = new Map(specs.map((spec) => [spec.name, newPool(spec)]));
  const listeners: ((functionName: string) => void)[] = [];
  let once: (() => void)[] = [];
  let active = 0;

  return {
    get active() {
      return active;
    },
    ended(functionName) {
      const counted = functionName === undefined ? [...pools.values()] : [poolOf(functionName)];
      return counted.reduce((sum, { ended }) => sum + ended, 0);
    },
    failuresInARow: (functionName) => poolOf(functionName).failures,
    onEnd: (listener) => {
      listeners.push(listener);
    },
    onceEnded: (listener) => {
      once.push(listener);
    },
    async invoke(functionName, payload) {
      const pool = poolOf(functionName);
      active += 1;
      const environment = await take(pool);
      try {
        const result = await environment.invoke(randomUUID(), JSON.stringify(payload));
        pool.failures = 0;
        return JSON.parse(result);
      } catch (error) {
        pool.failures += 1;
        if (error instanceof FunctionError) log.failed(error);
        throw error;
      } finally {
        active -= 1;
        pool.ended += 1;
        giveBack(pool, environment);
        tell(functionName);
      }
    },
    async stop(graceMs) {
      const deadline = Date.now() + graceMs;
      while (active > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
      await Promise.all([...pools.values()].flatMap(({ all }) => [...all].map((environment) => environment.end())));
    },
  };

  function tell(functionName: string): void {
    for (const listener of listeners) listener(functionName);
    const waiting = once;
    once = [];
    for (const listener of waiting) listener();
  }

  function poolOf(functionName: string): Pool {
    const pool = pools.get(functionName);
    if (pool) return pool;
    throw new Error(`there is no function ${functionName} in this template`);
  }

  function take(pool: Pool): Promise<Environment> | Environment {
    for (let idle = pool.idle.pop(); idle; idle = pool.idle.pop()) {
      if (idle.alive) return idle;
      pool.all.delete(idle);
    }
    if (pool.all.size === 0) return start(pool);
    return new Promise((resolve) => {
      pool.waiting.push(resolve);
      setTimeout(() => grow(pool, resolve), PATIENCE_MS).unref();
    });
  }

  /** Gives one that still waits an environment of its own, if there may be one more. */
  function grow(pool: Pool, waiting: (environment: Environment) => void): void {
    const place = pool.waiting.indexOf(waiting);
    if (place < 0 || pool.all.size >= pool.limit) return;
    pool.waiting.splice(place, 1);
    waiting(start(pool));
  }

  function giveBack(pool: Pool, environment: Environment): void {
    // A dead environment leaves its place to a fresh one.
    if (!environment.alive) pool.all.delete(environment);
    const next = pool.waiting.shift();
    if (next) next(environment.alive ? environment : start(pool));
    else if (environment.alive) pool.idle.push(environment);
  }

  function start(pool: Pool): Environment {
    const { spec } = pool;
    const environment = startEnvironment(spec, {
      variables: variables[spec.name] ?? {},
      functionArn: arn(spec.name),
      shift,
      print: (stream, text) => log.printed(spec.name, stream, text),
    });
    pool.all.add(environment);
    return environment;
  }
}

function newPool(spec: FunctionSpec): Pool {
  const limit = Math.max(1, Math.min(spec.reservedConcurrency ?? USUAL_CONCURRENCY, USUAL_CONCURRENCY));
  return { spec, limit, idle: [], all: new Set(), waiting: [], ended: 0, failures: 0 };
}
