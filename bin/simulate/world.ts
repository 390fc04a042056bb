import type { Chance } from '../demo/chance.ts';

/** A clock that only moves when everybody waits, and the one list of what happens next. */
export interface World {
  readonly chance: Chance;
  /** Epoch milliseconds. */
  now(): number;
  /** How many things have happened so far: names an instant of a history more exactly than the clock. */
  step(): number;
  /** Does `task` this much later. What falls on one instant keeps the order in which it was asked for. */
  after(delayMs: number, task: () => void): void;
  /** Resolves this much later. */
  pause(delayMs: number): Promise<void>;
  /** Lets everything happen until nothing is left to wait for. @throws what a task throws, and when it never ends. */
  run(): Promise<void>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

// A history takes some hundred steps; one that takes so many is going round in circles.
const mostSteps = 200_000;

/** A world that begins at `startMs`. `hear` is told what the product logs. */
export function worldAt(startMs: number, chance: Chance, hear: (logged: string) => void = () => {}): World {
  const events: Event[] = [];
  let now = startMs;
  let order = 0;
  let steps = 0;
  const after: World['after'] = (delayMs, task) => {
    order += 1;
    // Clocks count whole milliseconds.
    push(events, { at: now + Math.max(0, Math.round(delayMs)), order, task });
  };
  return {
    chance,
    now: () => now,
    step: () => steps,
    after,
    pause: (delayMs) => new Promise((resolve) => after(delayMs, resolve)),
    run: () =>
      withOurTime({ after, chance, hear }, () => {
        const last = steps + mostSteps;
        return new Promise((resolve, reject) => {
          // A tick runs when no promise has anything left to do: whoever an event has woken is waiting for the next one by then.
          const soon = () => process.nextTick(happen);
          const happen = () => {
            const event = pop(events);
            if (!event) return resolve();
            if (++steps > last) return reject(new Error(`no end after ${mostSteps} steps`));
            now = event.at;
            try {
              event.task();
            } catch (error) {
              return reject(error);
            }
            queueMicrotask(soon);
          };
          queueMicrotask(soon);
        });
      }),
  };
}

/**
 * While a world runs, the product's own timers, dice and log are the world's: a transaction that waits out a conflict waits in virtual
 * time. Nothing else of this process can run in between, since the world never gives the event loop a turn.
 */
async function withOurTime(
  { after, chance, hear }: Pick<World, 'after' | 'chance'> & { readonly hear: (logged: string) => void },
  work: () => Promise<void>,
): Promise<void> {
  const { setTimeout } = globalThis;
  const { random: dice } = Math;
  const { log, error } = console;
  Object.assign(globalThis, { setTimeout: (task: () => void, delayMs = 0) => after(delayMs, task) });
  Object.assign(console, { log: hear, error: hear });
  Math.random = chance.next;
  try {
    await work();
  } finally {
    Object.assign(globalThis, { setTimeout });
    Object.assign(console, { log, error });
    Math.random = dice;
  }
}

function isBefore(a: Event | undefined, b: Event | undefined): boolean {
  if (!a || !b) return a !== undefined;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(heap: Event[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]];
  if (a && b) [heap[one], heap[other]] = [b, a];
}

/** A binary heap: the earliest event is the first. */
function push(heap: Event[], event: Event): void {
  heap.push(event);
  for (let child = heap.length - 1; child > 0; ) {
    const parent = (child - 1) >> 1;
    if (!isBefore(heap[child], heap[parent])) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function pop(heap: Event[]): Event | undefined {
  swap(heap, 0, heap.length - 1);
  const first = heap.pop();
  for (let parent = 0; ; ) {
    const [left, right] = [2 * parent + 1, 2 * parent + 2];
    const child = right < heap.length && isBefore(heap[right], heap[left]) ? right : left;
    if (child >= heap.length || !isBefore(heap[child], heap[parent])) return first;
    swap(heap, parent, child);
    parent = child;
  }
}
