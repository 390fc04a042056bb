import type { MetricId } from '../metrics/metric.ts';
import { html, type Markup } from './markup.ts';
import { metricText, rateNote } from './metric-text.ts';
import { figure, type Reader } from './reader.ts';
import { sparkline } from './sparkline.ts';

/** One metric of one day. A rate keeps its two parts: a percentage alone hides whether it is 1 of 2 or 500 of 1,000. */
export interface MetricFigure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly unit: string;
}

/** One day of figures, as the snapshot holds it. */
export interface DayFigures {
  readonly day: string;
  readonly metrics: Readonly<Record<string, MetricFigure>>;
}

const words = {
  en: { of: 'of', formula: 'How it is counted' },
  'pt-BR': { of: 'de', formula: 'Como é contado' },
} as const;

/** A figure to look at: name, value, what it is made of, how it ran over the last days, and how it is counted. */
export function metricTile(
  id: MetricId,
  day: DayFigures | undefined,
  run: readonly DayFigures[],
  reader: Reader,
): Markup {
  const { title, formula } = metricText(id, reader.language);
  const { of, formula: how } = words[reader.language];
  const metric = day?.metrics[id];
  const note = metric?.unit === 'percent' && rateNote(id, metric.value, reader.language);
  return html`<div class="tile"><span class="tile-name">${title}</span>
<span class="tile-value">${metricValue(metric, reader)}</span>
<span class="tile-note">${metric?.denominator != null && html`${figure(metric.numerator, reader)} ${of} ${figure(metric.denominator, reader)}`}${note && html`<span class="rate-note">${note}</span>`}</span>
${sparkline(run.map(({ metrics }) => metrics[id]?.value ?? null))}
<details><summary>${how}</summary><p>${formula}</p></details></div>`;
}

/** The value with its unit; what cannot be computed is a dash. */
export function metricValue(metric: MetricFigure | undefined, reader: Reader): Markup {
  if (!metric || metric.value === null) return html`–`;
  return html`${figure(metric.value, reader)}${metric.unit === 'percent' && html`<span class="unit"> %</span>`}`;
}
