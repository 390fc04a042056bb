import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unknownActivity } from '../../../bin/playbook/activity-name.ts';
import { slugOf } from '../../../functions/capture/tracking-names.ts';
import { knownActivityTypes } from '../../../functions/leads/activity.ts';

it('the known activities are those of the glossary', async () => {
  const glossary = await readFile(join(import.meta.dirname, '../../../docs/glossary.md'), 'utf8');
  const section = glossary.split('## Activity types')[1]?.split('##')[0] ?? '';
  const types = [...section.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, type]) => type);
  expect(types.sort()).toEqual([...knownActivityTypes].sort());
});

it('an activity misspelt is refused with the one that was meant, or with those of its kind', () => {
  expect(unknownActivity('dael.won')).toBe('there is no activity "dael.won": did you mean "deal.won"?');
  expect(unknownActivity('deal.signed')).toBe(
    'there is no activity "deal.signed": use one of deal.won, deal.lost; what you track yourself is track.<name>',
  );
  expect(unknownActivity('call.made')).toContain('form.submitted');
  for (const known of [...knownActivityTypes, 'track.call-made']) expect(unknownActivity(known)).toBeUndefined();
});

it.each([
  ['track.a.b', 'track.a-b'],
  ['track.call--made', 'track.call-made'],
  ['track.call-made-', 'track.call-made'],
  [`track.${'a'.repeat(51)}`, `track.${'a'.repeat(50)}`],
  ['track.trial.started', 'trial.started'],
])('a tracked name that no event ever gets is refused: %s', (type, meant) => {
  expect(unknownActivity(type)).toMatch(new RegExp(`: write ${meant.replaceAll('.', '\\.')}$`));
});

it('a name that an event gets is one that rules may name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (event) => {
      expect(unknownActivity(`track.${slugOf(event)}`)).toBeUndefined();
    }),
  );
});
