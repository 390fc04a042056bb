import { describe, expect, it } from 'vitest';
import { wordingHash } from '../../../functions/consent/wording.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aConsentRoom, aTwin, leadId } from './a-consent-room.ts';

const hourMs = 60 * 60_000;
const { leads } = await testTables({ stream: false });

async function asked(room: Awaited<ReturnType<typeof aConsentRoom>>) {
  await room.submit('newsletter');
  room.advance(60_000);
  return room;
}

describe('a form with double opt-in', () => {
  it('I-F1 I-M6 asks by one message without a word of what was typed, and once for each submission', async () => {
    const room = await aConsentRoom(leads);
    await room.submit('newsletter', { consent: 'marketing', name: 'http://evil.example' });
    for (const activity of [...room.captured]) await room.deliver(activity);
    expect(room.requested).toHaveLength(1);
    expect(room.requested[0]).toMatchObject({
      leadId,
      template: 'confirm',
      policy: 'atLeastOnce',
      to: { kind: 'lead' },
      data: {
        form: 'newsletter',
        confirmUrl: expect.stringMatching(/^https:\/\/mail\.orchard\.example\/confirm\/[\w.-]+$/),
      },
    });
    expect(JSON.stringify(room.requested)).not.toContain('evil');
    expect(room.requested[0]).not.toHaveProperty('despiteUnsubscribeBefore');
    const lead = await room.lead();
    // Scoring and hand-off do not wait: they count from now on.
    expect(lead).toMatchObject({ consent: { marketing: { status: 'pending' } }, milestones: { lead: {} } });

    // On the engine as in memory: one whole round.
    room.advance(60_000);
    expect((await room.confirm('POST')).status).toBe(200);
    expect(await room.lead()).toMatchObject({ consent: { marketing: { status: 'granted' } }, suppressed: null });
    expect(await room.types()).toEqual(['form.submitted', 'list.subscribed']);
  });

  it('I-F1 at most once in 24 hours, whatever the flood', async () => {
    const room = await aConsentRoom(aTwin());
    for (let hour = 0; hour < 50; hour++) {
      for (let again = 0; again < 5; again++)
        await room.submit('newsletter', { consent: 'marketing', submission_id: `${hour}-${again}` });
      room.advance(hourMs);
    }
    expect(room.requested).toHaveLength(2);
    expect(new Set(room.requested.map(({ run }) => run)).size).toBe(2);
  });

  it('I-F1 asks whoever does not answer less and less, and anew who has answered since', async () => {
    const room = await aConsentRoom(aTwin());
    const askedOnDays = async (days: number) => {
      const from = room.clock.now;
      const before = room.requestedAt.length;
      for (let day = 0; day < days; day++) {
        await room.submit('newsletter');
        room.advance(24 * hourMs);
      }
      return room.requestedAt.slice(before).map((at) => (at - from) / (24 * hourMs));
    };
    expect(await askedOnDays(70)).toEqual([0, 1, 8, 38, 68]);
    await room.confirm('POST');
    room.advance(hourMs);
    await room.unsubscribe();
    room.advance(hourMs);
    expect(await askedOnDays(10)).toEqual([0, 1, 8]);
  });

  it('I-F1 asks who has unsubscribed from the question itself not for a season', async () => {
    const room = await aConsentRoom(aTwin());
    await room.submit('newsletter');
    room.advance(hourMs);
    await room.unsubscribe({ sequence: 'confirm-newsletter' });
    for (let day = 0; day < 100; day++) {
      room.advance(24 * hourMs);
      await room.submit('newsletter');
    }
    expect(room.requestedAt.map((at) => Math.floor((at - (room.requestedAt[0] ?? 0)) / (24 * hourMs)))).toEqual([
      0, 90, 97,
    ]);
  });

  it('asks nobody who has not ticked the box, nobody who has agreed already, and nobody on behalf of a file', async () => {
    const room = await aConsentRoom(aTwin());
    await room.submit('newsletter', {});
    await room.submit('ebook');
    room.advance(hourMs);
    await room.submit('newsletter');
    expect(room.requested).toEqual([]);
    expect(await room.lead()).toMatchObject({ consent: { marketing: { status: 'granted' } } });
  });
});

