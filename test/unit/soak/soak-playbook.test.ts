import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compilePlaybook } from '../../../bin/playbook/compile.ts';
import { forms } from '../../../bin/soak/crowd.ts';
import { writeSoakPlaybook } from '../../../bin/soak/soak-playbook.ts';

it('never pauses marketing by itself, and has the forms and consents that its people give', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-soak-playbook-'));
  writeSoakPlaybook('playbook', folder);
  const { account, forms: compiled } = (await compilePlaybook(folder)).parts;
  rmSync(folder, { recursive: true });
  expect(account.sending).toEqual({ pauseAtBounceRate: 1, pauseAtComplaintRate: 1 });
  for (const form of forms) {
    expect(compiled.forms[form]?.consents.map(({ purpose }) => purpose)).toContain('marketing');
  }
});
