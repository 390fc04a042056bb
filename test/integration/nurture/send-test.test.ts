import { afterAll, beforeEach, expect, it } from 'vitest';
import { readUnsubscribeToken } from '../../../functions/consent/unsubscribe-link.ts';
import { MessageRequested } from '../../../functions/leads/bus-event.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { previewEmail } from '../../../functions/nurture/preview-email.ts';
import { sendRequested } from '../../../functions/nurture/send-message.ts';
import { type SendTestDeps, sendTest } from '../../../functions/nurture/send-test.ts';
import type { HttpRequest } from '../../../functions/runtime/http.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aRequest } from '../../support/http.ts';
import { emails } from '../../support/nurture.ts';
import { aNurtureRoom, keys } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const pepper = 'a-pepper-for-tests';
const ana = leadIdOf('ana@example.com', pepper);
const published: OutgoingEvent[] = [];
const deps: SendTestDeps = {
  ...room.deps,
  emails,
  pepper: async () => pepper,
  publish: async (events) => void published.push(...events),
};
beforeEach(() => void published.splice(0));

const posted = (
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
  template = 'welcome-1',
): HttpRequest =>
  aRequest({
    method: 'POST',
    path: `/api/emails/${template}/test`,
    params: { template },
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  });

/** What was asked for on the bus, brought as the sender would. */
async function bring(): Promise<void> {
  for (const { detail } of published) await sendRequested(MessageRequested.detail.parse(detail), room.deps);
}

it('sends a colleague what that lead would get, marked, untracked, and with a way out of their own', async () => {
  await room.addLead(ana, { email: 'ana@example.com', attributes: { name: 'Ana Souza' } });
  const answer = await sendTest(posted({ to: 'marta@orchard.example', lead: 'Ana@Example.com' }), deps);
  expect(answer.status).toBe(202);
  await bring();
  const [mail] = room.mails('marta@orchard.example');
  expect(mail?.subject).toBe('[Test] welcome-1 for Ana 🌱');
  expect(mail?.text).toContain('Hello Ana');
  expect(mail?.tags).not.toHaveProperty('lead');
  const out = /\/u\/([\w.~-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  expect(readUnsubscribeToken(out, keys)?.leadId).toMatch(/^team-/);
  // Nothing of it is the lead's: no mail, no walk, and the way out is the colleague's.
  expect(room.mails('ana@example.com')).toEqual([]);
  expect(await room.deps.enrollments.list(ana)).toEqual([]);
  expect(await room.deps.fates.list(ana)).toEqual([]);
});

it('leads a person back to the e-mail as they looked at it', async () => {
  const query = new URLSearchParams({ lang: 'pt-BR', theme: 'dark', lead: 'ana@example.com', other: 'x' });
  const form = new URLSearchParams({ to: 'back@orchard.example' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await sendTest({ ...posted({}, headers), query, body: Buffer.from(form) }, deps);
  const back = 'lang=pt-BR&theme=dark&lead=ana%40example.com&sent=1';
  expect(answer).toMatchObject({ status: 303, headers: { location: `/emails/welcome-1?${back}` } });
});

it('sends one for each idempotency key, and without one the same test once a minute', async () => {
  const to = 'once@orchard.example';
  for (let time = 0; time < 3; time++) await sendTest(posted({ to }, { 'idempotency-key': 'k1' }), deps);
  await bring();
  expect(room.mails(to)).toHaveLength(1);
  await sendTest(posted({ to }), deps);
  await sendTest(posted({ to }), deps);
  await bring();
  expect(room.mails(to)).toHaveLength(2);
});

it('shows somebody made up where no lead is named, also in an e-mail for colleagues', async () => {
  await sendTest(posted({ to: 'nobody@orchard.example' }), deps);
  await sendTest(posted({ to: 'nobody@orchard.example' }, {}, 'hot-lead'), deps);
  await bring();
  const subjects = room.mails('nobody@orchard.example').map(({ subject }) => subject);
  expect(subjects).toEqual(['[Test] welcome-1 for Ana 🌱', '[Test] Hot lead: Ana Souza']);
});

it('refuses what does not exist, and an address that is none', async () => {
  await expect(sendTest(posted({ to: 'a@orchard.example' }, {}, 'nothing'), deps)).rejects.toMatchObject({
    status: 404,
  });
  await expect(sendTest(posted({ to: 'a@orchard.example', lead: 'who@example.com' }), deps)).rejects.toMatchObject({
    status: 404,
    path: 'lead',
  });
  await expect(sendTest(posted({ to: 'no address' }), deps)).rejects.toMatchObject({ status: 422, path: 'to' });
  expect(published).toEqual([]);
});

it('previews an e-mail for a lead without a link that acts for them', async () => {
  await room.addLead(ana, { email: 'ana@example.com', attributes: { name: '<b>Ana</b> Souza' } });
  const preview = await previewEmail({ template: 'welcome-1', lead: ana }, deps);
  expect(preview).toMatchObject({ language: 'en', languages: ['en'], audience: 'lead' });
  expect(preview.html).not.toContain('/u/');
  expect(preview.html).not.toContain('<b>Ana');
  await expect(previewEmail({ template: 'nothing' }, deps)).rejects.toMatchObject({ status: 404 });
});
