import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  rightHandoffDesign,
  type WrongHandoffDesign,
  wrongHandoffDesigns,
} from '../../bin/simulate/handoff/handoff-designs.ts';
import { runHandoffHistory } from '../../bin/simulate/handoff/handoff-history.ts';
import { withoutStacks } from './without-stacks.ts';

withoutStacks(beforeAll, afterAll);

const seed = 1;
const histories = 1_000;

it(`I-H1…I-H3, fairness and the SLA: hold in ${histories} histories of hand-offs with every fault`, async () => {
  const failures: string[] = [];
  for (let history = 0; history < histories && failures.length < 5; history++) {
    const { violations } = await runHandoffHistory({ seed, history, design: rightHandoffDesign, trace: null });
    if (violations.length > 0)
      failures.push(
        `npm run simulate -- --theme handoff --seed ${seed} --history ${history} --trace: ${violations.join('; ')}`,
      );
  }
  expect(failures).toEqual([]);
}, 300_000);

interface Case {
  readonly name: WrongHandoffDesign;
  /** The first history to look at, and in how many it must be found: rare ones are looked for around where they are. */
  readonly from?: number;
  readonly within: number;
  readonly breaks: RegExp;
}

const cases: readonly Case[] = [
  { name: 'roster-not-conditional', from: 380, within: 300, breaks: /roster|fairness/ },
  { name: 'roster-apart-from-the-hand-off', within: 30, breaks: /roster/ },
  { name: 'accepted-without-a-condition', within: 100, breaks: /accepted|written over/ },
  { name: 'clock-of-any-turn', within: 60, breaks: /SLA/ },
  { name: 'due-item-deleted-first', within: 200, breaks: /SLA/ },
  { name: 'waits-for-ever', within: 60, breaks: /SLA|queue/ },
  { name: 'looks-again-tomorrow', within: 200, breaks: /queue/ },
  { name: 'place-freed-twice', within: 200, breaks: /roster/ },
  { name: 'drained-without-a-look', within: 60, breaks: /routing|SLA/ },
  { name: 'link-of-any-turn', within: 60, breaks: /by a link of turn/ },
  { name: 'notes-make-hand-offs', within: 60, breaks: /I-H1/ },
  { name: 'erasure-unfenced', within: 300, breaks: /I-H2/ },
  { name: 'told-apart', within: 60, breaks: /I-H3/ },
];

describe('the simulator of hand-offs', () => {
  it.each(cases)(
    'finds $name within $within histories',
    async ({ name, from = 0, within, breaks }) => {
      for (let history = from; history < from + within; history++) {
        const { violations } = await runHandoffHistory({
          ...{ seed, history, trace: null },
          design: wrongHandoffDesigns[name],
        });
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
