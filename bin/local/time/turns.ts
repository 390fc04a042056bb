/** One after the other: settling and travelling must not move the same pipeline at once. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Whether somebody has the turn now. */
  isTaken(): boolean;
}

export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let taken = 0;
  return {
    take(work) {
      taken += 1;
      const mine = last.then(work).finally(() => {
        taken -= 1;
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    isTaken: () => taken > 0,
  };
}
