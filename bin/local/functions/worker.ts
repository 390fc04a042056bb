import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';

/** What a worker is started with. The handler's environment variables come through `env` of the thread itself. */
export const WorkerSetup = z.object({
  functionName: z.string(),
  functionArn: z.string(),
  memoryMb: z.number(),
  /** Without its extension, as Lambda has it: `/…/index` for the handler `index.handler`. */
  file: z.string(),
  exportName: z.string(),
  /** The clock's shift in milliseconds, one BigInt64 shared with the runner: a move of the clock is seen at once. */
  shift: z.instanceof(SharedArrayBuffer),
});
export type WorkerSetup = z.infer<typeof WorkerSetup>;

/** One invocation. `deadline` is wall time in epoch milliseconds; payloads travel as JSON, as in Lambda. */
export const Invocation = z.object({ requestId: z.string(), payload: z.string(), deadline: z.number() });
export type Invocation = z.infer<typeof Invocation>;

/** What a worker says: that it is ready, how an invocation ended, or that its handler cannot be loaded. */
export const WorkerAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('done'), result: z.string() }),
  z.object({ kind: z.literal('failed'), errorType: z.string(), errorMessage: z.string(), stack: z.string() }),
]);
export type WorkerAnswer = z.infer<typeof WorkerAnswer>;

const Handler = z.custom<(event: unknown, context: object) => unknown>((value) => typeof value === 'function');

if (parentPort) await serve(parentPort);

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const setup = WorkerSetup.parse(workerData);
  const wallNow = Date.now.bind(Date);
  shiftDate(setup.shift);
  const answer = (message: WorkerAnswer) => port.postMessage(message);
  try {
    const handler = await load(setup);
    port.on('message', async (message) => {
      const invocation = Invocation.parse(message);
      answer(await run(handler, invocation, context(setup, invocation, wallNow)));
    });
    answer({ kind: 'ready' });
  } catch (error) {
    answer(failure(error));
  }
}

/**
 * Makes `Date` of this thread the pipeline's clock. It happens before the handler's bundle is imported, so unchanged code
 * travels in time.
 */
function shiftDate(shared: SharedArrayBuffer): void {
  const RealDate = Date;
  const shift = new BigInt64Array(shared);
  const now = () => RealDate.now() + Number(Atomics.load(shift, 0));
  const PipelineDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: PipelineDate });
  globalThis.Date = PipelineDate;
}

async function load({ file, exportName }: WorkerSetup) {
  const found = ['.mjs', '.js', '.cjs'].map((extension) => `${file}${extension}`).find((path) => existsSync(path));
  if (!found) throw new Error(`there is no ${file}.mjs, .js or .cjs`);
  const module: unknown = await import(pathToFileURL(found).href);
  const parsed = z.looseObject({ [exportName]: Handler }).safeParse({ ...Object(module) });
  const handler = parsed.success ? Handler.safeParse(parsed.data[exportName]) : parsed;
  if (handler.success && typeof handler.data === 'function') return handler.data;
  throw new Error(`${found} exports no function ${exportName}`);
}

async function run(handler: z.infer<typeof Handler>, { payload }: Invocation, given: object): Promise<WorkerAnswer> {
  try {
    const result = await handler(JSON.parse(payload), given);
    return { kind: 'done', result: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): WorkerAnswer {
  const known = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failed', errorType: known.name, errorMessage: known.message, stack: known.stack ?? '' };
}

function context(setup: WorkerSetup, { requestId, deadline }: Invocation, wallNow: () => number): object {
  return {
    awsRequestId: requestId,
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: setup.functionArn,
    memoryLimitInMB: String(setup.memoryMb),
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - wallNow()),
  };
}
