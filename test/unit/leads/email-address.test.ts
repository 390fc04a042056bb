import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
  ['an address in full-width numbers', 'a@１'],
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

describe('over a hundred thousand addresses made of what goes wrong (I-N1, I-N2)', () => {
  // Both sharp s, the Kelvin and Angstrom signs, both Turkish i, full-width letters, dots and signs, joiners, marks of direction,
  // combining marks, a soft hyphen, halves of characters, and Cyrillic and Greek that look Latin.
  const odd = [
    ...['\u00df', '\u1e9e', '\u212a', '\u212b', '\u0130', '\u0131', '\uff41', '\uff0e', '\u3002', '\uff61', '\uff20'],
    ...['\u200d', '\u200c', '\u200f', '\u202e', '\u2066', '\u0301', '\u0323', '\u00ad', '\ufeff', '\ud800', '\udc00'],
    ...'\u0430\u03bf\u017f\ufb01\u0660\uff11\u65e5\u05d0\u{1f600}\u00e4\u1ea1',
  ];
  const plain = [...'abkszABKSZ019.-_+%!#/:@ \r\n"\\', 'xn--'];
  const part = (minLength: number) =>
    fc
      .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...plain) }, fc.constantFrom(...odd)), {
        minLength,
        maxLength: 7,
      })
      .map((letters) => letters.join(''));
  const tidy = fc.stringMatching(/^[A-Za-z0-9+_-]{1,6}$/);
  const name = fc.oneof(part(1), { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z0-9]{1,6}$/) });
  const host = fc.tuple(name, fc.constantFrom('.com', '.DE', '.xn--p1ai', '.\u0440\u0444', ''));
  const address = fc
    .tuple(fc.oneof(part(0), { weight: 2, arbitrary: tidy }), host)
    .map(([local, domain]) => `${local}@${domain.join('')}`);

  /** Where mail to this address ends up, told by others than us: letters A to Z alike before the @, a browser's reading behind it. */
  const mailbox = (typed: string): string => {
    const at = typed.trim().lastIndexOf('@');
    const local = typed.trim().slice(0, at);
    const asciiLower = [...local].map((letter) => (letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter));
    return `${asciiLower.join('')}@${new URL(`http://${typed.trim().slice(at + 1)}`).hostname}`;
  };

  it('is ASCII or nothing, the same again the second time, and the mailbox that was meant', () => {
    let accepted = 0;
    fc.assert(
      fc.property(address, (typed) => {
        const once = normaliseEmail(typed);
        if (once === null) return true;
        accepted += 1;
        return /^[\x21-\x7e]+$/.test(once) && normaliseEmail(once) === once && once === mailbox(typed);
      }),
      { numRuns: 100_000 },
    );
    // Else it would hold for nothing.
    expect(accepted).toBeGreaterThan(20_000);
  });

  it('makes one of two addresses only when they are one mailbox', () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(...odd, ...plain, ''));
    fc.assert(
      fc.property(address, change, (typed, [place, letter]) => {
        const at = place % (typed.length + 1);
        const other = typed.slice(0, at) + letter + typed.slice(at + (place % 2));
        const [a, b] = [normaliseEmail(typed), normaliseEmail(other)];
        return a === null || b === null || (a === b) === (mailbox(typed) === mailbox(other));
      }),
      { numRuns: 100_000 },
    );
  });

  it('keeps every plus-tag a mailbox of its own', () => {
    fc.assert(
      fc.property(tidy, tidy, tidy, (local, one, other) => {
        const [a, b] = [one, other].map((tag) => normaliseEmail(`${local}+${tag}@example.com`));
        return a !== null && (a === b) === (one.toLowerCase() === other.toLowerCase());
      }),
    );
  });
});
