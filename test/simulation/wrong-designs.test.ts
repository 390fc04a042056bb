import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHistory } from '../../bin/simulate/history.ts';
import type { Theme } from '../../bin/simulate/story.ts';
import { type WrongDesign, wrongDesigns } from '../../bin/simulate/wrong-designs.ts';
import { withoutStacks } from './without-stacks.ts';

withoutStacks(beforeAll, afterAll);

interface Case {
  readonly name: WrongDesign;
  readonly theme: Theme;
  /** It must be found within so many histories: some ten times as many as it takes on average. */
  readonly within: number;
  /** The promise it breaks. */
  readonly breaks: RegExp;
}

const cases: readonly Case[] = [
  { name: 'read-modify-write', theme: 'any', within: 60, breaks: /I-S[14]/ },
  { name: 'ledger-not-conditional', theme: 'any', within: 20, breaks: /I-[SQ][12]/ },
  { name: 'seen-before-the-effect', theme: 'any', within: 20, breaks: /I-S1/ },
  { name: 'hand-off-apart', theme: 'any', within: 800, breaks: /I-H1/ },
  { name: 'model-from-a-cache', theme: 'any', within: 1_500, breaks: /I-S[156]/ },
  { name: 'new-lead-unchecked', theme: 'pauses', within: 2_500, breaks: /I-S5/ },
];

it.each(cases)(
  'finds $name within $within histories',
  async ({ name, theme, within, breaks }) => {
    for (let history = 0; history < within; history++) {
      const { violations } = await runHistory({ seed: 1, history, design: wrongDesigns[name], theme, trace: null });
      if (violations.length === 0) continue;
      console.info(`${name}: found in history ${history}: ${violations[0]?.slice(0, 120)}`);
      expect(violations.join('\n')).toMatch(breaks);
      return;
    }
    expect.fail(`${name} was not found in ${within} histories`);
  },
  300_000,
);
