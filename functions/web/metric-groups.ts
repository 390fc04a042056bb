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
): Markup {
  const text = metricsText[reader.language].by;
  const named = byRep.map(({ key, metrics }) => ({ key: repNames[key] ?? key, metrics }));
  return html`<div class="pair">
${group(text.campaign, byCampaign, whoCame, reader)}
${group(text.source, bySource, whoCame, reader)}
${group(text.rep, named, ['handoffs'], reader)}
</div>`;
}

function group(heading: string, rows: readonly MetricGroup[], ids: readonly MetricId[], reader: Reader): Markup | null {
  if (rows.length === 0) return null;
  const titles = ids.map((id) => metricText(id, reader.language).title);
  return card(
    heading,
    html`<div class="table-scroll"><table>
<thead><tr><th scope="col">${heading}</th>${titles.map((title) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
      ({ key, metrics }) =>
        html`<tr><th scope="row">${key}</th>${ids.map((id) => html`<td class="number">${figure(metrics[id] ?? 0, reader)}</td>`)}</tr>`,
    )}</tbody></table></div>`,
    { flush: true },
  );
}
