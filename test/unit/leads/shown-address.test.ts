import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normaliseEmail } from '../../../functions/leads/email-address.ts';
import { shownAddress } from '../../../functions/leads/shown-address.ts';

it.each([
  ['ana@example.com', 'ana@example.com'],
  ['Ana@Example.com', 'Ana@example.com'],
  ['ana@xn--exmple-cua.com', 'ana@exämple.com'],
  ['ana@日本語.com', 'ana@日本語.com'],
  ['ana@почта.рф', 'ana@почта.рф'],
  ['ana@مثال.com', 'ana@مثال.com'],
  ['ana@faß.de', 'ana@faß.de'],
  ['no address', 'no address'],
])('shows %s as %s', (email, text) => {
  expect(shownAddress(email)).toEqual({ text, warning: null });
});

it.each([
  ['Latin with one Cyrillic letter', 'ana@pаypal.com', 'ana@xn--pypal-4ve.com'],
  ['Cyrillic letters that spell apple', 'ana@аррӏе.com', 'ana@xn--80ak6aa92e.com'],
  ['Greek beside Latin', 'ana@οpen.com', 'ana@xn--pen-8yc.com'],
  ['a phonetic g', 'ana@ɡoogle.com', 'ana@xn--oogle-qmc.com'],
  ['a picture', 'ana@xn--ls8h.com', 'ana@xn--ls8h.com'],
  ['a label that does not decode', 'ana@xn--zn7c.com', 'ana@xn--zn7c.com'],
])('I-N3 shows %s in Punycode, and says so', (_, email, text) => {
  expect(shownAddress(email)).toEqual({ text, warning: expect.stringContaining('ASCII form') });
});

it('I-N3 shows nothing but ASCII where it warns, and never two addresses alike', () => {
  const letters = fc.constantFrom(...'abcopeаеорсрхαοειßäñıɡ語ひ한אبก');
  const hosts = fc.string({ unit: letters, minLength: 1, maxLength: 8 }).map((label) => `${label}.com`);
  fc.assert(
    fc.property(hosts, hosts, (one, other) => {
      const [a, b] = [normaliseEmail(`ana@${one}`), normaliseEmail(`ana@${other}`)];
      if (a === null || b === null) return;
      const shown = shownAddress(a);
      if (shown.warning !== null) expect(shown.text).toMatch(/^[\x21-\x7e]+$/);
      expect(normaliseEmail(shown.text)).toBe(a);
      expect(shown.text === shownAddress(b).text).toBe(a === b);
    }),
    { numRuns: 5_000 },
  );
});
