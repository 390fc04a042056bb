import { describe, expect, it } from 'vitest';
import { performanceWeights } from '../../../functions/handoff/performance.ts';
import { RepRecord } from '../../../functions/handoff/rep-record.ts';
import { Performance } from '../../../functions/handoff/team.ts';

const two = [
  { id: 'ana', weight: 1 },
  { id: 'bruno', weight: 1 },
];
const monthly = Performance.parse({});
const weekly = Performance.parse({ period: 'week' });

function record(rep: string, days: Record<string, Partial<RepRecord['days'][string]>>): RepRecord {
  return RepRecord.parse({ rep, days, ver: 1 });
}

describe('shares by performance', () => {
  it('are points over the mean of the team', () => {
    const records = [
      record('ana', { '2026-02-02': { won: 1, meeting: 1 }, '2026-02-20': { contacted: 3, missed: 1 } }),
      record('bruno', { '2026-02-28': { meeting: 3 } }),
    ];
    expect(performanceWeights(two, records, monthly, { day: '2026-03-15' })).toEqual({
      period: '2026-02',
      weights: { ana: 1.25, bruno: 0.75 },
    });
  });

  it.each([
    [monthly, '2026-01-01', '2025-12', ['2025-12-01', '2025-12-31'], ['2025-11-30', '2026-01-01']],
    [monthly, '2024-03-31', '2024-02', ['2024-02-01', '2024-02-29'], ['2024-01-31', '2024-03-01']],
    [weekly, '2026-11-23', '2026-W47', ['2026-11-16', '2026-11-22'], ['2026-11-15', '2026-11-23']],
    [weekly, '2026-11-29', '2026-W47', ['2026-11-16', '2026-11-22'], ['2026-11-15', '2026-11-23']],
    [weekly, '2027-01-04', '2026-W53', ['2026-12-28', '2027-01-03'], ['2026-12-27', '2027-01-04']],
  ])('count the whole period before this one: %#', (performance, day, period, within, without) => {
    const wins = (days: string[]) => Object.fromEntries(days.map((each) => [each, { won: 1 }]));
    const records = [record('ana', wins(within)), record('bruno', wins(without))];
    expect(performanceWeights(two, records, performance, { day })).toEqual({
      period,
      weights: { ana: 2, bruno: 0.5 },
    });
  });

  it('let nobody starve and give nobody everything', () => {
    const wide = Performance.parse({ atLeast: 0.1, atMost: 10 });
    const records = [record('ana', { '2026-02-02': { won: 1 } }), record('bruno', { '2026-02-02': { missed: 9 } })];
    const day = '2026-03-15';
    expect(performanceWeights(two, records, wide, { day }).weights).toEqual({ ana: 2, bruno: 0.1 });
    const narrow = Performance.parse({ atLeast: 0.8, atMost: 1.2 });
    expect(performanceWeights(two, records, narrow, { day }).weights).toEqual({ ana: 1.2, bruno: 0.8 });
  });

  it('multiply the reps’ own weights, which decide alone while nobody has points', () => {
    const weighted = [
      { id: 'ana', weight: 3 },
      { id: 'bruno', weight: 1 },
    ];
    const day = '2026-03-15';
    expect(performanceWeights(weighted, [], monthly, { day }).weights).toEqual({ ana: 3, bruno: 1 });
    const missed = [record('ana', { '2026-02-02': { missed: 2 } })];
    expect(performanceWeights(weighted, missed, monthly, { day }).weights).toEqual({ ana: 3, bruno: 1 });
    const even = ['ana', 'bruno', 'gone'].map((rep) => record(rep, { '2026-02-02': { won: 1 } }));
    expect(performanceWeights(weighted, even, monthly, { day }).weights).toEqual({ ana: 3, bruno: 1 });
  });
});
