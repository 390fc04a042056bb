import { describe, expect, it } from 'vitest';
import type { Counts } from '../../../functions/metrics/fold-day.ts';
import { metricDefinitions, metricIds } from '../../../functions/metrics/metric.ts';
import { emptySnapshot, sameFigures, snapshotOf, withLeadsTotal } from '../../../functions/metrics/snapshot.ts';

const about = { day: '2026-03-02', timeZone: 'UTC', revision: 1, closed: false, modelVersion: 'v1' };
const of = (total: Counts, given: object = {}) =>
  snapshotOf({ total, byCampaign: [], bySource: [], byRep: [], watermark: null }, { ...about, ...given });

describe('a day’s metrics', () => {
  it('computes the opt-in rate as the catalogue writes it: 50 of 2,000 is 2.5 % (M7)', () => {
    expect(of({ leadsNew: 50, visitors: 2000 }).metrics.optInRate).toEqual({
      value: 2.5,
      numerator: 50,
      denominator: 2000,
      unit: 'percent',
      family: 'conversion',
      formula: 'new leads ÷ visitors × 100, same day',
    });
  });

  it('says null, never zero or infinity, where there is nothing to divide by (requirements §2.18)', () => {
    const { metrics } = of({ leadsNew: 3 });
    expect(metrics.optInRate).toMatchObject({ value: null, numerator: 3, denominator: 0 });
    expect(metrics.openRate?.value).toBeNull();
  });

  it('divides people’s opens and clicks by the messages delivered, with the raw twin beside (N11)', () => {
    const { metrics } = of({ emailsDelivered: 40, emailsOpened: 10, emailsOpenedRaw: 20, emailsClicked: 4 });
    expect([metrics.openRate?.value, metrics.openRateRaw?.value, metrics.clickRate?.value]).toEqual([25, 50, 10]);
  });

  it('carries every metric there is, each with its family and its formula (M36)', () => {
    const { metrics } = withLeadsTotal(emptySnapshot(about), 7);
    expect(Object.keys(metrics).sort()).toEqual([...metricIds].sort());
    expect(metrics.leadsTotal?.value).toBe(7);
    for (const { family, formula } of Object.values(metrics))
      expect([family, formula]).toEqual(['conversion', expect.any(String)]);
  });

  it('needs a new revision only when a figure differs, or the day closes', () => {
    expect(sameFigures(of({ visitors: 1 }), of({ visitors: 1 }, { revision: 9, modelVersion: 'v2' }))).toBe(true);
    expect(sameFigures(of({ visitors: 1 }), of({ visitors: 2 }))).toBe(false);
    expect(sameFigures(of({ visitors: 1 }), of({ visitors: 1 }, { closed: true }))).toBe(false);
  });

  it('has no two metrics of one title', () => {
    const titles = Object.values(metricDefinitions).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
