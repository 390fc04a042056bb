import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unknownActivity } from '../../../bin/playbook/activity-name.ts';
import { knownActivityTypes } from '../../../functions/leads/activity.ts';

it('the known activities are those of the glossary', async () => {
  const glossary = await readFile(join(import.meta.dirname, '../../../docs/glossary.md'), 'utf8');
  const section = glossary.split('## Activity types')[1]?.split('##')[0] ?? '';
  const types = [...section.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, type]) => type);
  expect(types.sort()).toEqual([...knownActivityTypes].sort());
});

it('an activity misspelt is refused with the one that was meant, or with those of its kind', () => {
  expect(unknownActivity('dael.won')).toBe('there is no activity "dael.won": did you mean "deal.won"?');
  expect(unknownActivity('deal.lost')).toBe(
    'there is no activity "deal.lost": use one of deal.won; what you track yourself is track.<name>',
  );
  expect(unknownActivity('call.made')).toContain('form.submitted');
  for (const known of [...knownActivityTypes, 'track.call-made']) expect(unknownActivity(known)).toBeUndefined();
});
