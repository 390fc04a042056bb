import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { summaryOf } from '../../../bin/playbook/scoring/summary.ts';
import { Account } from '../../../functions/leads/account.ts';
import { dayMs, scoreAt } from '../../../functions/leads/fold.ts';
import { toText, weigh } from '../../../functions/leads/points.ts';
import { Scope } from '../../../functions/scoring/scoring-model.ts';
import { scoringProblems, shippedPlaybook } from '../../support/playbook.ts';
import { shippedModel } from '../../support/scoring.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/scoring.md'), 'utf8');
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

/** The shipped file with an example pasted into it: rules are added, or take the place of the one with their id. */
const pasted = (example: string) => (shipped: string) => {
  const before = parse(shipped);
  const { rules = [], ...rest } = parse(example);
  const ids = rules.map(({ id }: { id: string }) => id);
  const kept = before.rules.filter(({ id }: { id: string }) => !ids.includes(id));
  return stringify({ ...before, ...rest, rules: [...kept, ...rules] });
};

describe('docs/scoring.md', () => {
  const examples = blocks('yaml').filter((example) => !example.startsWith('# account.yaml'));

  it.each(examples)('shows what may be written: %#', async (example) => {
    expect(await scoringProblems(pasted(example))).toEqual([]);
  });

  it('shows how the account opts in', () => {
    const [example = ''] = blocks('yaml').filter((each) => each.startsWith('# account.yaml'));
    const account = parse(readFileSync(join(shippedPlaybook, 'account.yaml'), 'utf8'));
    expect(Account.parse({ ...account, ...parse(example) }).sensitiveAttributes).toEqual(['age']);
  });

  it('shows what the check says', () => {
    const [shown = ''] = blocks('');
    const said = summaryOf(shippedModel).split('\n');
    for (const line of shown.trimEnd().split('\n')) expect(said).toContain(line);
  });

  it('reckons as the score does', () => {
    const at = Date.UTC(2026, 2, 2);
    const sum = toText(weigh(80, at, 60 * dayMs));
    const fold = {
      tallies: { replied: { group: 'engagement' as const, sum, halfLifeDays: 60 } },
      silences: {},
      firsts: {},
      lasts: {},
      limits: {},
    };
    const rows = [...page.matchAll(/^\| (\d+) \| ([\d.]+) \|$/gm)].map(([, days, points]) => [
      Number(days),
      Number(points),
    ]);
    expect(rows).toHaveLength(5);
    for (const [days = 0, points] of rows) expect(scoreAt(fold, at + days * dayMs).total).toBe(points);
  });

  it('names every scope', () => {
    for (const scope of Scope.options) expect(page).toContain(`| \`${scope}\` |`);
  });
});
