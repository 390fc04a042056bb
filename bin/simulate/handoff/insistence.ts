import type { Network, Process } from '../carrier.ts';

/** Nobody waits longer for an answer, and nobody tries more often. */
const patienceMs = 40_000;
const mostTries = 60;

type Insist = <Answer>(
  name: string,
  attempt: number,
  work: (process: Process) => Promise<Answer>,
  then: (answer: Answer) => void,
) => void;

/** Tries again, as people do, until somebody says that it is done: whatever the earlier tries may still do. */
export function insistence({ world, trace }: Network): Insist {
  return function insist(name, attempt, work, then) {
    const process = { name: `${name}-${attempt}-${world.step()}`, isDead: false };
    let isOver = false;
    work(process).then(
      (answer) => {
        if (isOver) return;
        isOver = true;
        if (!process.isDead) then(answer);
      },
      (error: unknown) => trace(`${process.name} → ${String(error)}`),
    );
    world.after(patienceMs, () => {
      if (isOver || attempt >= mostTries) return;
      isOver = true;
      insist(name, attempt + 1, work, then);
    });
  };
}
