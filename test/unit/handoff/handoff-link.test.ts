import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUnsubscribeToken, unsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { handoffToken, readHandoffToken } from '../../../functions/handoff/handoff-link.ts';
import { readLinkKeys } from '../../../functions/leads/link-token.ts';

const keys = readLinkKeys('{"current":"k1","k1":"the-first-key-of-tests"}');
const rotated = { current: 'k3', k2: 'the-second-key-of-tests', k3: 'the-third-key-of-tests' };
const link = { leadId: 'abcdefgh', cycle: 2, turn: 3, rep: 'ana-souza' };
const token = handoffToken(link, keys);

describe('the link by which a rep answers', () => {
  it('says which hand-off, for whom and for which turn, and shows no address', () => {
    expect(readHandoffToken(token, keys)).toEqual(link);
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('I-W1 works after the keys were rotated, and never without its own', () => {
    expect(readHandoffToken(token, { ...keys, ...rotated })).toEqual(link);
    expect(readHandoffToken(token, rotated)).toBeNull();
  });

  it('is good for nothing else, nor is another link for it', () => {
    const message = { leadId: link.leadId, sequence: '2', run: '3', step: 1 };
    expect(readHandoffToken(unsubscribeToken(message, keys), keys)).toBeNull();
    expect(readUnsubscribeToken(token, keys)).toBeNull();
  });

  it('means nothing with any bit of it turned', () => {
    const dot = token.indexOf('.');
    for (const [start, text] of [
      [0, token.slice(0, dot)],
      [dot + 1, token.slice(dot + 1)],
    ] as const) {
      const bytes = Buffer.from(text, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const turned = Buffer.from(bytes);
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const forged = token.slice(0, start) + turned.toString('base64url') + token.slice(start + text.length);
        expect(readHandoffToken(forged, keys)).toBeNull();
      }
    }
  });

  it('I-B1 of any text is nothing, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readHandoffToken(text, keys)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
