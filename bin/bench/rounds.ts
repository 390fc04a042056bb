/** A figure over the rounds of one run. The median, because a busy machine has bad moments; least and most, to show how bad. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws when there was no round. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const min = sorted[0];
  const max = sorted.at(-1);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (min === undefined || max === undefined || upper === undefined || lower === undefined)
    throw new Error('measure at least one round');
  return { median: (lower + upper) / 2, min, max };
}

/** Round by round, so that a slow moment of the machine is on both sides of the stroke. */
export function ratioOf(values: readonly number[], floors: readonly number[]): Spread {
  return spreadOf(
    values.map((value, round) => {
      const floor = floors[round];
      if (floor === undefined) throw new Error('measure both sides in every round');
      return value / floor;
    }),
  );
}

/**
 * Does its work so many times, and returns a number that depends on all of it, so that the compiler may leave nothing out. It has
 * its own loop: what awaits each call pays more for waiting than some of these cost.
 */
export type Contestant = (calls: number) => number | Promise<number>;

let kept = 0;

/**
 * CPU microseconds, round by round; in every round each contestant has its turn. CPU time of this whole process and not time on the
 * clock, which also counts whoever else uses the machine. Warmed up first, until a block is long enough to measure. `perCall`: how
 * many things one call does; the figures are for one of them.
 */
export async function race<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds: number,
  perCall = 1,
  leastBlockMs = 25,
): Promise<(name: Name) => readonly number[]> {
  const all: [string, Contestant][] = Object.entries(contestants);
  const runners = [];
  for (const [name, contestant] of all)
    runners.push({ name, contestant, calls: await enoughCalls(contestant, leastBlockMs) });
  const figures = new Map<string, number[]>(all.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const { name, contestant, calls } of runners)
      figures.get(name)?.push((await cpuMs(contestant, calls)) * (1000 / (calls * perCall)));
  if (Number.isNaN(kept)) throw new Error('a contestant has counted wrong');
  return (name) => figures.get(name) ?? [];
}

async function enoughCalls(contestant: Contestant, leastBlockMs: number): Promise<number> {
  for (let calls = 1; ; calls *= 2) {
    const ms = await cpuMs(contestant, calls);
    if (ms >= leastBlockMs) return calls;
  }
}

async function cpuMs(contestant: Contestant, calls: number): Promise<number> {
  const before = process.cpuUsage();
  kept += await contestant(calls);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
