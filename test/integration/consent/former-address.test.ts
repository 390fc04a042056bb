import { describe, expect, it } from 'vitest';
import { emailActivityOf } from '../../../functions/capture/email-event.ts';
import { idOf } from '../../support/models.ts';
import { aConsentRoom, aTwin, type ConsentRoom, email, leadId } from './a-consent-room.ts';

const moved = 'ana@new.example';
const minuteMs = 60_000;

/** Somebody who came by this form, and has another address since. */
async function whoMoved(form: 'ebook' | 'newsletter') {
  const room = await aConsentRoom(aTwin());
  await room.submit(form);
  room.advance(minuteMs);
  await room.move(moved);
  room.advance(minuteMs);
  return room;
}

const seenNow = (room: ConsentRoom) => ({ seen: new Date(room.clock.now).toISOString() });

async function bounces(room: ConsentRoom, address: string, finally_ = address) {
  const timestamp = new Date(room.clock.now).toISOString();
  const read = emailActivityOf({
    eventType: 'Bounce',
    mail: { messageId: `m-${address}-${timestamp}`, timestamp, destination: [address], tags: { lead: [leadId] } },
    bounce: { timestamp, bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: finally_ }] },
  });
  if (read.outcome !== 'activity') throw new Error(read.reason);
  await room.deliver(read.activity);
}

describe('a link that went to the address a person had before', () => {
  it('I-C2 confirms nothing, and says nothing of them', async () => {
    const room = await whoMoved('newsletter');
    for (const method of ['GET', 'POST']) {
      const answer = await room.confirm(method);
      expect(answer.status).toBe(404);
      expect(String(answer.body)).not.toMatch(/new\.example|example\.com/);
    }
    expect((await room.lead())?.consent.marketing?.status).toBe('pending');
  });

  it('I-C2 lifts no no of theirs, and shows neither what stands nor where they are', async () => {
    const room = await whoMoved('ebook');
    await room.unsubscribe();
    room.advance(minuteMs);
    const page = await room.preferences('GET');
    expect(page).toMatchObject({ status: 200 });
    expect(String(page.body)).not.toMatch(/@|checked/);
    const wishes = { marketing: 'yes', 'sales-contact': 'yes', tracking: 'yes', language: 'pt-BR', ...seenNow(room) };
    expect((await room.preferences('POST', wishes)).status).toBe(409);
    const lead = await room.lead();
    expect(lead?.suppressed).toMatchObject({ reason: 'unsubscribe' });
    expect(lead?.consent).not.toHaveProperty('sales-contact');
    expect(lead?.language).not.toBe('pt-BR');
  });

  it('I-C1 still says no', async () => {
    const room = await whoMoved('ebook');
    const answer = await room.preferences('POST', { all: 'no' });
    expect(answer.body).toContain('Your no is saved');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: { marketing: { status: 'revoked' }, tracking: { status: 'revoked' } },
    });
  });

  it('is asked anew at the new address, whose yes counts', async () => {
    const room = await whoMoved('newsletter');
    room.advance(25 * 60 * minuteMs);
    await room.submit('newsletter', { consent: 'marketing', email: moved });
    expect((await room.confirm('POST')).status).toBe(200);
    expect((await room.lead())?.consent.marketing?.status).toBe('granted');
  });
});

describe('mail that comes back late', () => {
  it('I-C3 from a mailbox they have left silences nobody, and is remembered of that mailbox', async () => {
    const room = await whoMoved('ebook');
    await bounces(room, email);
    expect((await room.lead())?.suppressed).toBeNull();
    // A second address that is not the one they are known by: its refusal waits for whoever goes back to it.
    await room.move('ana@third.example');
    room.advance(minuteMs);
    await bounces(room, moved);
    expect((await room.lead())?.suppressed).toBeNull();
    expect(await room.deps.suppressions.get(idOf(moved))).toMatchObject({ reason: 'bounce' });
    room.advance(minuteMs);
    await room.move(moved);
    expect((await room.lead())?.suppressed).toMatchObject({ reason: 'bounce' });
  });

  it('I-C3 from the mailbox they have now silences them, also when it was forwarded elsewhere', async () => {
    const room = await whoMoved('ebook');
    await bounces(room, 'Ana@NEW.example', email);
    expect((await room.lead())?.suppressed).toMatchObject({ reason: 'bounce' });
  });

  it('I-C3 from a mailbox we do not know as theirs silences them: rather too little mail', async () => {
    const room = await whoMoved('ebook');
    await bounces(room, 'somebody@else.example');
    expect((await room.lead())?.suppressed).toMatchObject({ reason: 'bounce' });
  });

  it('I-C2 a complaint is a person’s, whichever mailbox it came from', async () => {
    const room = await whoMoved('ebook');
    await room.feedback('email.complained', 'ses', { subject: { leadId, email } });
    expect((await room.lead())?.suppressed).toMatchObject({ reason: 'complaint' });
  });
});
