import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
const encoded = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();

interface Told {
  readonly type: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A lead who has got their first e-mail. */
async function aReader(email: string) {
  await ripen.post('/f/ebook', encoded({ email, name: 'Ana', company: 'Pomar', consent: 'marketing' }), urlencoded);
  await ripen.settle();
  const message = (await ripen.inbox(email)).find(({ tags }) => tags.template === 'asset');
  const view = async () => {
    const { leads } = await ripen.get<{
      leads: readonly { leadId: string; score: { total: number }; stage: string }[];
    }>(`/api/leads?email=${encodeURIComponent(email)}`);
    if (!leads[0]) throw new Error(`no lead ${email}`);
    return leads[0];
  };
  return {
    message,
    view,
    /** Answers the e-mail from the local inbox, `as` themselves, their machine, or somebody who forges them. */
    reply: async (text: string, as = '') => {
      await ripen.post(`/_local/inbox/${message?.messageId}/reply`, encoded({ text, as }), urlencoded);
      expect(await ripen.settle()).toMatchObject({ deadLetters: 0 });
    },
    replies: async () => {
      const path = `/api/leads/${(await view()).leadId}/activities`;
      const { activities } = await ripen.get<{ activities: readonly Told[] }>(path);
      return activities.filter(({ type }) => type.startsWith('email.repl'));
    },
  };
}

const toldToTheTeam = async (name: string) =>
  (await ripen.inbox('hello@orchard.example')).filter(
    ({ tags, text }) => tags.template === 'reply' && text.includes(name),
  );

it('A6 a person who answers an e-mail gets 15 points, sales gets the lead, and the team what was written', async () => {
  const ana = await aReader('ana-replies@example.com');
  expect(ana.message?.headers['reply-to']).toMatch(/^[a-z2-7]{64}@reply\.orchard\.example$/);
  const before = (await ana.view()).score.total;
  await ana.reply('Yes, please call me on Tuesday.');
  expect(await ana.replies()).toMatchObject([
    { type: 'email.replied', properties: { excerpt: 'Yes, please call me on Tuesday.', from: 'lead' } },
  ]);
  expect(await ana.view()).toMatchObject({ score: { total: before + 15 }, stage: 'sql' });
  const [told] = await toldToTheTeam('call me on Tuesday');
  expect(told?.text).toContain('ana-replies@example.com');
  expect(told?.headers['reply-to']).toBe('ana-replies@example.com');
  const hot = (await ripen.inbox('')).find(
    ({ tags, text }) => tags.template === 'hot-lead' && text.includes('ana-replies'),
  );
  expect(hot?.text).toContain('They wrote back.');
  expect(hot?.text).toContain('“Yes, please call me on Tuesday.”');
});

it('I-C2 who answers that they want no more is unsubscribed, gets no rep, and the team is told', async () => {
  const eva = await aReader('eva-replies@example.com');
  await eva.reply('Please take me off your list.');
  expect(await eva.replies()).toEqual([]);
  const { leadId } = await eva.view();
  expect(await ripen.get(`/api/leads/${leadId}/consent`)).toMatchObject({
    consent: { marketing: { status: 'revoked' } },
    suppressed: { reason: 'unsubscribe' },
  });
  expect((await eva.view()).stage).not.toBe('sql');
  const [told] = await toldToTheTeam('take me off');
  expect(told?.subject).toBe('Ana asked to be taken off');
});

it('S7 a machine that answers for them gives nothing; one who forges them no points, and the team a warning', async () => {
  const bea = await aReader('bea-replies@example.com');
  const before = (await bea.view()).score.total;
  await bea.reply('I am on holiday.', 'out-of-office');
  expect(await bea.replies()).toEqual([]);
  await bea.reply('Send me the contract.', 'forged');
  expect((await bea.replies()).map(({ type }) => type)).toEqual(['email.reply-unverified']);
  expect(await bea.view()).toMatchObject({ score: { total: before } });
  const [told] = await toldToTheTeam('Send me the contract');
  expect(told?.text).toContain('not proven');
});
