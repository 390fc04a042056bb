import { describe, expect, it } from 'vitest';
import { metricsPage } from '../../../functions/web/metrics-page.ts';
import { aDay, aMetricsPageView, frame } from './sample-pages.ts';

const rate = { value: 2.5, numerator: 50, denominator: 2000, unit: 'percent' };
const unknown = { value: null, numerator: 0, denominator: 0, unit: 'percent' };
const count = { value: 50, numerator: 50, denominator: null, unit: 'count' };

describe('the metrics page', () => {
  it('shows a rate beside what it is made of (T13)', () => {
    const page = metricsPage(aMetricsPageView({ days: [aDay('2026-11-23', { optInRate: rate, leadsNew: count })] }));
    expect(page).toContain('2.5<span class="unit"> %</span>');
    expect(page).toContain('50 of 2,000');
  });

  it('says of a rate that may pass 100 % why it may', () => {
    const passed = { value: 200, numerator: 4, denominator: 2, unit: 'percent' };
    const page = metricsPage(aMetricsPageView({ days: [aDay('2026-11-23', { leadToSqlRate: passed })] }));
    expect(page).toMatch(
      /4 of 2<span class="rate-note">reached on this day, per new lead of this day.*may exceed 100 %/,
    );
    const below = metricsPage(aMetricsPageView({ days: [aDay('2026-11-23', { openRate: rate })] }));
    expect(below).not.toContain('may exceed');
  });

  it('shows a dash, not a zero, for what cannot be computed', () => {
    const page = metricsPage(aMetricsPageView({ days: [aDay('2026-11-23', { optInRate: unknown })] }));
    expect(page).toMatch(/Opt-in rate<\/span>\s*<span class="tile-value">–</);
  });

  it('says in which zone and how far the day is counted', () => {
    expect(metricsPage(aMetricsPageView())).toMatch(
      /Days of America\/Sao_Paulo · revision 2 · still being counted · counted up to <time[^>]*>23 Nov 2026, 14:20/,
    );
  });

  it('speaks Brazilian Portuguese, numbers included', () => {
    const page = metricsPage(
      aMetricsPageView({
        frame: { ...frame, reader: { ...frame.reader, language: 'pt-BR' } },
        days: [aDay('2026-11-23', { optInRate: rate })],
      }),
    );
    expect(page).toContain('<html lang="pt-BR">');
    expect(page).toContain('Taxa de opt-in');
    expect(page).toContain('2,5<span class="unit"> %</span>');
    expect(page).toContain('50 de 2.000');
  });

  it('hands the chart its figures as data, gaps included', () => {
    const page = metricsPage(
      aMetricsPageView({ days: [aDay('2026-11-22', { leadsNew: count }), aDay('2026-11-23')], chart: ['leadsNew'] }),
    );
    expect(page).toContain('&quot;values&quot;:[50,null]');
  });

  it('shows the day by campaign and by rep, the rep by name (M30)', () => {
    const byCampaign = [{ key: '<spring>', metrics: { leadsNew: 3 } }];
    const byRep = [{ key: 'bruno-lima', metrics: { handoffs: 2 } }];
    const page = metricsPage(aMetricsPageView({ days: [{ ...aDay('2026-11-23'), byCampaign, byRep }] }));
    expect(page).toMatch(/&lt;spring&gt;<\/th><td class="number" data-column="New leads">3</);
    expect(page).toMatch(/Bruno Lima<\/th><td class="number" data-column="Hand-offs">2</);
    expect(page).not.toContain('By source');
  });

  it('leaves out a campaign with nothing to count, and says unknown in the reader’s language', () => {
    const byCampaign = [
      { key: 'unknown', metrics: { leadsNew: 1 } },
      { key: 'only-looked', metrics: { leadsNew: 0 } },
    ];
    const page = metricsPage(
      aMetricsPageView({
        frame: { ...frame, reader: { ...frame.reader, language: 'pt-BR' } },
        days: [{ ...aDay('2026-11-23'), byCampaign }],
      }),
    );
    expect(page).toContain('<th scope="row">Desconhecida</th>');
    expect(page).not.toContain('only-looked');
  });

  it('draws no chart of a single day', () => {
    const page = metricsPage(aMetricsPageView({ days: [aDay('2026-11-23')] }));
    expect(page).toContain('The chart begins with the second day');
    expect(page).not.toContain('data-chart');
  });

  it('says why an open rate can pass 100 %', () => {
    expect(metricsPage(aMetricsPageView())).toMatch(/delivered × 100, same day\. Each counts on the day it happens/);
  });

  it('offers no day that has not begun', () => {
    expect(metricsPage(aMetricsPageView())).not.toContain('Day after');
    expect(metricsPage(aMetricsPageView({ day: '2026-11-22' }))).toContain('/metrics?day=2026-11-23');
  });

  it('says why there is nothing yet', () => {
    expect(metricsPage(aMetricsPageView({ days: [] }))).toContain('No figures yet');
  });
});
