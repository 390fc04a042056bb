import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normaliseEmail } from '../../../functions/leads/email-address.ts';

it.each([
  [' Ana@Example.COM ', 'ana@example.com'],
  ['ana+trial@example.com', 'ana+trial@example.com'],
  ['ana@exämple.com', 'ana@xn--exmple-cua.com'],
  ['ana@ｅxample。com', 'ana@example.com'],
  ["o'brien@example.ie", "o'brien@example.ie"],
])('writes %s as %s (N1–N3)', (typed, normalised) => {
  expect(normaliseEmail(typed)).toBe(normalised);
});

it.each([
  ['no at sign', 'ana.example.com'],
  ['two in a row', 'ana..b@example.com'],
  ['a Kelvin sign that would merge with k', '\u212Aate@example.com'],
  ['a dotted capital I', 'İsa@example.com'],
  ['a line break', 'ana\r\nbcc:b@example.com@example.com'],
  ['no top-level domain', 'ana@localhost'],
  ['a local part of 65', `${'a'.repeat(65)}@example.com`],
  ['two addresses', 'a@example.com,b@example.com'],
  ['a path after the domain', 'a@example.com/foo'],
  ['a percent-encoded domain', 'a@ex%61mple.com'],
  ['an address in numbers', 'a@1.2'],
  ['an address in hexadecimal', 'a@0x7f.1'],
  ['nothing', ''],
])('refuses %s', (_, typed) => {
  expect(normaliseEmail(typed)).toBeNull();
});

it('is idempotent, ASCII, and never throws, on anything (I-N1)', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.tuple(fc.string({ unit: 'grapheme' }), fc.domain()).map(([local, host]) => `${local}@${host}`),
  );
  fc.assert(
    fc.property(anything, (typed) => {
      const once = normaliseEmail(typed);
      if (once === null) return;
      expect(once).toMatch(/^[\x21-\x7e]+$/);
      expect(normaliseEmail(once)).toBe(once);
    }),
    { numRuns: 5000 },
  );
});
