import { beforeAll, describe, expect, it } from 'vitest';
import { answerDays, type ReadDaysDeps } from '../../../functions/metrics/read-days.ts';
import { snapshotStore } from '../../../functions/metrics/snapshot.store.ts';
import { snapshotOf } from '../../../functions/metrics/snapshot.ts';
import { testTables } from '../../support/dynamodb.ts';

const { metrics } = await testTables();
const snapshots = snapshotStore(metrics);
const deps: ReadDaysDeps = { snapshots, timeZone: 'UTC', now: () => Date.parse('2026-03-12T09:00:00.000Z') };

async function counted(day: string, revision: number, leadsNew: number): Promise<void> {
  const counts = {
    total: { leadsNew, visitors: 10 },
    byCampaign: [{ key: '__proto__', counts: { leadsNew } }],
    bySource: [],
    byRep: [],
    watermark: `${day}T12:00:00.000Z`,
  };
  await snapshots.save(snapshotOf(counts, { day, timeZone: 'UTC', revision, closed: true, modelVersion: 'v1' }));
}

async function get(query: string, params: Record<string, string> = {}) {
  const { status, body } = await answerDays({ params, query: new URLSearchParams(query) }, deps);
  return { status, body: JSON.parse(String(body)) };
}

beforeAll(async () => {
  await counted('2026-03-01', 1, 5);
  await counted('2026-03-10', 1, 2);
});

describe('reading the days', () => {
  it('has every day of the range, also those on which nothing happened, with the leads to date', async () => {
    const { body } = await get('from=2026-03-08&to=2026-03-31');
    type Day = { day: string; revision: number; closed: boolean; metrics: Record<string, { value: number | null }> };
    const days: Day[] = body.days;
    expect(
      days.map(({ day, revision, closed, metrics }) => [day, revision, closed, metrics.leadsTotal?.value]),
    ).toEqual([
      ['2026-03-08', 0, true, 5],
      ['2026-03-09', 0, true, 5],
      ['2026-03-10', 1, true, 7],
      ['2026-03-11', 0, true, 7],
      ['2026-03-12', 0, false, 7],
    ]);
    expect(days[1]?.metrics).toMatchObject({ leadsNew: { value: 0 }, optInRate: { value: null } });
  });

  it('has a late lead of a past day in the total of every later day at once', async () => {
    await counted('2026-03-01', 2, 6);
    const { body } = await get('', { day: '2026-03-11' });
    expect(body.metrics.leadsTotal).toMatchObject({ value: 8, unit: 'count', family: 'conversion' });
  });

  it('answers one day with its numerators, formulas and groups', async () => {
    const { status, body } = await get('', { day: '2026-03-10' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ day: '2026-03-10', timeZone: 'UTC', revision: 1, modelVersion: 'v1', byRep: {} });
    expect(body.metrics.optInRate).toMatchObject({ value: 20, numerator: 2, denominator: 10 });
    expect(Object.keys(body.byCampaign)).toEqual(['__proto__']);
  });

  it('shows the last thirty days when nobody says which', async () => {
    expect((await get('')).body.days).toHaveLength(30);
  });

  it.each([
    ['from=yesterday', {}, 400, 'from'],
    ['from=2026-03-05&to=2026-03-01', {}, 400, 'from'],
    ['from=2020-01-01&to=2026-03-01', {}, 400, 'from'],
    ['', { day: '2026-02-30' }, 400, 'day'],
    ['', { day: '2026-03-13' }, 404, undefined],
  ])('answers %s %o with %i', async (query, params, status, path) => {
    await expect(get(query, params)).rejects.toMatchObject({ status, path });
  });
});
