import { expect, it } from 'vitest';
import { judge } from '../../../functions/scoring/verdict.ts';
import { filter } from './a-reaction.ts';
import { labelledReactions } from './labelled-reactions.ts';

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

it.each([1, 2, 3])('tells people from machines in a labelled month of mail (seed %i)', (seed) => {
  const { activities, truth } = labelledReactions(seed, 3000);
  const verdicts = judge(activities, filter);
  const count = (really: string, by: string) =>
    [...truth].filter(([id, label]) => label === really && verdicts.get(id)?.by === by).length;
  const [found, missed] = [count('machine', 'machine'), count('machine', 'human')];
  const [wronged, kept] = [count('human', 'machine'), count('human', 'human')];
  const precision = found / (found + wronged);
  const recall = found / (found + missed);
  const peopleKept = kept / (kept + wronged);
  console.log(
    `verdicts, seed ${seed}: ${truth.size} opens and clicks, machines found with precision ${percent(precision)} and recall ` +
      `${percent(recall)}, people kept ${percent(peopleKept)}`,
  );
  expect(verdicts.size).toBe(truth.size);
  expect(precision).toBeGreaterThan(0.99);
  expect(recall).toBeGreaterThan(0.95);
  expect(peopleKept).toBeGreaterThan(0.98);
});
