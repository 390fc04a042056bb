import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmToken, readConfirmToken } from '../../../functions/consent/confirm-link.ts';
import { preferencesToken, readUnsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { readLinkKeys } from '../../../functions/leads/link-token.ts';

const keys = readLinkKeys('{"current":"k1","k1":"the-first-key-of-tests"}');
const rotated = {
  current: 'k4',
  k2: 'the-second-key-of-tests',
  k3: 'the-third-key-of-tests',
  k4: 'the-fourth-key-of-tests',
};
const link = {
  leadId: 'abcdefgh',
  form: 'newsletter',
  activityId: 'activity.1',
  askedAt: '2026-03-02T12:00:00.000Z',
  sentTo: 'a-mark',
};
const token = confirmToken(link, keys);

describe('a confirmation link', () => {
  it('says which submission it is about, and shows no address', () => {
    expect(readConfirmToken(token, keys)).toEqual(link);
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('I-W1 works after three rotations of the keys, and never without its own', () => {
    expect(readConfirmToken(token, { ...keys, ...rotated })).toEqual(link);
    expect(readConfirmToken(token, rotated)).toBeNull();
  });

  it('is good for nothing else, nor is another link for it', () => {
    const message = { leadId: link.leadId, sequence: link.form, run: link.activityId, step: 1, sentTo: link.sentTo };
    expect(readConfirmToken(preferencesToken(message, keys), keys)).toBeNull();
    expect(readUnsubscribeToken(token, keys)).toBeNull();
  });

  it('I-B1 of any text is nothing, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readConfirmToken(text, keys)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
