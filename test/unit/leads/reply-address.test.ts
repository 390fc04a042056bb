import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { isReplyTo, readReplyAddress, replyAddress } from '../../../functions/leads/reply-address.ts';

const keys = { current: 'k2', k1: 'the-key-before-this-one', k2: 'a-key-for-tests-only' };
const message = fc.record({
  leadId: fc.emailAddress().map((email) => leadIdOf(email, 'pepper')),
  sequence: fc.string({ minLength: 1, maxLength: 40 }),
  run: fc.string({ minLength: 1, maxLength: 128 }),
  step: fc.nat(60),
});
const anyCase = fc.infiniteStream(fc.boolean());

describe('a reply address', () => {
  it('is known again in any case, and says whose and which message it was on', () => {
    fc.assert(
      fc.property(message, message, anyCase, (answered, other, capitals) => {
        const address = replyAddress(answered, keys, 'reply.orchard.example');
        const shouted = [...address].map((letter) => (capitals.next().value ? letter.toUpperCase() : letter)).join('');
        const read = readReplyAddress(shouted, keys);
        expect(read?.leadId).toBe(answered.leadId);
        expect(read && isReplyTo(read, answered)).toBe(true);
        expect(read && isReplyTo(read, { ...other, leadId: answered.leadId })).toBe(
          JSON.stringify([other.sequence, other.run, other.step]) ===
            JSON.stringify([answered.sequence, answered.run, answered.step]),
        );
      }),
    );
  });

  it('is one that every mail server takes: 64 characters before the @', () => {
    fc.assert(
      fc.property(message, (answered) => {
        expect(replyAddress(answered, keys, 'reply.orchard.example')).toMatch(/^[a-z2-7]{64}@reply\.orchard\.example$/);
      }),
    );
  });

  it('with any letter changed, one more or one less, is nobody’s', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz234567'];
    fc.assert(
      fc.property(message, fc.nat(63), fc.constantFrom(...letters), (answered, at, letter) => {
        const [local = ''] = replyAddress(answered, keys, 'reply.orchard.example').split('@');
        const changed = `${local.slice(0, at)}${letter}${local.slice(at + 1)}`;
        if (changed !== local) expect(readReplyAddress(`${changed}@reply.orchard.example`, keys)).toBeNull();
        expect(readReplyAddress(`${local}${letter}@reply.orchard.example`, keys)).toBeNull();
        expect(readReplyAddress(`${local.slice(1)}@reply.orchard.example`, keys)).toBeNull();
      }),
    );
  });

  it('made by a key that was replaced still works; by one we never had, not', () => {
    const answered = { leadId: leadIdOf('ana@example.com', 'pepper'), sequence: 'welcome', run: 'r1', step: 1 };
    const old = replyAddress(answered, { ...keys, current: 'k1' }, 'reply.orchard.example');
    expect(readReplyAddress(old, keys)?.leadId).toBe(answered.leadId);
    const foreign = replyAddress(answered, { current: 'k9', k9: 'somebody-elses-key' }, 'reply.orchard.example');
    expect(readReplyAddress(foreign, keys)).toBeNull();
  });

  it('is read from anything without a fault', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readReplyAddress(text, keys)).toBeNull();
      }),
    );
    expect(readReplyAddress('', keys)).toBeNull();
  });

  it('is made for leads only', () => {
    const nobody = { leadId: 'lead-ana', sequence: 'welcome', run: 'r1', step: 1 };
    expect(() => replyAddress(nobody, keys, 'reply.orchard.example')).toThrow('no lead id');
  });
});
