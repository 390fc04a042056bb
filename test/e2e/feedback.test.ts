import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, type InboxMessage, type Ripen, startRipen } from '../support/ripen.ts';

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

const clear = { dropBus: 0, dropTopic: 0, duplicate: 0, loseResponse: 0 };
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

/** Somebody who tries the product, and the e-mail with what they were promised, in this weather. */
async function messageTo(email: string, weather: object): Promise<InboxMessage> {
  await ripen.post('/_local/ses-weather', { ...clear, ...weather });
  const fields = { email, name: 'Ana Lima', consent: 'marketing', submission_id: email };
  expect((await ripen.post('/f/trial', `${new URLSearchParams(fields)}`, urlencoded)).status).toBe(202);
  await ripen.settle();
  const message = (await ripen.inbox(email)).find(({ tags }) => tags.template === 'asset');
  if (!message) throw new Error(`nothing was sent to ${email}`);
  return message;
}

/** What the ledger says about a message: each type as often as it stands there. */
async function recorded(message: InboxMessage): Promise<string[]> {
  const path = `/api/leads/${message.tags.lead}/activities`;
  const { activities } = await ripen.get<{ activities: { type: string; properties: Record<string, unknown> }[] }>(path);
  return activities.filter(({ properties }) => properties.messageId === message.messageId).map(({ type }) => type);
}

describe('what became of a message', () => {
  it.each([
    ['on both ways', 'both@example.com', {}],
    ['on the bus alone', 'bus@example.com', { dropTopic: 1 }],
    ['on the topic alone', 'topic@example.com', { dropBus: 1 }],
    ['twice on each', 'twice@example.com', { duplicate: 1 }],
  ])('is recorded once when it is told %s', async (_, email, weather) => {
    expect(await recorded(await messageTo(email, weather))).toEqual(['email.sent', 'email.delivered']);
  });
});

describe('a reply in the inbox', () => {
  it.each([
    ['person', 'answers@example.com', ['email.replied']],
    ['out-of-office', 'away@example.com', []],
    ['forged', 'forged@example.com', ['email.reply-unverified']],
  ])('as %s is what it is to the ledger', async (as, email, types) => {
    const { messageId, tags } = await messageTo(email, {});
    const form = new URLSearchParams({ text: 'Tell me more.', as });
    const answer = await ripen.post(`/_local/inbox/${messageId}/reply`, `${form}`, urlencoded);
    expect(answer.headers.get('location')).toContain('?notice=replied');
    await ripen.settle();
    const { activities } = await ripen.get<{ activities: { type: string }[] }>(`/api/leads/${tags.lead}/activities`);
    expect(activities.map(({ type }) => type).filter((type) => type.startsWith('email.repl'))).toEqual(types);
  });
});
