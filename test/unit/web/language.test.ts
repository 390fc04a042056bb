import { expect, it } from 'vitest';
import { languageOf } from '../../../functions/web/language.ts';

it.each([
  ['what is asked for', { asked: 'pt-BR', accepted: 'en', fallback: 'en' }, 'pt-BR'],
  ['the browser, most wanted first', { accepted: 'de, en;q=0.3, pt;q=0.8', fallback: 'en' }, 'pt-BR'],
  ['the language of another region', { accepted: 'pt-PT', fallback: 'en' }, 'pt-BR'],
  ['not what is refused', { accepted: 'pt;q=0', fallback: 'en' }, 'en'],
  ['the account, when nothing fits', { asked: 'xx', accepted: 'de', fallback: 'pt-BR' }, 'pt-BR'],
  ['English in the end', { fallback: 'de' }, 'en'],
])('takes %s', (_why, wishes, language) => {
  expect(languageOf(wishes)).toBe(language);
});
