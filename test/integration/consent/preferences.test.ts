import { describe, expect, it } from 'vitest';
import { preferencesText } from '../../../functions/consent/preferences-text.ts';
import {
  preferencesToken,
  readPreferencesToken,
  readUnsubscribeToken,
  unsubscribeToken,
} from '../../../functions/consent/unsubscribe-link.ts';
import { wordingHash } from '../../../functions/consent/wording.ts';
import { testTables } from '../../support/dynamodb.ts';
import { anActivity } from '../../support/scoring.ts';
import { aConsentRoom, aTwin, leadId, linkKeys } from './a-consent-room.ts';

const { leads } = await testTables({ stream: false });

/** Somebody who agreed to marketing on a form, an hour ago. */
async function subscribed(table = aTwin()) {
  const room = await aConsentRoom(table);
  await room.submit('ebook');
  room.advance(60 * 60_000);
  return room;
}

const seenNow = (room: Awaited<ReturnType<typeof subscribed>>) => ({ seen: new Date(room.clock.now).toISOString() });

describe('the preference page', () => {
  it('I-C4 changes nothing when it is looked at, and shows what stands, without the address', async () => {
    const room = await subscribed();
    const before = [await room.lead(), await room.view()];
    for (const method of ['GET', 'HEAD']) {
      const answer = await room.preferences(method);
      expect(answer).toMatchObject({
        status: 200,
        headers: { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' },
      });
      const page = String(answer.body);
      expect(page).toContain('a•••@example.com');
      expect(page).toContain('name="marketing" value="yes" checked');
      // Nobody has asked them: neither answer is chosen beforehand.
      expect(page).not.toMatch(/name="sales-contact" value="\w+" checked/);
      expect(page).toContain('name="tracking" value="yes" checked');
    }
    expect([await room.lead(), await room.view()]).toEqual(before);
  });

  it('I-C1 a no to our e-mail is the unsubscribe itself, on the engine as in memory', async () => {
    const room = await subscribed(leads);
    const answer = await room.preferences('POST', { marketing: 'no' });
    expect(answer.body).toContain('Saved. It holds from now on.');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: { marketing: { status: 'revoked' } },
    });
    expect(room.captured.at(-1)).toMatchObject({ type: 'email.unsubscribed', properties: { by: 'preferences' } });
    const { evidence } = await room.view();
    expect(evidence.at(-1)).toMatchObject({
      status: 'revoked',
      wording: wordingHash(preferencesText.en.questions.marketing.ask),
    });

    room.advance(1000);
    await room.preferences('POST', { marketing: 'yes', ...seenNow(room) });
    expect(await room.lead()).toMatchObject({ suppressed: null, consent: { marketing: { status: 'granted' } } });
    expect(room.captured.at(-1)).toMatchObject({ type: 'list.subscribed', source: 'page' });
  });

  it('I-C1 answers a no only when what was on its way can no longer be sent', async () => {
    const room = await subscribed();
    const until = room.clock.now + 10_000;
    room.deps.claimedUntil = async () => until;
    await room.preferences('POST', { marketing: 'no' });
    expect(room.waits).toEqual([10_000]);
  });

  it('T15 notes each answer with its evidence, and tells the ledger', async () => {
    const room = await subscribed();
    await room.preferences(
      'POST',
      { 'sales-contact': 'yes', tracking: 'no', ...seenNow(room) },
      { 'accept-language': 'pt-BR' },
    );
    expect((await room.lead())?.consent).toMatchObject({
      'sales-contact': { status: 'granted' },
      tracking: { status: 'revoked' },
      marketing: { status: 'granted' },
    });
    const { evidence } = await room.view();
    expect(evidence.slice(-2).map(({ purpose, status, wording }) => [purpose, status, wording])).toEqual(
      expect.arrayContaining([
        ['sales-contact', 'granted', wordingHash(preferencesText['pt-BR'].questions['sales-contact'].ask)],
        ['tracking', 'revoked', wordingHash(preferencesText['pt-BR'].questions.tracking.ask)],
      ]),
    );
    expect(room.captured.slice(-2).map(({ type, properties }) => [type, properties])).toEqual(
      expect.arrayContaining([
        ['consent.changed', { purpose: 'sales-contact', status: 'granted' }],
        ['consent.changed', { purpose: 'tracking', status: 'revoked' }],
      ]),
    );
  });

  it('saved again, or saved as it stands, changes nothing', async () => {
    const room = await subscribed();
    const fields = { marketing: 'yes', 'sales-contact': 'no', tracking: 'no', language: 'en', ...seenNow(room) };
    await room.preferences('POST', fields);
    const once = [await room.lead(), await room.view(), room.captured.length];
    room.advance(1000);
    await room.preferences('POST', fields);
    await room.preferences('POST');
    expect([await room.lead(), await room.view(), room.captured.length]).toEqual(once);
  });

  it('I-C2 a page that stood open while they unsubscribed elsewhere opts nobody in', async () => {
    const room = await subscribed();
    const open = seenNow(room);
    room.advance(1000);
    await room.unsubscribe();
    room.advance(1000);
    const answer = await room.preferences('POST', { marketing: 'yes', tracking: 'no', ...open });
    expect(answer.body).toContain('You had unsubscribed after this page was opened');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: { tracking: { status: 'revoked' } },
    });
  });

  it('I-C2 a yes without its page counts for nothing, and a no counts all the same', async () => {
    const room = await subscribed();
    await room.unsubscribe();
    room.advance(1000);
    const answer = await room.preferences('POST', { marketing: 'yes', 'sales-contact': 'yes', tracking: 'no' });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Press Save');
    const lead = await room.lead();
    expect(lead).toMatchObject({ suppressed: { reason: 'unsubscribe' }, consent: { tracking: { status: 'revoked' } } });
    expect(lead?.consent).not.toHaveProperty('sales-contact');
  });

  it('hands nobody to sales who wants no call, until they ask for one', async () => {
    const room = await subscribed();
    await room.preferences('POST', { 'sales-contact': 'no' });
    expect((await room.lead())?.consent['sales-contact']).toMatchObject({ status: 'revoked' });
    const done = { subject: { leadId }, occurredAt: new Date(room.clock.now).toISOString() };
    await room.deliver(anActivity('page.viewed', { ...done, source: 'tracker', properties: { path: '/pricing' } }));
    const points = { points: 500, author: 'Rita', reason: 'a test' };
    await room.deliver(anActivity('score.adjusted', { ...done, source: 'operator', properties: points }));
    room.advance(1000);
    const before = await room.lead();
    expect(before?.score.total).toBeGreaterThan(100);
    expect(before?.qualification).toBeNull();
    await room.submit('demo', {});
    expect((await room.lead())?.qualification).toMatchObject({ reason: 'explicit-request' });
  });

  it('ends everything by one button', async () => {
    const room = await subscribed();
    await room.preferences('POST', { 'sales-contact': 'yes', ...seenNow(room) });
    room.advance(1000);
    const answer = await room.preferences('POST', { all: 'no' });
    expect(answer.body).toContain('You are unsubscribed from everything');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: {
        marketing: { status: 'revoked' },
        'sales-contact': { status: 'revoked' },
        tracking: { status: 'revoked' },
      },
    });
  });

  it('I-C2 a yes lifts no bounce and no complaint', async () => {
    const room = await subscribed();
    await room.feedback('email.complained', 'ses');
    room.advance(1000);
    const answer = await room.preferences('POST', { marketing: 'yes', ...seenNow(room) });
    expect(answer.body).toContain('came back or was marked as spam');
    expect(await room.lead()).toMatchObject({ suppressed: { reason: 'complaint' } });
  });

  it('changes the language of our e-mails', async () => {
    const room = await subscribed();
    const answer = await room.preferences('POST', { language: 'pt-BR' });
    expect(answer.body).toContain('<option value="pt-BR" lang="pt-BR" selected>');
    expect(await room.lead()).toMatchObject({ language: 'pt-BR' });
    await room.preferences('POST', { language: 'xx' });
    expect(await room.lead()).toMatchObject({ language: 'pt-BR' });
  });

  it('takes nothing but yes and no', async () => {
    const room = await subscribed();
    await expect(room.preferences('POST', { marketing: 'maybe' })).rejects.toMatchObject({
      status: 422,
      path: 'marketing',
    });
  });

  it('I-W1 its link is good for nothing else, nor another link for it', () => {
    const message = { leadId, sequence: 'welcome', run: 'run', step: 1, sentTo: 'a-mark' };
    expect(readPreferencesToken(preferencesToken(message, linkKeys), linkKeys)).toEqual(message);
    expect(readPreferencesToken(unsubscribeToken(message, linkKeys), linkKeys)).toBeNull();
    expect(readUnsubscribeToken(preferencesToken(message, linkKeys), linkKeys)).toBeNull();
    const rotated = {
      ...linkKeys,
      current: 'k4',
      k2: 'a-second-key-for-tests',
      k3: 'a-third-key-for-tests',
      k4: 'a-fourth-key-for-tests',
    };
    expect(readPreferencesToken(preferencesToken(message, linkKeys), rotated)).toEqual(message);
  });
});
