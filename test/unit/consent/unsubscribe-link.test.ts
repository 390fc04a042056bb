import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUnsubscribeToken, unsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { readLinkKeys } from '../../../functions/leads/link-token.ts';

const keys = readLinkKeys('{"current":"k1","k1":"the-first-key-of-tests"}');
const rotated = { ...keys, current: 'k3', k2: 'the-second-key-of-tests', k3: 'the-third-key-of-tests' };
const link = { leadId: 'abcdefgh', sequence: 'welcome', run: 'activity-1', step: 3 };
const token = unsubscribeToken(link, keys);

describe('an unsubscribe link', () => {
  it('says whose message it was, and shows no address', () => {
    expect(readUnsubscribeToken(token, keys)).toEqual(link);
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('I-C4 works for every link ever sent: after rotations, the old key stays', () => {
    expect(readUnsubscribeToken(token, rotated)).toEqual(link);
    expect(readUnsubscribeToken(unsubscribeToken(link, rotated), rotated)).toEqual(link);
  });

  it('I-W1 of an unknown key is nothing', () => {
    expect(readUnsubscribeToken(unsubscribeToken(link, rotated), keys)).toBeNull();
    const forged = unsubscribeToken(link, { current: 'current', k1: 'x' });
    expect(readUnsubscribeToken(forged, keys)).toBeNull();
  });

  it('I-W1 with a single character changed is nothing', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_.='), (position, character) => {
        fc.pre(token[position] !== character);
        const changed = token.slice(0, position) + character + token.slice(position + 1);
        const read = readUnsubscribeToken(changed, keys);
        // The last character of base64 may carry bits that mean nothing: then it is the same link.
        expect(read === null || JSON.stringify(read) === JSON.stringify(link)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('I-B1 of any text is nothing, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readUnsubscribeToken(text, keys)).toBeNull();
      }),
      { numRuns: 2_000 },
    );
    for (const text of ['', '.', '..', '__proto__', 'constructor.x', `${token}.`, `${token}.x`])
      expect(readUnsubscribeToken(text, keys)).toBeNull();
  });

  it('needs keys as the template makes them', () => {
    expect(() => readLinkKeys('{"current":"k9","k1":"the-first-key-of-tests"}')).toThrow('current names no key');
    expect(() => readLinkKeys('{"current":"k1","k1":"short"}')).toThrow();
  });
});
