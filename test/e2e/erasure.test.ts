import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';
import { tracesIn } from '../support/traces.ts';

let ripen: Ripen | undefined;
afterAll(() => discard(ripen));

const email = 'zephyrine.quixwald@example.com';
const second = 'z.quixwald@second.example';
const person = { email: 'Zephyrine.Quixwald@Example.com', name: 'Zéphyrine Quixwald', phone: '+55 11 97654-3210' };
const traces = [
  email,
  person.email,
  second,
  person.name,
  'Quixwald',
  'quixwald',
  person.phone,
  '+5511976543210',
  '976543210',
];

const form = (id: string, fields: Readonly<Record<string, string>>, site: Ripen) =>
  site.post(`/f/${id}`, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
const view = (messageId: string, site: Ripen) =>
  site.post('/v1/page', { anonymousId: 'browser-of-zephyrine', messageId, properties: { path: '/pricing' } });

async function leadIdOf(address: string, site: Ripen): Promise<string | undefined> {
  const { leads } = await site.get<{ leads: { leadId: string }[] }>(`/api/leads?email=${encodeURIComponent(address)}`);
  return leads[0]?.leadId;
}

async function opened(messageId: string, to: string, site: Ripen): Promise<void> {
  const { now } = await site.get<{ now: string }>('/_local/clock');
  const mail = { messageId, timestamp: now, source: 'hello@ripen.example', destination: [to], tags: {} };
  const open = { timestamp: now, ipAddress: '192.0.2.44', userAgent: 'Mozilla/5.0' };
  expect((await site.post('/_local/ses-events', { eventType: 'Open', mail, open })).status).toBe(202);
}

/** The days as they stand, the running one too, but for how often and from what they were counted. */
async function days(site: Ripen): Promise<unknown> {
  const { days } = await site.get<{ days: { day: string; metrics: unknown }[] }>('/api/metrics/days');
  return days.map(({ day, metrics }) => ({ day, metrics }));
}

async function compact(site: Ripen): Promise<void> {
  const answer = await site.post('/_local/compact', {});
  expect(answer.status, await answer.clone().text()).toBe(200);
}

it('I-E1 after an erasure no byte of the person is left in the data folder, and the days are as they were', async () => {
  const site = await startRipen();
  ripen = site;
  await view('view-1', site);
  await form('ebook', { email: 'stays@example.com', consent: 'marketing', name: 'Stays' }, site);
  await form('consultation', { ...person, consent: 'marketing', ripen_aid: 'browser-of-zephyrine' }, site);
  await site.settle();
  await view('view-2', site);
  const leadId = (await leadIdOf(email, site)) ?? '';
  const [message] = await site.inbox(email);
  await opened(message?.messageId ?? '', email, site);
  await site.post(`/api/leads/${leadId}/address`, { email: second, author: 'Rita' });
  await site.advance('P3D');
  await site.settle();

  const { items } = await site.get<{ items: { kind: string }[] }>(`/api/leads/${leadId}/export`);
  const kinds = new Set(items.map(({ kind }) => kind));
  for (const kind of ['lead', 'activity', 'statement', 'consent', 'handoff', 'send', 'alias', 'visitor'])
    expect(kinds).toContain(kind);
  expect(JSON.stringify(items)).toContain(person.name);
  const before = await days(site);
  expect(JSON.stringify(before)).toContain('"handoffs"');

  const answer = await fetch(`${site.url}/api/leads/${leadId}`, { method: 'DELETE' });
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ leadId, complete: true })]);
  await site.settle();
  expect(await days(site)).toEqual(before);
  expect((await fetch(`${site.url}/api/leads/${leadId}`)).status).toBe(410);
  expect((await fetch(`${site.url}/leads/${leadId}`)).status).toBe(410);

  // What is late, repeated, or typed by somebody else.
  await opened(message?.messageId ?? '', email, site);
  await form('consultation', { ...person, consent: 'marketing', ripen_aid: 'browser-of-zephyrine' }, site);
  await form('trial', { ...person, email: second, consent: 'marketing' }, site);
  await site.advance('P20D');
  expect(await site.settle()).toEqual({ queued: 0, inFlight: 0, deadLetters: 0 });
  expect(await leadIdOf(email, site)).toBeUndefined();
  expect(await leadIdOf(second, site)).toBeUndefined();
  expect(await leadIdOf('stays@example.com', site)).toBeDefined();
  expect(await site.inbox(email)).toEqual([]);

  await compact(site);
  await site.stop();
  ripen = undefined;
  // The check can find something at all: of another person everything is there.
  expect(tracesIn(site.data, ['stays@example.com']).length).toBeGreaterThan(0);
  expect(tracesIn(site.data, traces)).toEqual([]);
  rmSync(site.data, { recursive: true, force: true });
});
