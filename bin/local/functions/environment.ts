import { Worker } from 'node:worker_threads';
import { type FunctionSpec, handlerOf } from '../template/blueprint.ts';
import { type Invocation, WorkerAnswer, type WorkerSetup } from './worker.ts';

/** How a function failed: by its own error, by its time-out, or because its thread ended. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly functionName: string;
  readonly errorType: string;
  /** Where in the bundle it happened, for the log. */
  readonly trace: string;

  constructor(functionName: string, errorType: string, message: string, trace = '') {
    super(message);
    this.functionName = functionName;
    this.errorType = errorType;
    this.trace = trace;
  }
}

/** One execution environment, as Lambda calls it: a thread that runs one invocation at a time. */
export interface Environment {
  /** Runs the handler; resolves with its JSON result, rejects with a FunctionError. */
  invoke(requestId: string, payload: string): Promise<string>;
  /** False once its thread has ended: the next invocation needs another one. */
  readonly alive: boolean;
  end(): Promise<void>;
}

export interface EnvironmentOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly functionArn: string;
  readonly shift: SharedArrayBuffer;
  readonly print: (stream: 'out' | 'err', text: string) => void;
}

/** What Lambda grants a function to load its modules before the first invocation counts. */
const INIT_LIMIT_MS = 10_000;

type Settle = { resolve(result: string): void; reject(error: FunctionError): void };

/** Starts a thread for `spec` with nothing of this process's environment. Loading overlaps with the first invocation. */
export function startEnvironment(spec: FunctionSpec, options: EnvironmentOptions): Environment {
  const { file, exportName } = handlerOf(spec);
  const { name: functionName, memoryMb } = spec;
  const setup: WorkerSetup = {
    functionName,
    functionArn: options.functionArn,
    memoryMb,
    file,
    exportName,
    shift: options.shift,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: functionName,
    workerData: setup,
    env: { ...options.variables },
    execArgv: [],
    // Of the young objects V8 would keep 48 MB per thread, times some forty threads.
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 8 },
    stdout: true,
    stderr: true,
  });
  worker.stdout.setEncoding('utf8').on('data', (text: string) => options.print('out', text));
  worker.stderr.setEncoding('utf8').on('data', (text: string) => options.print('err', text));

  let alive = true;
  let ready = false;
  let current: Settle | undefined;
  let timer: NodeJS.Timeout | undefined;
  let whenReady: (() => void) | undefined;

  const fail = (errorType: string, message: string, trace?: string) =>
    settle()?.reject(new FunctionError(functionName, errorType, message, trace));

  worker.on('message', (message) => {
    const answer = WorkerAnswer.parse(message);
    if (answer.kind === 'done') return settle()?.resolve(answer.result);
    if (answer.kind === 'failed') {
      fail(answer.errorType, answer.errorMessage, answer.stack);
      if (!ready) void end(); // What cannot be loaded now may load next time, as in Lambda.
      return;
    }
    ready = true;
    whenReady?.();
  });
  worker.on('error', (error) => {
    alive = false;
    fail(error instanceof Error ? error.name : 'Error', error instanceof Error ? error.message : String(error));
  });
  worker.on('exit', (code) => {
    alive = false;
    fail('Runtime.ExitError', `the function ended its own process (exit code ${code})`);
  });

  return {
    get alive() {
      return alive;
    },
    invoke(requestId, payload) {
      return new Promise((resolve, reject) => {
        current = { resolve, reject };
        if (ready) return post(requestId, payload);
        whenReady = () => post(requestId, payload);
        limit(INIT_LIMIT_MS, 'Sandbox.Timedout', `loading took longer than ${INIT_LIMIT_MS / 1000} s`);
      });
    },
    end,
  };

  function post(requestId: string, payload: string): void {
    const message: Invocation = { requestId, payload, deadline: Date.now() + spec.timeoutMs };
    limit(spec.timeoutMs, 'Sandbox.Timedout', `timed out after ${spec.timeoutMs / 1000} s`);
    worker.postMessage(message);
  }

  function limit(ms: number, errorType: string, message: string): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      fail(errorType, message);
      void end();
    }, ms);
  }

  /** The waiting invocation, once; what comes after it has been settled is too late to matter. */
  function settle(): Settle | undefined {
    clearTimeout(timer);
    const waiting = current;
    current = undefined;
    return waiting;
  }

  async function end(): Promise<void> {
    alive = false;
    await worker.terminate();
  }
}
