import type { Bus } from '../events/bus.ts';
import type { Scheduler } from '../events/scheduler.ts';
import type { Functions } from '../functions/functions.ts';
import type { Ses } from '../mail/ses.ts';
import type { Poller } from '../pollers/sqs-poller.ts';
import type { Queues } from '../queues/queues.ts';
import type { IdleAnswers } from './idle-answers.ts';

/** What is left when the pipeline has come to rest, or when the patience was over. */
export interface Settled {
  readonly settled: boolean;
  readonly queued: number;
  readonly inFlight: number;
  readonly deadLetters: number;
  /** When it has not settled: the function that keeps failing, on what and why; otherwise where to look. */
  readonly reason?: string;
}

export interface SettleDeps {
  readonly queues: Queues;
  readonly bus: Bus;
  readonly functions: Functions;
  readonly ses: Ses;
  readonly pollers: readonly Poller[];
  readonly scheduler: Scheduler;
  readonly idle: IdleAnswers;
  /** Queues a function is fed from; what lies in any other one stays there until a person looks: dead letters. */
  readonly consumed: ReadonlySet<string>;
}

const LOOK_EVERY_MS = 20;

/** Brings the pipeline to rest, at most `limitMs`: nothing queued, in flight, on a stream, or due by now. */
export async function settle(deps: SettleDeps, limitMs: number): Promise<Settled> {
  const deadline = Date.now() + limitMs;
  const { scheduler, idle } = deps;
  let settled = await quiet(deps, deadline);
  for (let again = true; settled && again; ) {
    const before = idle.worked(scheduler.minutelyFunctions());
    scheduler.fireMinutely();
    settled = await quiet(deps, deadline);
    // What the sweep found due has been worked on, and may have made something else due.
    again = idle.worked(scheduler.minutelyFunctions()) > before;
  }
  return { settled, ...left(deps), ...(settled ? {} : { reason: whyUnsettled(deps) }) };
}

/** What a person should look at first in a pipeline that does not come to rest. */
export function whyUnsettled({ pollers }: Pick<SettleDeps, 'pollers'>): string {
  const failing = pollers.map((poller) => poller.failing()).filter((each) => each !== undefined);
  return failing.length > 0 ? failing.join('; ') : 'GET /_local/queues says what is left';
}

/** Waits until nothing is going on. False when the deadline (wall time) came first. */
export async function quiet(deps: SettleDeps, deadline: number): Promise<boolean> {
  while (!(await isQuiet(deps))) {
    if (Date.now() >= deadline) return false;
    await changed(deps);
  }
  return true;
}

async function isQuiet(deps: SettleDeps): Promise<boolean> {
  if (deps.ses.pending() > 0) deps.ses.drain();
  if (!isStill(deps)) return false;
  const ended = deps.functions.ended();
  // Asking a stream lets it look once more; what it finds shows in the second look.
  const idle = await Promise.all(deps.pollers.map((poller) => poller.idle()));
  return idle.every(Boolean) && isStill(deps) && deps.functions.ended() === ended;
}

function isStill(deps: SettleDeps): boolean {
  const { functions, bus, ses } = deps;
  if (functions.active > 0 || !bus.idle() || ses.pending() > 0) return false;
  const { queued, inFlight } = left(deps);
  return queued === 0 && inFlight === 0;
}

function left({ queues, consumed, functions }: SettleDeps): Pick<Settled, 'queued' | 'inFlight' | 'deadLetters'> {
  let queued = 0;
  let inFlight = functions.active;
  let deadLetters = 0;
  for (const name of queues.names()) {
    const depth = queues.depth(name);
    const all = depth.visible + depth.inFlight + depth.delayed;
    if (!consumed.has(name)) deadLetters += all;
    else {
      queued += depth.visible + depth.delayed;
      inFlight += depth.inFlight;
    }
  }
  return { queued, inFlight, deadLetters };
}

/** The end of the next invocation, or a moment: retries and deliveries become due by themselves. */
function changed({ functions }: SettleDeps): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, LOOK_EVERY_MS);
    functions.onceEnded(done);
    function done(): void {
      clearTimeout(timer);
      resolve();
    }
  });
}
