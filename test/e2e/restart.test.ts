import { afterAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

let ripen: Ripen | undefined;
afterAll(() => discard(ripen));

it('keeps what it answered 202 to through kill -9, and does nothing twice', async () => {
  const first = await startRipen();
  const emails = Array.from({ length: 30 }, (_, n) => `survivor-${n}@example.com`);
  const answers = await Promise.all(
    emails.map((email) => first.post('/f/ebook', { email, consent: { marketing: true } })),
  );
  expect(answers.map(({ status }) => status)).toEqual(emails.map(() => 202));
  // No settling: most of it is still on its way when the machine dies.
  await first.kill();

  const second = await startRipen(first.data);
  ripen = second;
  expect(await second.settle()).toEqual({ queued: 0, inFlight: 0, deadLetters: 0 });
  const { leads } = await second.get<{ leads: readonly { email: string; score: { total: number } }[] }>(
    '/api/leads?limit=100',
  );
  expect(leads.map(({ email }) => email).sort()).toEqual([...emails].sort());
  expect(new Set(leads.map(({ score }) => score.total))).toEqual(new Set([5]));
  for (const email of emails) {
    const templates = (await second.inbox(email)).map(({ tags }) => tags.template).sort();
    expect(templates.filter((template) => template === 'welcome-1')).toHaveLength(1);
  }

  expect(await second.stop()).toBe(0);
  ripen = await startRipen(first.data);
  await ripen.settle();
  const again = await ripen.get<{ leads: readonly unknown[] }>('/api/leads?limit=100');
  expect(again.leads).toHaveLength(emails.length);
});

it('lets no second instance work on the same data, and says so in one line', async () => {
  await expect(startRipen(ripen?.data)).rejects.toThrow(/ended with 1/);
});
