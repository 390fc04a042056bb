import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

const multipart = (fields: Readonly<Record<string, string>>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return fetch(`${ripen.url}/f/ebook`, { method: 'POST', body: data });
};

it('answers what is documented to what cannot be taken in (I-B1)', async () => {
  const answers = {
    malformed: await ripen.post('/f/ebook', '{"email": "a@'),
    unknown: await ripen.post('/f/nothing', { email: 'a@example.com' }),
    noAddress: await ripen.post('/f/ebook', { name: 'Nobody' }),
    large: await ripen.post('/f/ebook', { email: 'a@example.com', name: 'x'.repeat(65 * 1024) }),
    type: await ripen.post('/f/ebook', '<xml/>', { 'content-type': 'application/xml' }),
    largeMultipart: await multipart({ email: 'a@example.com', name: 'x'.repeat(2 * 1024 * 1024) }),
  };
  const statuses = Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]));
  expect(statuses).toMatchObject({ unknown: 404, noAddress: 422, large: 413, type: 415, largeMultipart: 413 });
  expect([400, 422]).toContain(statuses.malformed);
  expect(await answers.noAddress.json()).toMatchObject({
    error: { code: expect.any(String), message: expect.any(String), path: 'email' },
  });
});

it('stores nothing that the form does not declare, and no line break in a name', async () => {
  const email = 'hostile@example.com';
  const body = `{"email":"${email}","name":"Eve\\r\\nBcc: all@example.com","__proto__":{"admin":true},"constructor":"x","score":900,"consent":{"marketing":true}}`;
  const { status } = await ripen.post('/f/ebook', body);
  expect(status).toBeLessThan(500);
  await ripen.settle();
  const { leads } = await ripen.get<{ leads: readonly { attributes: object; score: { total: number } }[] }>(
    `/api/leads?email=${email}`,
  );
  for (const { attributes, score } of leads) {
    expect(Object.keys(attributes).filter((name) => !['name', 'email'].includes(name))).toEqual([]);
    expect(JSON.stringify(attributes)).not.toMatch(/[\r\n]|\\r|\\n/);
    expect(score.total).toBe(5);
  }
});

it('takes multipart and a page of errors for a browser', async () => {
  expect((await multipart({ email: 'multi@example.com', name: 'Mu', consent: 'marketing' })).status).toBe(202);
  const answer = await fetch(`${ripen.url}/f/ebook`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'email=not-an-address&name=<script>alert(1)</script>',
  });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain('<form');
  expect(html).not.toContain('<script>alert(1)');
});

it('works with an unchanged Segment client', async () => {
  const analytics = new Analytics({ writeKey: 'local', host: ripen.url, path: '/v1/batch', flushAt: 3 });
  analytics.identify({ anonymousId: 'segment-1', traits: { email: 'segment@example.com', name: 'Sam' } });
  analytics.page({ anonymousId: 'segment-1', name: 'Pricing', properties: { path: '/pricing' } });
  analytics.track({ anonymousId: 'segment-1', event: 'Trial Started' });
  await analytics.closeAndFlush();
  await ripen.settle();
  const { leads } = await ripen.get<{ leads: readonly { score: { total: number }; types: readonly string[] }[] }>(
    '/api/leads?email=segment@example.com',
  );
  expect(leads[0]).toMatchObject({ score: { total: 35 }, types: ['trial'] });
});

it('does not answer to a foreign page, nor to another host name', async () => {
  const foreign = await ripen.post('/_local/settle', {}, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect((await ripen.get<{ error?: unknown }>('/health').catch(() => ({ error: 1 }))) as object).not.toHaveProperty(
    'error',
  );
});
