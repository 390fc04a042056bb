import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type Ripen, startRipen } from '../support/ripen.ts';

interface LeadView {
  readonly leadId: string;
  readonly score: { readonly total: number };
  readonly rating: string;
  readonly stage: string;
  readonly types: readonly string[];
  readonly consent: Readonly<Record<string, string>>;
  readonly suppressed: { readonly reason: string } | null;
}

let ripen: Ripen;
beforeAll(async () => {
  ripen = await startRipen();
});
afterAll(() => discard(ripen));

const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
const submit = (id: string, fields: Readonly<Record<string, string>>) =>
  ripen.post(`/f/${id}`, form(fields), urlencoded);

async function lead(email: string): Promise<LeadView> {
  const { leads } = await ripen.get<{ leads: readonly LeadView[] }>(`/api/leads?email=${encodeURIComponent(email)}`);
  if (!leads[0]) throw new Error(`no lead ${email}`);
  return leads[0];
}

/** What SES would say of a message in the inbox, `seconds` after it was accepted by the pipeline's clock. */
async function emailEvent(messageId: string, to: string, eventType: 'Open' | 'Click', link?: string): Promise<void> {
  const { now } = await ripen.get<{ now: string }>('/_local/clock');
  const userAgent =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';
  const detail = { timestamp: now, ipAddress: '192.0.2.44', userAgent, ...(link && { link, linkTags: null }) };
  const sent = new Date(Date.parse(now) - 30_000).toISOString();
  const mail = { messageId, timestamp: sent, source: 'hello@ripen.example', destination: [to], tags: {} };
  const answer = await ripen.post('/_local/ses-events', { eventType, mail, [eventType.toLowerCase()]: detail });
  expect(answer.status).toBe(202);
}

it('walks one lead from a trial form to the metrics of the day', async () => {
  const email = 'walk@example.com';
  const answer = await submit('trial', {
    email,
    name: 'Wanda Walker',
    consent: 'marketing',
    ripen_aid: 'visitor-walk',
    submission_id: 'walk-1',
  });
  expect(answer.status).toBe(202);
  expect(await ripen.settle()).toEqual({ queued: 0, inFlight: 0, deadLetters: 0 });
  expect(await lead(email)).toMatchObject({
    score: { total: 30 },
    rating: 'warm',
    types: ['trial'],
    consent: { marketing: 'granted' },
  });

  const messages = await ripen.inbox(email);
  expect(messages.map(({ tags }) => tags.template).sort()).toEqual(['asset', 'trial-upgrade-1']);
  const first = messages.find(({ tags }) => tags.template === 'trial-upgrade-1');
  const messageId = first?.messageId ?? '';

  await ripen.advance('PT20S');
  await emailEvent(messageId, email, 'Open');
  await ripen.settle();
  expect((await lead(email)).score.total).toBe(35);
  await emailEvent(messageId, email, 'Click', 'https://ripen.example/p/pricing');
  await ripen.settle();
  expect((await lead(email)).score.total).toBe(45);
  await ripen.post('/v1/page', {
    anonymousId: 'visitor-walk',
    messageId: 'page-walk-1',
    properties: { path: '/pricing' },
  });
  await ripen.settle();

  const hot = await lead(email);
  expect(hot).toMatchObject({ score: { total: 55 }, rating: 'hot', types: ['mql', 'sql', 'trial'] });
  const explanation = await ripen.get<{ total: number; sum: number; entries: readonly { rule: string }[] }>(
    `/api/leads/${hot.leadId}/explanation`,
  );
  expect([explanation.total, explanation.sum]).toEqual([55, 55]);

  const { handoffs } = await ripen.get<{ handoffs: readonly { leadId: string; rep: string; status: string }[] }>(
    '/api/handoffs',
  );
  expect(handoffs.filter(({ leadId }) => leadId === hot.leadId)).toMatchObject([{ status: 'assigned' }]);
  const all =
    await ripen.get<readonly { subject: string; text: string; tags: Record<string, string> }[]>('/_local/inbox.json');
  const alert = all.filter(({ tags, text }) => tags.template === 'hot-lead' && text.includes('Wanda'));
  expect(alert).toHaveLength(1);
  expect(alert[0]?.text).toContain('looked at the pricing page');

  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Sao_Paulo' }).format(Date.now() + 20_000);
  const { metrics } = await ripen.get<{ metrics: Record<string, { value: number }> }>(`/api/metrics/days/${day}`);
  const values = Object.fromEntries(Object.entries(metrics).map(([id, { value }]) => [id, value]));
  expect(values).toMatchObject({
    leadsNew: 1,
    leadsTrial: 1,
    leadsMql: 1,
    visitors: 1,
    handoffs: 1,
    emailsOpened: 1,
    emailsClicked: 1,
  });
});

