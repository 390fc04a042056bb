import { expect, it } from 'vitest';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { leadsPage } from '../../../functions/web/leads-page.ts';
import { aLeadPageView, aLeadsPageView, inPortuguese } from './sample-pages.ts';

it('hands out everything that is kept, by a plain link', () => {
  expect(leadPage(aLeadPageView())).toContain('href="/api/leads/abcdefghijklmnop/export" download');
});

it('erases by a plain form that asks for the word, in the reader’s language', () => {
  const page = leadPage(aLeadPageView());
  expect(page).toContain('action="/api/leads/abcdefghijklmnop/erasure" method="post"');
  expect(page).toMatch(/<label for="erase-confirm">Write ERASE to confirm<\/label>/);
  const [, pattern = ''] = /id="erase-confirm"[^>]*pattern="([^"]*)"/.exec(page) ?? [];
  for (const typed of ['ERASE', ' erase ']) expect(typed).toMatch(new RegExp(`^(?:${pattern})$`, 'v'));
  expect('DELETE').not.toMatch(new RegExp(`^(?:${pattern})$`, 'v'));
  expect(leadPage(aLeadPageView({ frame: inPortuguese }))).toContain('Escreva APAGAR para confirmar');
});

it('says what stays, and for how long backups have them', () => {
  const page = leadPage(aLeadPageView());
  for (const words of ['a hash of their address', 'rows that name nobody', '35 days', 'Nobody can undo this'])
    expect(page).toContain(words);
});

it('says afterwards that it is done', () => {
  expect(leadsPage(aLeadsPageView({ erased: true }))).toContain('Erased: nothing is kept of this person');
  expect(leadsPage(aLeadsPageView())).not.toContain('Erased:');
});
