import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { mismatches } from '../../../bin/playbook/cross-checks.ts';
import { FollowUpPlan, timedTypes } from '../../../functions/handoff/follow-up-plan.ts';
import { PlannedSequences } from '../../../functions/nurture/planned-sequence.ts';
import { aPlaybook, lineOf, problemsOf, removePlaybooks, shippedPlaybook } from '../../support/playbook.ts';

afterEach(removePlaybooks);

const file = 'follow-up.yaml';

describe('the follow-up plan', () => {
  it('has a strategy for every lead type: L1 to L4 (U1)', async () => {
    const { parts } = await compilePlaybook(shippedPlaybook);
    const { iql, mql, sql, trial } = parts['follow-up'];
    expect([iql, mql, sql, trial].map(({ strategy }) => strategy)).toEqual([
      ...['sequence', 're-engage', 'task', 'sequence'],
    ]);
    expect(timedTypes(parts['follow-up'])).toEqual(['mql']);
    // As nurture reads it.
    expect(PlannedSequences.parse(parts['follow-up'])).toMatchObject({ sql: { recycled: 'engagement' } });
  });

  it.each([
    ['iql', /^iql: .*$/m],
    ['trial', /^trial: .*$/m],
    ['mql', /^mql:\n( .*\n)+/m],
    ['sql', /^sql:\n( .*\n)+/m],
  ])('is refused without one for %s', async (type, written) => {
    const problems = await problemsOf(await aPlaybook(file, (yaml) => yaml.replace(written, '')));
    expect(problems).toEqual([
      expect.objectContaining({ file, path: type, message: expect.stringContaining('is missing: add it') }),
    ]);
  });

  it('may be copied from its page', async () => {
    const [, example = ''] = /```yaml\n([^`]*)```/.exec(readFileSync('docs/follow-up.md', 'utf8')) ?? [];
    const { parts } = await compilePlaybook(shippedPlaybook);
    expect(mismatches({ ...parts, 'follow-up': FollowUpPlan.parse(parse(example)) })).toEqual([]);
  });

  it('is not left out', async () => {
    expect((await problemsOf('/no-playbook')).map((problem) => problem.file)).toContain(file);
  });

  it.each([
    ['a sequence nobody wrote', 'sequence: mql-follow-up', 'sequence: mql-folow-up', 'mql.sequence', 'did you mean'],
    [
      'an audience nobody wrote',
      'audience: mql-retargeting',
      'audience: mql',
      'mql.audience',
      'use one of mql-retargeting',
    ],
    [
      'an activity nobody does',
      'appointment.booked',
      'appointment.boked',
      'mql.unless.0.activity',
      'did you mean "appointment.booked"?',
    ],
    ['a form that is none', 'form: [demo,', 'form: [dema,', 'mql.unless.2.where.form', 'there is no form "dema"'],
    ['a wait that is none', 'after: P14D', 'after: 14 days', 'mql.after', 'ISO 8601 duration'],
    ['an SQL that nobody speaks to', 'strategy: task', 'strategy: sequence', 'sql.strategy', 'task'],
    [
      'a sequence that never takes them',
      'sequence: trial-upgrade, recycled: engagement',
      'sequence: trial-upgrade, recycled: case-study',
      'trial.recycled',
      'its segment excludes milestone trial',
    ],
    [
      'an A/B test of one',
      'variants: [{ name: a }, { name: b }]',
      'variants: [{ name: a }]',
      'audiences.0.variants',
      'a test needs two variants',
    ],
    [
      'a misspelt key',
      'recycled: engagement\n\n# Sales',
      'recyled: engagement\n\n# Sales',
      'mql.recyled',
      'did you mean "recycled"?',
    ],
  ])('refuses %s, with the line and the mend', async (_, from, to, path, message) => {
    const problems = await problemsOf(await aPlaybook(file, (yaml) => yaml.replace(from, to)));
    const line = lineOf(file, from);
    expect(problems).toEqual([
      expect.objectContaining({ file, line, path, message: expect.stringContaining(message) }),
    ]);
  });
});
