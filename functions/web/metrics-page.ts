import type { MetricId } from '../metrics/metric.ts';
import type { MetricSnapshot } from '../metrics/snapshot.ts';
import { html, type Markup } from './markup.ts';
import { type DayGroups, metricGroups } from './metric-groups.ts';
import { metricText } from './metric-text.ts';
import { type DayFigures, metricTile, metricValue } from './metric-tile.ts';
import { metricsText } from './metrics-text.ts';
import { card, emptyState } from './parts.ts';
import { dayName, exactMoment, type Reader } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

/** A day's snapshot, with what one must know to trust it. */
export type DayView = DayFigures & DayGroups & Pick<MetricSnapshot, 'timeZone' | 'revision' | 'closed' | 'watermark'>;

export interface MetricsPageView {
  readonly frame: Frame;
  /** The day looked at, `yyyy-mm-dd`, and the account's today. */
  readonly day: string;
  readonly today: string;
  /** The days since the first counted one, oldest first, ending with the day looked at. */
  readonly days: readonly DayView[];
  /** Which metrics the table of days and the chart show. */
  readonly table: readonly MetricId[];
  readonly chart: readonly MetricId[];
  /** The name of a rep, by id. */
  readonly repNames: Readonly<Record<string, string>>;
}

const groups: readonly { readonly name: 'funnel' | 'email'; readonly ids: readonly MetricId[] }[] = [
  {
    name: 'funnel',
    ids: [
      'leadsNew',
      'leadsTotal',
      'visitors',
      'optInRate',
      'leadsIql',
      'leadsMql',
      'leadsSql',
      'leadsTrial',
      'leadToMqlRate',
      'leadToSqlRate',
      'handoffs',
      'formsSubmitted',
    ],
  },
  {
    name: 'email',
    ids: [
      'emailsSent',
      'emailsDelivered',
      'openRate',
      'openRateRaw',
      'clickRate',
      'clickRateRaw',
      'clicksTotal',
      'clicksTotalRaw',
      'emailsBounced',
      'emailsHardBounced',
      'emailsComplained',
      'unsubscribes',
    ],
  },
];

/** One day's figures with what they are made of, and the days before it. */
export function metricsPage(view: MetricsPageView): string {
  const { frame, day, days } = view;
  const { reader } = frame;
  const text = metricsText[reader.language];
  const current = days.find((candidate) => candidate.day === day);
  return shellPage(frame, {
    section: 'metrics',
    title: text.title,
    script: '/assets/chart.js',
    body: html`${pageHead({
      title: text.title,
      lede: text.lede(dayName(day, reader)),
      actions: html`<span class="inline"><a href="/leaks?lang=${reader.language}">${text.leaks}</a> ${languageLinks(reader.language, (language) => `/metrics?day=${day}&lang=${language}`)}</span>`,
    })}
<div class="stack">
${dayPicker(view)}
${
  days.length === 0
    ? html`<section class="card">${emptyState({ title: text.nothing, text: text.nothingYet, action: { href: '/p/trial', text: text.tryIt } })}</section>`
    : html`${groups.map(
        ({ name, ids }) =>
          html`<section class="stack"><h2>${text.groups[name]}</h2><div class="tiles">${ids.map((id) => metricTile(id, current, days, reader))}</div></section>`,
      )}
${days.length > 1 ? card(text.chart(days.length), chart(view)) : html`<p class="muted">${text.chartTomorrow}</p>`}
${current && metricGroups(current, view.repNames, reader)}
${card(text.days, html`<div class="table-scroll">${daysTable(view)}</div>`, { flush: true, footer: current && trust(current, reader) })}`
}
</div>`,
  });
}

function dayPicker({ day, today, frame }: MetricsPageView): Markup {
  const text = metricsText[frame.reader.language];
  const { language } = frame.reader;
  const link = (to: string, name: string) =>
    html`<a class="button" href="/metrics?day=${to}&amp;lang=${language}">${name}</a>`;
  return html`<form class="toolbar" action="/metrics">
<input type="hidden" name="lang" value="${language}">
${link(shifted(day, -1), text.before)}
<div class="field"><label for="day">${text.day}</label><input id="day" type="date" name="day" value="${day}" max="${today}"></div>
<button class="primary">${text.show}</button>
${day < today && html`${link(shifted(day, 1), text.after)}${link(today, text.today)}`}
</form>`;
}

/** uPlot draws it from the attribute; without JavaScript the table below says the same. */
function chart({ days, chart: ids, frame }: MetricsPageView): Markup {
  const { language } = frame.reader;
  const data = {
    language,
    dayLabel: metricsText[language].day,
    days: days.map(({ day }) => day),
    series: ids.map((id) => ({
      name: metricText(id, language).title,
      values: days.map(({ metrics }) => metrics[id]?.value ?? null),
    })),
  };
  return html`<div class="chart" data-chart="${JSON.stringify(data)}" role="img" aria-label="${metricsText[language].chartLabel}"><p class="muted">${metricsText[language].withoutScript}</p></div>`;
}

function daysTable({ days, table, frame }: MetricsPageView): Markup {
  const { reader } = frame;
  return html`<table class="cards dense days">
<thead><tr><th scope="col">${metricsText[reader.language].day}</th>${table.map(
    (id) => html`<th scope="col" class="number">${metricText(id, reader.language).title}</th>`,
  )}</tr></thead>
<tbody>${days
    .toReversed()
    .map(
      ({ day, metrics }) =>
        html`<tr><td class="lead-cell"><a class="row-link" href="/metrics?day=${day}&amp;lang=${reader.language}">${dayName(day, reader)}</a></td>${table.map(
          (id) =>
            html`<td class="number" data-column="${metricText(id, reader.language).title}">${metricValue(metrics[id], reader)}</td>`,
        )}</tr>`,
    )}</tbody></table>`;
}

function trust({ timeZone, revision, closed, watermark }: DayView, reader: Reader): Markup {
  const text = metricsText[reader.language];
  const state = [text.zone(timeZone), text.revision(revision), closed ? text.closed : text.open].join(' · ');
  return html`${state}${watermark && html` · ${text.countedTo} ${exactMoment(watermark, reader)}`}`;
}

function shifted(day: string, by: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}
