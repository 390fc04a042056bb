import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it, vi } from 'vitest';
import { key } from '../../../functions/leads/table.ts';
import type { Table } from '../../../functions/runtime/dynamodb.ts';
import { rescoreLead } from '../../../functions/scoring/rescore-lead.ts';
import { rescoreLeads } from '../../../functions/scoring/rescore-leads.ts';
import { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { testTables } from '../../support/dynamodb.ts';
import { aScoringRoom, type Done, idOf, models } from '../../support/models.ts';
import { shippedModel } from '../../support/scoring.ts';

const { leads: table } = await testTables();
const minuteMs = 60_000;
const clock = { now: Date.parse('2026-03-02T13:00:00.000Z') };
const room = aScoringRoom(table, clock);
const { leads, reviews, activations, holders } = room.deps;

const trial: readonly Done[] = [['list.subscribed'], ['trial.started']];
const pricing: Done = ['page.viewed', { properties: { path: '/pricing' } }];
const trialAndPricing = [...trial, pricing];

let serial = 0;
let email = '';
beforeEach(() => {
  vi.restoreAllMocks();
  serial += 1;
  email = `person-${serial}@example.com`;
});

/** A version of its own for every change, so that one test's models are not another's. */
let version = 0;
async function change(model: ScoringModel | undefined): Promise<string> {
  version += 1;
  const name = `${version}`;
  await room.activate(name, model);
  return name;
}

/** Lets the job work until it is done, as the sweep would. */
async function finish(): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const activation = await activations.get();
    if (activation?.status === 'done') return;
    await room.rescore(activation?.version ?? '');
    clock.now += minuteMs;
  }
  throw new Error('the job does not end');
}

it('is active at once for new leads, and at the first deployment there is nothing else to do', async () => {
  const first = await change(models.v1);
  expect(await activations.get()).toMatchObject({ version: first, from: null, status: 'done' });
  await room.score(email, trial);
  expect((await leads.get(idOf(email)))?.modelVersion).toBe(first);
  expect(room.published).toEqual([]);
});

it('changes nothing when the active model is activated again', async () => {
  const name = await change(models.v1);
  await finish();
  const before = await activations.get();
  clock.now += minuteMs;
  await room.activate(name, models.v1);
  await room.rescore(name);
  expect(await activations.get()).toEqual(before);
});

it('scores a lead with its own model until it is moved, and a new one with the active model', async () => {
  const before = await change(models.v1);
  await finish();
  await room.score(email, trial);
  const after = await change(models.v2);
  await room.score(email, [pricing]);
  expect(await leads.get(idOf(email))).toMatchObject({ modelVersion: before, score: { total: 40 } });
  await room.score(`new-${email}`, trial);
  expect((await leads.get(idOf(`new-${email}`)))?.modelVersion).toBe(after);
  await finish();
  expect(await leads.get(idOf(email))).toMatchObject({ modelVersion: after, score: { total: 60 } });
});

it('sends a crossing that it caused to the review list, tells nobody, and takes the review back with the model (T4)', async () => {
  const before = await change(models.v1);
  await room.score(email, trialAndPricing);
  await finish();
  const after = await change(models.v2);
  await finish();
  expect(await leads.get(idOf(email))).toMatchObject({ armed: false, qualification: null, rating: 'hot' });
  expect(await reviews.get(idOf(email))).toMatchObject({ modelVersion: after, before: 40, after: 60, decided: null });
  expect(await room.outbox('LeadQualified')).toEqual([]);
  // Back to the model before, by its old name.
  await room.activate(before, models.v1);
  await finish();
  expect(await leads.get(idOf(email))).toMatchObject({ modelVersion: before, armed: true, score: { total: 40 } });
  expect(await reviews.get(idOf(email))).toBeNull();
});

it('hands a change over to a later one that comes while it is at work', async () => {
  await change(models.v1);
  await room.score(email, trialAndPricing);
  await finish();
  const second = await change(models.v2);
  const third = await change(models.v3);
  await room.rescore(second);
  expect((await leads.get(idOf(email)))?.modelVersion).not.toBe(second);
  await finish();
  expect(await activations.get()).toMatchObject({ version: third, status: 'done' });
  expect(await leads.get(idOf(email))).toMatchObject({ modelVersion: third, score: { total: 35 } });
});

it('does not let a job of an earlier change turn a lead back', async () => {
  await change(models.v1);
  await room.score(email, trial);
  await finish();
  const second = await change(models.v2);
  const third = await change(models.v3);
  await finish();
  const read = await leads.get(idOf(email));
  if (!read) throw new Error('no lead');
  expect(await rescoreLead({ leadId: idOf(email), read }, second, room.deps)).toBe('same');
  expect((await leads.get(idOf(email)))?.modelVersion).toBe(third);
});

/** A rule with as many scope holders as there are articles. */
const reading = (points: number): ScoringModel =>
  ScoringModel.parse({
    ...shippedModel,
    rules: [
      ...shippedModel.rules,
      {
        id: 'read-article',
        activity: 'page.viewed',
        where: { subject: { exists: true } },
        points,
        scope: 'perSubject',
        limit: 20,
        says: { en: 'read an article' },
      },
    ],
  });
