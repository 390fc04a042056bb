import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { difference } from '../../../bin/smoke/fit.ts';

it('the walk fits the shipped playbook, and says why it does not fit another', async () => {
  const { parts } = await compilePlaybook(join(import.meta.dirname, '../../../playbook'));
  const { scoring, forms } = parts;
  expect(difference(parts)).toBeNull();
  expect(difference({ ...parts, scoring: { ...scoring, threshold: 80 } })).toContain('the threshold is 80');
  const rules = scoring.rules.map((rule) => (rule.id === 'opened-email' ? { ...rule, points: 1 } : rule));
  expect(difference({ ...parts, scoring: { ...scoring, rules } })).toContain('opened-email is not worth 5');
  expect(difference({ ...parts, forms: { ...forms, forms: {} } })).toContain('there is no form trial');
  expect(difference({ ...parts, sequences: [] })).toContain('welcome-1');
});
