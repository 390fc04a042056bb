interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * Workers that run at the same time on one clock, which stands while any of them is at work and moves on when all of them wait.
 * `stallMs` says by how much each of them oversleeps; `moved` hears of every move.
 */
export function someWorkers(start: number, stallMs: () => number = () => 0, moved: (ms: number) => void = () => {}) {
  let now = start;
  let working = 0;
  const sleeping: Sleeper[] = [];

  function advance(ms: number): void {
    if (ms <= 0) return;
    now += ms;
    moved(ms);
  }

  function rest(): void {
    working -= 1;
    if (working > 0) return;
    const next = sleeping.toSorted((a, b) => a.until - b.until)[0];
    if (!next) return;
    advance(next.until - now);
    sleeping.splice(sleeping.indexOf(next), 1);
    working += 1;
    next.wake();
  }

  return {
    now: () => now,
    advance,
    pause: (ms: number): Promise<void> =>
      new Promise((wake) => {
        sleeping.push({ until: now + ms + stallMs(), wake });
        rest();
      }),
    run: async (count: number, work: () => Promise<void>): Promise<void> => {
      working += count;
      await Promise.all(
        Array.from({ length: count }, async () => {
          await work();
          rest();
        }),
      );
    },
  };
}