describe('the link of the message', () => {
  it('changes nothing when it is looked at: scanners follow every link', async () => {
    const room = await asked(await aConsentRoom(aTwin()));
    const before = await room.view();
    for (const method of ['GET', 'HEAD']) {
      const answer = await room.confirm(method);
      expect(answer).toMatchObject({
        status: 200,
        headers: { 'x-robots-tag': 'noindex', 'cache-control': 'no-store' },
      });
      expect(answer.body).toContain('a•••@example.com');
      expect(answer.body).not.toContain('ana@example.com');
    }
    expect(await room.view()).toEqual(before);
  });

  it('I-C5 grants with the evidence of what the form had asked, and tells which submission it was', async () => {
    const room = await asked(await aConsentRoom(aTwin()));
    await room.confirm('POST');
    const { consent, evidence } = await room.view();
    expect(consent.marketing).toMatchObject({ status: 'granted', confirmedAt: '2026-03-02T12:01:00.000Z' });
    expect(evidence.map(({ purpose, status }) => [purpose, status])).toEqual([
      ['marketing', 'pending'],
      ['marketing', 'granted'],
    ]);
    expect(evidence.map(({ wording }) => wording)).toEqual(Array(2).fill(wordingHash('Yes, e-mail me.')));
    expect(room.captured.at(-1)).toMatchObject({
      type: 'list.subscribed',
      source: 'page',
      properties: {
        list: 'marketing',
        form: 'newsletter',
        magnet: 'newsletter',
        funnelStage: 'TOFU',
        confirms: room.captured[0]?.activityId,
      },
    });
  });

  it('pressed again changes nothing', async () => {
    const room = await asked(await aConsentRoom(aTwin()));
    const page = { seen: new Date(room.clock.now).toISOString() };
    await room.confirm('POST', page);
    const once = [await room.lead(), await room.view()];
    room.advance(hourMs);
    expect((await room.confirm('POST', page)).body).toContain('You are on the list');
    expect([await room.lead(), await room.view()]).toEqual(once);
  });

  const unread: readonly Readonly<Record<string, string>>[] = [{}, { seen: '' }, { seen: 'yesterday' }];
  it.each(unread)(
    'I-C2 posted without its page (%o) grants nothing: a machine may post to whatever it finds',
    async (fields) => {
      const room = await asked(await aConsentRoom(aTwin()));
      const before = await room.view();
      const answer = await room.confirm('POST', fields);
      expect(answer.status).toBe(422);
      expect(answer.body).toContain('Press the button');
      expect(await room.view()).toEqual(before);
      expect((await room.lead())?.consent.marketing?.status).toBe('pending');
    },
  );

  it('is one and the same page for every link that we did not make, and for somebody nobody knows', async () => {
    const room = await asked(await aConsentRoom(aTwin()));
    const elsewhere = await aConsentRoom(aTwin());
    const token = room.tokenAsked();
    const links = [
      [room, ''],
      [room, 'x'],
      [room, `${token}x`],
      // Signed by us, and of nobody here.
      [elsewhere, token],
    ] as const;
    const answers = await Promise.all(
      links.flatMap(([where, bad]) => ['GET', 'POST'].map((method) => where.confirm(method, {}, bad))),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it('says so when the address refuses our mail: the yes is kept, and nothing is sent', async () => {
    const room = await asked(await aConsentRoom(aTwin()));
    await room.feedback('email.bounced', 'ses', { properties: { bounceType: 'Permanent' } });
    room.advance(1);
    expect((await room.confirm('POST')).body).toContain('We cannot write to this address');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'bounce' },
      consent: { marketing: { status: 'granted' } },
    });
    expect(await room.types()).not.toContain('list.subscribed');
  });
});

