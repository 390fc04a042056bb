import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUnsubscribeToken, unsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { linkIdOf, readLinkId, splitLinkId, withLinkId } from '../../../functions/leads/link-id.ts';
import { readLinkKeys } from '../../../functions/leads/link-token.ts';

const keys = readLinkKeys('{"current":"k1","k1":"the-first-key-of-tests"}');
const rotated = { ...keys, current: 'k2', k2: 'the-second-key-of-tests' };
const link = { leadId: 'abcdefgh', sequence: 'welcome', run: 'activity-1', step: 3, link: 2 };
const id = linkIdOf(link, keys);

describe('a link id', () => {
  it('says which link of whose message it was, safe in an address', () => {
    expect(readLinkId(id, keys)).toEqual(link);
    expect(id).toMatch(/^[\w-]+\.[\w-]{22}$/);
  });

  it('stays short enough for any address', () => {
    const longest = {
      leadId: 'a'.repeat(32),
      sequence: 'asset-consultation',
      run: 'a'.repeat(128),
      step: 12,
      link: 99,
    };
    expect(linkIdOf(longest, keys).length).toBeLessThan(512);
  });

  it('I-W1 is read after a rotation, and not before it', () => {
    expect(readLinkId(id, rotated)).toEqual(link);
    expect(readLinkId(linkIdOf(link, rotated), keys)).toBeNull();
  });

  it('unsubscribes nobody, and a way out is no link id: each is bound to its purpose', () => {
    expect(readUnsubscribeToken(id, keys)).toBeNull();
    expect(readLinkId(unsubscribeToken(link, keys), keys)).toBeNull();
  });

  it('names any run, with dots and percent signs in it too', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom('.', '%', '2', 'E', '5', 'a', ':') }), (run) => {
        expect(readLinkId(linkIdOf({ ...link, run }, keys), keys)).toEqual({ ...link, run });
        expect(readUnsubscribeToken(unsubscribeToken({ ...link, run }, keys), keys)?.run).toBe(run);
      }),
    );
  });

  it('I-W1 with a character changed, or of any other text, is nothing and no error', () => {
    fc.assert(
      fc.property(fc.nat(id.length - 1), fc.constantFrom(...'abcXYZ019-_.='), (position, character) => {
        const changed = id.slice(0, position) + character + id.slice(position + 1);
        // The last character of base64 may carry bits that mean nothing: then it is the same link.
        expect([null, link]).toContainEqual(readLinkId(changed, keys));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readLinkId(text, keys) === null));
  });
});

describe('an address with a link id', () => {
  it.each([
    ['https://a.example', 'https://a.example?ripen_lid=x.y'],
    ['https://a.example/?', 'https://a.example/?ripen_lid=x.y'],
    ['https://a.example/p?q=1;', 'https://a.example/p?q=1;&ripen_lid=x.y'],
    ['https://a.example/p?q=%20a+b&c#top', 'https://a.example/p?q=%20a+b&c&ripen_lid=x.y#top'],
    ['https://a.example/#a?b', 'https://a.example/?ripen_lid=x.y#a?b'],
  ])('is %s as it was, and the id', (address, marked) => {
    expect(withLinkId(address, 'x.y')).toBe(marked);
    if (!address.endsWith('?')) expect(splitLinkId(marked)).toEqual({ link: address, linkId: 'x.y' });
    expect(withLinkId(marked, 'other')).toBe(marked);
  });

  it('is written as HTML writes it', () => {
    expect(withLinkId('https://a.example/?a=1&#38;b=2#top', 'x.y', '&amp;')).toBe(
      'https://a.example/?a=1&#38;b=2&amp;ripen_lid=x.y#top',
    );
  });

  it('gives back what else it says', () => {
    expect(splitLinkId('https://a.example/?ripen_lid=x.y&b=2')).toEqual({
      link: 'https://a.example/?b=2',
      linkId: 'x.y',
    });
    expect(splitLinkId('https://a.example/?b=2')).toEqual({ link: 'https://a.example/?b=2' });
    expect(splitLinkId('not an address')).toEqual({ link: 'not an address' });
  });
});
