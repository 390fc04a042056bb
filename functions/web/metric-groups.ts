import type { MetricId } from '../metrics/metric.ts';
import type { MetricGroup, MetricSnapshot } from '../metrics/snapshot.ts';
import { html, type Markup } from './markup.ts';
import { metricText } from './metric-text.ts';
import { metricsText } from './metrics-text.ts';
import { card } from './parts.ts';
import { figure, type Reader } from './reader.ts';

export type DayGroups = Pick<MetricSnapshot, 'byCampaign' | 'bySource' | 'byRep'>;

const whoCame: readonly MetricId[] = ['leadsNew', 'leadsMql', 'leadsSql', 'handoffs'];

/** The day by campaign and by source, and what each rep was given (M30, M35). A grouping without a row is left out. */
export function metricGroups(
  { byCampaign, bySource, byRep }: DayGroups,
  repNames: Readonly<Record<string, string>>,
  reader: Reader,
): Markup | null {
  const known = new Map(Object.entries(metricsText[reader.language].known));
  const nameOf = (key: string) => known.get(key) ?? key;
  const groups = [
    group('campaign', { rows: byCampaign, ids: whoCame, nameOf }, reader),
    group('source', { rows: bySource, ids: whoCame, nameOf }, reader),
    group('rep', { rows: byRep, ids: ['handoffs'], nameOf: (id) => repNames[id] ?? id }, reader),
  ].filter((shown) => shown !== null);
  return groups.length === 0 ? null : html`<div class="pair">${groups}</div>`;
}

interface Grouping {
  readonly rows: readonly MetricGroup[];
  readonly ids: readonly MetricId[];
  /** How people call a key. */
  readonly nameOf: (key: string) => string;
}

function group(by: 'campaign' | 'source' | 'rep', { rows, ids, nameOf }: Grouping, reader: Reader): Markup | null {
  // A campaign that only brought page views stands in the snapshot too, and has nothing to say here.
  const telling = rows.filter(({ metrics }) => ids.some((id) => (metrics[id] ?? 0) !== 0));
  if (telling.length === 0) return null;
  const text = metricsText[reader.language];
  const columns = ids.map((id) => ({ id, title: metricText(id, reader.language).title }));
  return card(
    text.by[by],
    html`<div class="table-scroll"><table class="cards dense">
<thead><tr><th scope="col">${text.names[by]}</th>${columns.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
<tbody>${telling.map(
      ({ key, metrics }) =>
        html`<tr><th scope="row">${nameOf(key)}</th>${columns.map(({ id, title }) => html`<td class="number" data-column="${title}">${figure(metrics[id] ?? 0, reader)}</td>`)}</tr>`,
    )}</tbody></table></div>`,
    { flush: true },
  );
}
