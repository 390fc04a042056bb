import type { Clock } from './clock.ts';
import { quiet, type SettleDeps, settle, whyUnsettled } from './settle.ts';

export interface Travel {
  /** Where the clock stands now, epoch milliseconds. */
  readonly now: number;
  /** Instants at which schedules fired on the way. */
  readonly stops: number;
}

/** How long one stop may take before the journey is given up, wall time. */
const STOP_LIMIT_MS = 120_000;

/** What the bus tries again after a function's first failure. */
const RETRIES = 2;

/** The pipeline did not come to rest at a stop, so going on would leave things behind in the past. */
export class TravelError extends Error {
  override readonly name = 'TravelError';
}

/**
 * Moves the clock forward to `targetMs`, coming to rest at every instant at which something is scheduled, so that what
 * becomes due on the way happens in its order and at its time. Throws a RangeError on going back.
 */
export async function travel(targetMs: number, deps: SettleDeps & { readonly clock: Clock }): Promise<Travel> {
  const { clock, scheduler } = deps;
  if (targetMs < clock.now()) {
    throw new RangeError(`the clock only moves forward: it is ${new Date(clock.now()).toISOString()}`);
  }
  await rest(settle(deps, STOP_LIMIT_MS).then(({ settled }) => settled));
  let stops = 0;
  for (let next = scheduler.next(); next <= targetMs; next = scheduler.next()) {
    // The wall goes on while a stop is worked on, so the next instant may have passed already.
    clock.moveTo(Math.max(next, clock.now()));
    scheduler.fireDue();
    await rest(quiet(deps, Date.now() + STOP_LIMIT_MS));
    refuseToGoOnWithout(scheduler.minutelyFunctions());
    stops += 1;
  }
  clock.moveTo(Math.max(targetMs, clock.now()));
  await rest(settle(deps, STOP_LIMIT_MS).then(({ settled }) => settled));
  return { now: clock.now(), stops };

  /** A sweep that fails every minute of a month would take hours to say so, and nothing due would have happened. */
  function refuseToGoOnWithout(functionNames: readonly string[]): void {
    const failing = functionNames.find((name) => deps.functions.failuresInARow(name) > RETRIES);
    if (failing === undefined) return;
    const at = new Date(clock.now()).toISOString();
    throw new TravelError(`stopped at ${at}: ${failing} keeps failing; the log says why`);
  }

  async function rest(work: Promise<boolean>): Promise<void> {
    if (await work) return;
    throw new TravelError(
      `stopped at ${new Date(clock.now()).toISOString()}: the pipeline did not come to rest: ${whyUnsettled(deps)}`,
    );
  }
}
