import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consentAfter, isStronger, revokesConsent } from '../../../functions/consent/consent.ts';
import { suppressionReason } from '../../../functions/consent/suppress-lead.ts';
import { masked, pageLanguage } from '../../../functions/consent/unsubscribe-page.ts';
import type { ConsentStatus } from '../../../functions/leads/lead.ts';
import { anActivity } from '../../support/scoring.ts';

describe('consent', () => {
  it.each([
    [undefined, 'denied', 'denied'],
    [undefined, 'granted', 'granted'],
    ['denied', 'granted', 'granted'],
    ['pending', 'granted', 'granted'],
    ['pending', 'denied', 'pending'],
    ['granted', 'denied', 'granted'],
    ['granted', 'pending', 'granted'],
    ['revoked', 'granted', 'revoked'],
  ] as const)('Q23 %s, then %s: %s', (before, given, after) => {
    expect(consentAfter(before, given)).toBe(after);
  });

  it('I-C2 comes back after a revocation only by an opt-in the person has confirmed', () => {
    expect(consentAfter('revoked', 'granted', true)).toBe('granted');
    expect(consentAfter('revoked', 'pending', true)).toBe('revoked');
  });

  it('I-C2 is the same in whichever order the answers arrive, and however often', () => {
    const given = fc.constantFrom('granted', 'pending', 'denied') as fc.Arbitrary<'granted' | 'pending' | 'denied'>;
    const fold = (answers: readonly ('granted' | 'pending' | 'denied')[]) =>
      answers.reduce<ConsentStatus | undefined>((status, answer) => consentAfter(status, answer), undefined);
    fc.assert(
      fc.property(fc.array(given, { minLength: 1 }), (answers) => {
        expect(fold([...answers].reverse())).toBe(fold(answers));
        expect(fold([...answers, ...answers])).toBe(fold(answers));
      }),
    );
  });
});

describe('a suppression', () => {
  it('I-C2 is only ever made stronger', () => {
    expect(isStronger('complaint', 'unsubscribe')).toBe(true);
    expect(isStronger('unsubscribe', 'complaint')).toBe(false);
    expect(isStronger('bounce', 'bounce')).toBe(false);
    expect(isStronger('bounce', undefined)).toBe(true);
  });

  it('takes consent back when the person has said no, not when their mailbox is gone', () => {
    expect(['unsubscribe', 'complaint', 'bounce'].map((reason) => revokesConsent(reason as 'bounce'))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    ['email.bounced', { bounceType: 'Permanent' }, 'ses', 'bounce'],
    ['email.bounced', { bounceType: 'Transient' }, 'ses', null],
    ['email.bounced', {}, 'ses', null],
    ['email.complained', {}, 'ses', 'complaint'],
    ['email.complained', { complaintFeedbackType: 'not-spam' }, 'ses', null],
    ['email.unsubscribed', {}, 'page', 'unsubscribe'],
    ['email.unsubscribed', {}, 'tracker', null],
    ['email.complained', {}, 'form', null],
    ['email.opened', {}, 'ses', null],
    ['email.suppressed', { reason: 'complaint' }, 'import', 'complaint'],
    ['email.suppressed', { reason: 'erasure' }, 'import', null],
    ['email.suppressed', { reason: 'bounce' }, 'tracker', null],
  ])('I-C3 %s %j from %s: %s', (type, properties, source, reason) => {
    expect(suppressionReason(anActivity(type, { properties, source }))).toBe(reason);
  });
});

describe('the page', () => {
  it('shows enough of an address for its owner only', () => {
    expect(masked('ana.souza@example.com')).toBe('a•••@example.com');
  });

  it.each([
    ['pt-BR,pt;q=0.9,en;q=0.8', 'en', 'pt-BR'],
    ['fr-FR', 'pt-BR', 'pt-BR'],
    ['en-GB', 'pt-BR', 'en'],
    [undefined, 'de', 'en'],
  ] as const)('speaks to %s of an account in %s in %s', (asked, account, language) => {
    expect(pageLanguage(asked, account)).toBe(language);
  });
});