it('hands a consultation over at once', async () => {
  const email = 'consult@example.com';
  await submit('consultation', { email, name: 'Carla', consent: 'marketing' });
  await ripen.settle();
  expect(await lead(email)).toMatchObject({ score: { total: 30 }, rating: 'hot', stage: 'sql' });
});

it('takes the same submission twice for one, by submission id and by Idempotency-Key', async () => {
  const once = { email: 'twice@example.com', consent: 'marketing', submission_id: 'twice-1' };
  const ids = [await submit('ebook', once), await submit('ebook', once)].map(
    async (answer) => (await answer.json()) as { activityId: string },
  );
  expect((await ids[0])?.activityId).toBe((await ids[1])?.activityId);
  await ripen.settle();
  const { leadId } = await lead('twice@example.com');
  const { activities } = await ripen.get<{ activities: readonly { type: string }[] }>(
    `/api/leads/${leadId}/activities`,
  );
  expect(activities.filter(({ type }) => type === 'form.submitted')).toHaveLength(1);
});

it('stops the sequence before an unsubscribe is answered; looking at the page changes nothing (I-C1, Q8)', async () => {
  const email = 'leaver@example.com';
  await submit('webinar', { email, name: 'Lea', consent: 'marketing' });
  await ripen.settle();
  const [message] = (await ripen.inbox(email)).filter(({ tags }) => tags.template === 'webinar-1');
  const link = /<(http[^>]+)>/.exec(message?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
  expect(message?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  const path = new URL(link).pathname;
  expect((await fetch(`${ripen.url}${path}`)).status).toBe(200);
  expect((await fetch(`${ripen.url}${path}`, { method: 'HEAD' })).status).toBeLessThan(500);
  expect((await lead(email)).suppressed).toBeNull();
  expect((await ripen.post(path, 'List-Unsubscribe=One-Click', urlencoded)).status).toBe(200);
  expect(await lead(email)).toMatchObject({ suppressed: { reason: 'unsubscribe' }, consent: { marketing: 'revoked' } });
  await ripen.advance('P30D');
  expect((await ripen.inbox(email)).filter(({ tags }) => tags.template?.startsWith('webinar'))).toHaveLength(1);
  // The subscription's five points have faded a little; what was taken stays taken.
  const { entries } = await ripen.get<{ entries: { ruleId: string; contribution: number }[] }>(
    `/api/leads/${(await lead(email)).leadId}/explanation`,
  );
  expect(entries.find(({ ruleId }) => ruleId === 'unsubscribed')?.contribution).toBe(-25);
});

it('suppresses an address that bounces for good, and sends it nothing more', async () => {
  const email = 'bounce@simulator.amazonses.com';
  await submit('case-study', { email, name: 'Bo', consent: 'marketing' });
  await ripen.settle();
  expect((await lead(email)).suppressed).toMatchObject({ reason: 'bounce' });
  const before = (await ripen.inbox(email)).length;
  await ripen.advance('P30D');
  expect((await ripen.inbox(email)).length).toBe(before);
});
