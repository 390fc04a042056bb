import { expect, it } from 'vitest';
import { erase, keptOf, leadIdOf } from '../../../bin/person/kept.ts';
import { PersonError, type Site, siteAt } from '../../../bin/person/site.ts';

/** Answers by method and path, and remembers what it was asked. */
function aSite(answers: Readonly<Record<string, unknown>>): Site & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: async (method, path) => {
      asked.push(`${method} ${path}`);
      return answers[`${method} ${path}`];
    },
  };
}

it('finds a person by address, and takes an id as it is', async () => {
  const site = aSite({ 'GET /api/leads?email=ana%2Bx%40example.com': { leads: [{ leadId: 'abc' }] } });
  expect(await leadIdOf('ana+x@example.com', site)).toBe('abc');
  expect(await leadIdOf('abc', site)).toBe('abc');
  expect(site.asked).toHaveLength(1);
});

it('says when nobody is known by an address', async () => {
  const site = aSite({ 'GET /api/leads?email=no%40example.com': { leads: [] } });
  await expect(leadIdOf('no@example.com', site)).rejects.toThrow(PersonError);
});

it('puts the parts of a long export together', async () => {
  const path = 'GET /api/leads/abc/export';
  const site = aSite({
    [path]: { leadId: 'abc', exportedAt: 'now', items: [{ id: 'one' }], cursor: 'next' },
    [`${path}?cursor=next`]: { leadId: 'abc', exportedAt: 'now', items: [{ id: 'two' }], cursor: null },
  });
  expect(await keptOf('abc', site)).toMatchObject({ leadId: 'abc', items: [{ id: 'one' }, { id: 'two' }] });
});

it('erases with one request', async () => {
  const erased = { leadId: 'abc', erasedAt: 'now', complete: true };
  expect(await erase('abc', aSite({ 'DELETE /api/leads/abc': erased }))).toEqual(erased);
});

it('asks a deployed Ripen only with credentials', async () => {
  const site = siteAt('https://ripen.example', {}, Date.now);
  await expect(site.ask('GET', '/api/leads')).rejects.toThrow(/AWS credentials/);
});
