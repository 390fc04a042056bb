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

export interface Contestant {
  /**
   * Does its work so many times, and returns a number that depends on all of it, so that the compiler may leave nothing out. It has
   * its own loop: what awaits each call pays more for waiting than some of these cost.
   */
  readonly run: (calls: number) => number | Promise<number>;
  /** How many things one call does; the figures are for one of them. */
  readonly perCall?: number;
}

/** A counter that only goes up, in microseconds. */
export type Meter = () => number;

/** CPU time of this whole process, and not time on the clock, which also counts whoever else uses the machine. */
export const ownCpu: Meter = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

export const onTheClock: Meter = () => performance.now() * 1000;

export interface RaceOptions {
  readonly rounds: number;
  /** How long one contestant's turn takes at least, by the first meter. Left out: 25 ms. */
  readonly leastTurnMs?: number;
  /** By name. Left out: `cpu`, our own. */
  readonly meters?: Readonly<Record<string, Meter>>;
}

/** Microseconds a thing, round by round. */
export type Figures<Name extends string> = (name: Name, meter?: string) => readonly number[];

let kept = 0;

/** In every round each contestant has its turn, after a warm-up that also finds how many calls make a turn long enough to measure. */
export async function race<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { rounds, leastTurnMs = 25, meters = { cpu: ownCpu } }: RaceOptions,
): Promise<Figures<Name>> {
  const all: [string, Contestant][] = Object.entries(contestants);
  const read = Object.entries(meters);
  const runners = [];
  for (const [name, contestant] of all)
    runners.push({ name, contestant, calls: await enoughCalls(contestant, read, leastTurnMs) });
  const figures = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const { name, contestant, calls } of runners) {
      const turn = await metered(contestant, calls, read);
      for (const [index, [meter]] of read.entries()) {
        const known = figures.get(`${name} ${meter}`) ?? [];
        known.push((turn[index] ?? 0) / (calls * (contestant.perCall ?? 1)));
        figures.set(`${name} ${meter}`, known);
      }
    }
  if (Number.isNaN(kept)) throw new Error('a contestant has counted wrong');
  const [first = ''] = Object.keys(meters);
  return (name, meter = first) => figures.get(`${name} ${meter}`) ?? [];
}

async function enoughCalls(
  contestant: Contestant,
  meters: readonly (readonly [string, Meter])[],
  leastTurnMs: number,
): Promise<number> {
  for (let calls = 1; ; calls *= 2) {
    const [first = 0] = await metered(contestant, calls, meters);
    if (first >= leastTurnMs * 1000) return calls;
  }
}

async function metered(
  { run }: Contestant,
  calls: number,
  meters: readonly (readonly [string, Meter])[],
): Promise<readonly number[]> {
  const before = meters.map(([, meter]) => meter());
  kept += await run(calls);
  return meters.map(([, meter], index) => meter() - (before[index] ?? 0));
}
