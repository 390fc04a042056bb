import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rightMailDesign, type WrongMailDesign, wrongMailDesigns } from '../../bin/simulate/mail/mail-designs.ts';
import { runMailHistory } from '../../bin/simulate/mail/mail-history.ts';
import { withoutStacks } from './without-stacks.ts';

withoutStacks(beforeAll, afterAll);

const seed = 1;
const histories = 2_000;

it(`I-M1…I-M3, I-C1, I-E1, I-E2: no mail twice, none lost, none after a no, in ${histories} histories with every fault`, async () => {
  const failures: string[] = [];
  for (let history = 0; history < histories && failures.length < 5; history++) {
    const { violations } = await runMailHistory({ seed, history, design: rightMailDesign, trace: null });
    if (violations.length > 0)
      failures.push(
        `npm run simulate -- --theme mail --seed ${seed} --history ${history} --trace: ${violations.join('; ')}`,
      );
  }
  expect(failures).toEqual([]);
}, 300_000);

interface Case {
  readonly name: WrongMailDesign;
  /** The first history to look at, and in how many it must be found: rare ones are looked for around where they are. */
  readonly from?: number;
  readonly within: number;
  readonly breaks: RegExp;
}

const cases: readonly Case[] = [
  { name: 'send-then-record', within: 20, breaks: /I-M[12]|no end/ },
  { name: 'sent-again-when-the-claim-expires', within: 100, breaks: /I-M[12]|no end/ },
  { name: 'tried-again-without-an-answer', within: 300, breaks: /I-M1/ },
  { name: 'claim-never-resolved', within: 100, breaks: /I-M2|no end/ },
  { name: 'done-before-it-is-final', within: 60, breaks: /I-M2/ },
  { name: 'no-tombstone', within: 60, breaks: /I-E|no end/ },
  { name: 'no-deadline-before-the-call', from: 380, within: 60, breaks: /I-C1/ },
  { name: 'acknowledged-without-a-fence', from: 1_290, within: 60, breaks: /I-C1/ },
];

describe('the simulator of mail', () => {
  it.each(cases)(
    'finds $name within $within histories',
    async ({ name, from = 0, within, breaks }) => {
      for (let history = from; history < from + within; history++) {
        const { violations } = await runMailHistory({ seed, history, design: wrongMailDesigns[name], trace: null });
        if (violations.length === 0) continue;
        console.info(`${name}: found in history ${history}: ${violations[0]?.slice(0, 120)}`);
        expect(violations.join('\n')).toMatch(breaks);
        return;
      }
      expect.fail(`${name} was not found in ${within} histories`);
    },
    300_000,
  );
});
