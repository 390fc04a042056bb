import { expect, it } from 'vitest';
import { languageCookie, rememberedLanguage } from '../../../functions/web/language-cookie.ts';

it('finds the language again that it has kept, among other cookies', () => {
  const kept = languageCookie('pt-BR', { isLocal: false });
  expect(kept).toMatch(/^ripen_lang=pt-BR; .*; Secure$/);
  const [pair] = kept.split('; ');
  expect(rememberedLanguage({ headers: { cookie: `ripen_aid=abc; ${pair}; other=1` } })).toBe('pt-BR');
});

it('needs no TLS on a laptop', () => {
  expect(languageCookie('en', { isLocal: true })).not.toContain('Secure');
});

it.each([undefined, '', 'not_ripen_lang=pt-BR', 'ripen_lang=', 'ripen_lang=<script>'])(
  'remembers nothing of %s',
  (cookie) => {
    expect(rememberedLanguage({ headers: cookie === undefined ? {} : { cookie } })).toBeNull();
  },
);