const articles = (many: number): Done[] =>
  Array.from({ length: many }, (_, n) => ['page.viewed', { properties: { path: '/blog', subject: `article ${n}` } }]);

it('moves a lead whose history is longer than a transaction, and clears away what the old model held', async () => {
  await change(reading(1));
  await room.score(email, [...trial, ...articles(250)]);
  await finish();
  const after = await change(reading(2));
  await finish();
  await expectWhole(email);
  const stored = await holders.all(idOf(email));
  expect(stored.length).toBeGreaterThan(250);
  expect(new Set(stored.map(({ modelVersion }) => modelVersion))).toEqual(new Set([after]));
});

const earlier: Done = [
  'page.viewed',
  { occurredAt: '2026-03-01T12:00:00.000Z', properties: { path: '/blog', subject: 'article 0' } },
];

it('is not put off by a slow worker that goes on with an earlier attempt', async () => {
  const first = await change(reading(1));
  await room.score(email, [...trial, ...articles(120)]);
  await finish();
  const second = await change(reading(2));
  let isDisturbed = false;
  const slow = {
    ...room.deps,
    holders: {
      ...holders,
      // Before it writes what it has decided, the change is taken back and made again, and an article turns out to be read earlier.
      async prepare(...given: Parameters<typeof holders.prepare>) {
        if (!isDisturbed) {
          isDisturbed = true;
          await room.activate(first, reading(1));
          await finish();
          await room.score(email, [earlier]);
          await room.activate(second, reading(2));
          await finish();
        }
        return holders.prepare(...given);
      },
    },
  };
  await rescoreLeads({ version: second, leadId: idOf(email) }, slow);
  await finish();
  expect((await leads.get(idOf(email)))?.modelVersion).toBe(second);
  await expectWhole(email);
});

it('ends as it should wherever a worker dies, however often', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await change(models.v1);
  const people = Array.from({ length: 40 }, (_, n) => `mortal-${n}@example.com`);
  for (const [n, each] of people.entries()) await room.score(each, n % 2 === 0 ? trial : trialAndPricing);
  await finish();
  const after = await change(models.v2);
  room.published.length = 0;
  let deaths = 0;
  for (let life = 1; (await activations.get())?.status !== 'done'; life++) {
    const worker = aScoringRoom(mortal(table, 17 + ((life * 61) % 97)), clock);
    await worker.rescore(after).catch(() => {
      deaths += 1;
    });
    // The sweep knocks again.
    clock.now += 5 * minuteMs;
    if (life > 200) throw new Error('the job does not end');
  }
  expect(deaths).toBeGreaterThan(3);
  for (const [n, each] of people.entries()) {
    await expectWhole(each);
    expect((await leads.get(idOf(each)))?.modelVersion).toBe(after);
    expect(await reviews.get(idOf(each)), each).toEqual(
      n % 2 === 0 ? null : expect.objectContaining({ decided: null }),
    );
  }
});

it('brings everybody else to the model when one lead cannot be moved, and knocks for that one', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await change(models.v1);
  await room.score(email, trial);
  await room.score(`broken-${email}`, trial);
  await finish();
  const broken = idOf(`broken-${email}`);
  const row = { ...key.activity(broken, 'nonsense'), byTime: '2026-03-02T12:00:00.000Z#nonsense', kind: 'activity' };
  await table.client.send(new PutCommand({ TableName: table.name, Item: row }));
  const after = await change(models.v2);
  room.published.length = 0;
  await finish();
  expect((await leads.get(idOf(email)))?.modelVersion).toBe(after);
  expect(room.published).toContainEqual({ detailType: 'RescoreDue', detail: { version: after, leadId: broken } });
});

/** A table that answers so many calls; the one after that and all others fail, before or after they have been done. */
function mortal({ client, name }: Table, calls: number): Table {
  let left = calls;
  return {
    name,
    client: new Proxy(client, {
      get(target, property) {
        if (property !== 'send') return Reflect.get(target, property);
        return async (...given: Parameters<typeof target.send>) => {
          left -= 1;
          if (left > 0) return target.send(...given);
          if (left === 0 && calls % 2 === 0) await target.send(...given);
          throw new Error('the worker is dead');
        };
      },
    }),
  };
}

/** The lead is what its model makes of its ledger, and so is who holds what (I-S1, I-S6). */
async function expectWhole(of: string): Promise<void> {
  const { lead, refolded } = await room.fromLedger(idOf(of));
  expect(lead.fold).toEqual(refolded.lead.fold);
  const own = (await holders.all(lead.leadId)).filter(({ modelVersion }) => modelVersion === lead.modelVersion);
  expect(Object.fromEntries(own.map(({ name, activityId }) => [name, activityId]))).toEqual(
    Object.fromEntries(Object.entries(refolded.holders).map(([name, holder]) => [name, holder?.activityId])),
  );
}