describe('somebody who has unsubscribed', () => {
  async function unsubscribed() {
    const room = await aConsentRoom(aTwin());
    await room.submit('ebook');
    room.advance(hourMs);
    await room.unsubscribe();
    room.advance(hourMs);
    return room;
  }

  it('I-C2 is not brought back by a form, and gets the one question when that form asks for a confirmation', async () => {
    const room = await unsubscribed();
    await room.submit('ebook');
    expect(room.requested).toEqual([]);
    await room.submit('newsletter');
    expect(room.requested).toHaveLength(1);
    expect(room.requested[0]?.despiteUnsubscribeBefore).toBe('2026-03-02T14:00:00.000Z');
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: { marketing: { status: 'revoked' } },
    });
  });

  it('I-C2 comes back by their own yes; that they had gone is not forgotten', async () => {
    const room = await unsubscribed();
    await room.submit('newsletter');
    room.advance(1000);
    expect((await room.confirm('GET')).body).toContain('This puts you back on the list');
    await room.confirm('POST');
    expect(await room.lead()).toMatchObject({ suppressed: null, consent: { marketing: { status: 'granted' } } });
    expect(await room.deps.suppressions.get(leadId)).toBeNull();
    expect((await room.view()).suppressions).toEqual([
      expect.objectContaining({
        reason: 'unsubscribe',
        at: '2026-03-02T13:00:00.000Z',
        liftedAt: '2026-03-02T14:00:01.000Z',
      }),
    ]);
    expect((await room.types()).filter((type) => type === 'list.subscribed')).toHaveLength(2);
  });

  it('I-C2 an old unsubscribe that comes late or again changes nothing; a new one counts', async () => {
    const room = await unsubscribed();
    const told = room.captured.find(({ type }) => type === 'email.unsubscribed');
    await room.submit('newsletter');
    room.advance(1000);
    await room.confirm('POST');
    const back = await room.lead();
    if (!told) throw new Error('the unsubscribe is told');
    await room.deliver(told);
    await room.feedback('email.unsubscribed', 'ses', { occurredAt: '2026-03-02T13:30:00.000Z' });
    expect((await room.lead())?.suppressed).toBeNull();
    expect((await room.lead())?.consent).toEqual(back?.consent);
    room.advance(1000);
    await room.unsubscribe();
    expect(await room.lead()).toMatchObject({
      suppressed: { reason: 'unsubscribe' },
      consent: { marketing: { status: 'revoked' } },
    });
    // Both are in the ledger.
    expect(room.captured.filter(({ type }) => type === 'email.unsubscribed').at(-1)?.activityId).not.toBe(
      told.activityId,
    );
  });

  it('I-C2 a confirmation that is sent once more, after they have gone again, opts nobody in', async () => {
    const room = await unsubscribed();
    await room.submit('newsletter');
    room.advance(1000);
    await room.confirm('POST', { seen: new Date(room.clock.now).toISOString() });
    const seen = new Date(room.clock.now).toISOString();
    room.advance(1000);
    await room.unsubscribe();
    room.advance(1000);
    const answer = await room.confirm('POST', { seen });
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('You have unsubscribed');
    expect(await room.lead()).toMatchObject({ suppressed: { reason: 'unsubscribe' } });
    // The page that they then see is another question: its yes counts.
    await room.confirm('POST', { seen: new Date(room.clock.now).toISOString() });
    expect(await room.lead()).toMatchObject({ suppressed: null });
  });

  it('I-C1 who says no once more while the question is on its way does not get it', async () => {
    const room = await unsubscribed();
    await room.submit('newsletter');
    const [request] = room.requested;
    room.advance(1000);
    const before = await room.deps.suppressions.get(leadId);
    await room.unsubscribe();
    const { suppression } = (await room.deps.consents.standing(leadId)) ?? {};
    expect(await room.deps.suppressions.get(leadId)).toEqual(before);
    expect(suppression?.lastAt).toBe('2026-03-02T14:00:01.000Z');
    expect(String(request?.despiteUnsubscribeBefore) > String(suppression?.lastAt)).toBe(false);
  });

  it.each(['email.bounced', 'email.complained'])('is never asked after %s', async (type) => {
    const room = await unsubscribed();
    await room.feedback(type, 'ses', { properties: { bounceType: 'Permanent' } });
    room.advance(hourMs);
    await room.submit('newsletter');
    expect(room.requested).toEqual([]);
  });
});
