import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { aPlaybook, problemsOf, removePlaybooks } from '../../support/playbook.ts';

afterAll(removePlaybooks);

it('I-M6 a form that confirms addresses needs the e-mail that asks, in every language', async () => {
  const folder = await aPlaybook('team.yaml', (yaml) => `# ours\n${yaml}`);
  await rm(join(folder, 'emails/confirm.pt-BR.mjml'));
  expect(await problemsOf(folder)).toMatchObject([
    {
      path: 'forms.newsletter.doubleOptIn',
      message: expect.stringMatching(/^addresses are confirmed by the e-mail "confirm", and .*pt-BR/),
    },
  ]);
});
