import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHistory } from '../../bin/simulate/history.ts';
import { rightDesign } from '../../bin/simulate/wrong-designs.ts';
import { withoutStacks } from './without-stacks.ts';

const seed = 1;
const histories = 2_000;

withoutStacks(beforeAll, afterAll);

it(`I-S1…I-S6, I-H1, I-H2, I-Q1, I-Q2: hold in ${histories} histories with every fault`, async () => {
  const failures: string[] = [];
  for (let history = 0; history < histories && failures.length < 5; history++) {
    const { violations, steps } = await runHistory({ seed, history, design: rightDesign, trace: null });
    if (violations.length > 0)
      failures.push(
        `npm run simulate -- --seed ${seed} --history ${history} --trace (step ${steps}): ${violations.join('; ')}`,
      );
  }
  expect(failures).toEqual([]);
}, 300_000);

it('is the same history for the same seed, to the last step', async () => {
  for (const history of [3, 40, 270]) {
    const [once, again]: string[][] = [[], []];
    await runHistory({ seed, history, design: rightDesign, trace: (line) => once?.push(line) });
    await runHistory({ seed, history, design: rightDesign, trace: (line) => again?.push(line) });
    expect(again).toEqual(once);
    expect(once?.length).toBeGreaterThan(30);
  }
});
