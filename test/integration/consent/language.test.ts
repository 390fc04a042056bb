import { afterAll, expect, it } from 'vitest';
import { testTables } from '../../support/dynamodb.ts';
import { emails } from '../../support/nurture.ts';
import { aNurtureRoom } from '../nurture/a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

it('a language chosen on the preference page holds for the walks that had begun in another', async () => {
  const inPortuguese = emails.map((email) => ({ ...email, language: 'pt-BR', subject: 'Em português' }));
  // The form spoke English; since then they have chosen.
  await room.addLead('chooser', { language: 'pt-BR' });
  await room.submit('chooser');
  await room.knock('chooser', 1, { ...room.deps, emails: async () => [...emails, ...inPortuguese] });
  expect(room.mails('chooser@example.com').map(({ subject }) => subject)).toEqual(['Em português']);
});
