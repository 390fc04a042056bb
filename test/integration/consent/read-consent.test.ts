import { expect, it } from 'vitest';
import { readConsent } from '../../../functions/consent/read-consent.ts';
import { aConsentRoom, aTwin, leadId } from './a-consent-room.ts';

it('I-C5 tells every row of evidence in order, what stands, and every time that nothing was sent', async () => {
  const room = await aConsentRoom(aTwin());
  await room.submit('ebook');
  room.advance(1000);
  await room.unsubscribe();
  room.advance(1000);
  await room.preferences('POST', { marketing: 'yes', tracking: 'no', seen: new Date(room.clock.now).toISOString() });
  room.advance(1000);
  await room.feedback('email.bounced', 'ses', { properties: { bounceType: 'Permanent' } });
  const view = await readConsent(leadId, room.deps);
  expect(view.evidence.map(({ purpose, status }) => `${purpose} ${status}`)).toEqual([
    'marketing granted',
    'marketing revoked',
    expect.any(String),
    expect.any(String),
  ]);
  expect(view.evidence.map(({ at }) => at)).toEqual(view.evidence.map(({ at }) => at).toSorted());
  expect(view).toMatchObject({
    leadId,
    consent: { marketing: { status: 'granted' }, tracking: { status: 'revoked' } },
    suppressed: { reason: 'bounce' },
    suppressions: [
      { reason: 'unsubscribe', liftedAt: '2026-03-02T12:00:02.000Z' },
      { reason: 'bounce', evidence: 'email.bounced reported by ses', liftedAt: null },
    ],
  });
});

it('knows nobody whom nobody knows', async () => {
  const room = await aConsentRoom(aTwin());
  await expect(readConsent('nobody', room.deps)).rejects.toMatchObject({ status: 404, code: 'unknown-lead' });
});
