import { beforeEach, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/runtime/http.ts';
import { decideReview } from '../../../functions/scoring/decide-review.ts';
import { reviewLeads } from '../../../functions/scoring/review-leads.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aScoringRoom, type Done, idOf, models } from '../../support/models.ts';

const { leads: table } = await testTables();
const clock = { now: Date.parse('2026-03-02T13:00:00.000Z') };
const room = aScoringRoom(table, clock);
const { leads, reviews, activations } = room.deps;
const byRui = { author: 'Rui' };

const trialAndPricing: readonly Done[] = [
  ['list.subscribed'],
  ['trial.started'],
  ['page.viewed', { properties: { path: '/pricing' } }],
];

let version = 0;
async function change(model = models.v1): Promise<void> {
  version += 1;
  await room.activate(`${version}`, model);
  for (let round = 0; (await activations.get())?.status !== 'done' && round < 20; round++) {
    await room.rescore(`${version}`);
    clock.now += 60_000;
  }
}

let serial = 0;
let [ana, ben] = ['', ''];
/** Two leads that only the change of the model has brought over the threshold. */
beforeEach(async () => {
  serial += 1;
  [ana, ben] = [`ana-${serial}@example.com`, `ben-${serial}@example.com`];
  await change(models.v1);
  for (const email of [ana, ben]) await room.score(email, trialAndPricing);
  await change(models.v2);
});

const qualifiedOf = async (email: string) =>
  (await room.outbox('LeadQualified')).filter(({ detail }) => Object(detail).leadId === idOf(email));

function post(path: string, fields: Record<string, string>, contentType = 'application/json') {
  const form = contentType.includes('urlencoded');
  const request: HttpRequest = {
    method: 'POST',
    path,
    params: path === '/api/reviews' ? {} : { leadId: path.split('/')[3] ?? '' },
    query: new URLSearchParams(),
    headers: { 'content-type': contentType },
    body: Buffer.from(form ? new URLSearchParams(fields).toString() : JSON.stringify(fields)),
    sourceIp: '127.0.0.1',
    operator: true,
  };
  return reviewLeads(request, room.deps);
}

it('hands a lead over when somebody decides so: qualified, told, and off the list, once', async () => {
  const answer = await post(`/api/reviews/${idOf(ana)}`, { decision: 'hand-over', author: 'Rui' });
  expect(JSON.parse(String(answer.body))).toEqual({ leadId: idOf(ana), outcome: 'handed-over', cycle: 1 });
  expect(await leads.get(idOf(ana))).toMatchObject({
    armed: false,
    qualification: { cycle: 1, reason: 'threshold', score: 60, open: true },
  });
  expect(await qualifiedOf(ana)).toMatchObject([{ detail: { cycle: 1, reason: 'threshold', score: 60 } }]);
  expect(await room.waiting()).not.toContain(idOf(ana));
  expect((await reviews.get(idOf(ana)))?.decided).toMatchObject({ decision: 'hand-over', author: 'Rui' });
  await expect(post(`/api/reviews/${idOf(ana)}`, { decision: 'leave', author: 'Eva' })).rejects.toThrow(/has decided/);
  expect((await leads.get(idOf(ana)))?.milestones.sql).toBeDefined();
});

it('tells sales once when two hand a lead over at the same moment', async () => {
  const both = [1, 2, 3, 4].map(() => decideReview(idOf(ana), { decision: 'hand-over', ...byRui }, room.deps));
  const outcomes = (await Promise.all(both)).map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'handed-over')).toHaveLength(1);
  expect(await qualifiedOf(ana)).toHaveLength(1);
});

it('leaves a lead, and tells nobody', async () => {
  const answer = await post(
    `/api/reviews/${idOf(ana)}`,
    { decision: 'leave', author: 'Rui' },
    'application/x-www-form-urlencoded',
  );
  expect(answer).toMatchObject({ status: 303, headers: { location: `/review?decided=${idOf(ana)}` } });
  expect(await leads.get(idOf(ana))).toMatchObject({ armed: false, qualification: null });
  expect(await room.waiting()).not.toContain(idOf(ana));
  expect(await qualifiedOf(ana)).toEqual([]);
});

it('notifies everybody whom the change concerns when asked to, and keeps who does not qualify today (T4)', async () => {
  // Ana's score fades, Ben comes back.
  clock.now += 20 * 86_400_000;
  await room.score(ben, [
    ['trial.started', { occurredAt: new Date(clock.now).toISOString() }],
    ['page.viewed', { occurredAt: new Date(clock.now).toISOString(), properties: { path: '/pricing' } }],
  ]);
  await expect(post(`/api/reviews/${idOf(ana)}`, { decision: 'hand-over', author: 'Rui' })).rejects.toMatchObject({
    status: 409,
  });
  const answer = await post('/api/reviews', { decision: 'hand-over', author: 'Rui' });
  expect(JSON.parse(String(answer.body))).toMatchObject({ handedOver: 1, left: 0, more: false });
  expect(await qualifiedOf(ben)).toHaveLength(1);
  expect(await qualifiedOf(ana)).toEqual([]);
  expect(await room.waiting()).toContain(idOf(ana));
});

it('says what to mend', async () => {
  await expect(post(`/api/reviews/${idOf(ana)}`, { decision: 'perhaps', author: 'Rui' })).rejects.toThrow(/hand-over/);
  await expect(post(`/api/reviews/${idOf(ana)}`, { decision: 'leave' })).rejects.toThrow(/who you are/);
});
