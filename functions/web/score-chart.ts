import { localDay } from '../leads/calendar.ts';
import type { ScorePoint } from '../scoring/score-over-time.ts';
import { html, type Markup } from './markup.ts';
import { dateText, dayName, figure, moment, type Reader } from './reader.ts';
import { scoreText } from './score-text.ts';

/**
 * How the score has run: a line with its area, and the threshold. Drawn in percent, so that it fits any width while words and lines
 * keep their size. `points` are oldest first, the last of them is now; nothing is drawn where nothing has happened.
 */
export function scoreChart(points: readonly ScorePoint[], threshold: number, reader: Reader): Markup | null {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.every(({ total }) => total === first.total)) return null;
  const { chart } = scoreText[reader.language];
  const place = placing(points, threshold);
  // On the side of the threshold where the line is not.
  const wordBelow = last.total >= threshold;
  const path = points.map(({ at, total }, n) => `${n === 0 ? 'M' : 'L'}${place.x(at)} ${place.y(total)}`).join('');
  return html`<figure class="run">
<svg class="run-chart" role="img" aria-label="${sentenceOf(points, reader)}">
<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible"><path class="run-area" d="${path}L100 ${place.y(0)}L0 ${place.y(0)}z"/><path class="run-line" d="${path}" vector-effect="non-scaling-stroke"/></svg>
<line class="run-threshold" x1="0" x2="100%" y1="${place.y(threshold)}%" y2="${place.y(threshold)}%"/>
<text class="run-word" x="100%" y="${place.y(threshold)}%" dy="${wordBelow ? '1.3em' : '-0.5em'}" text-anchor="end">${chart.threshold(figure(threshold, reader))}</text>
<circle class="run-now" cx="100%" cy="${place.y(last.total)}%" r="4"/>
</svg>
<figcaption><span>${moment(first.at, reader)}</span><span>${chart.now}</span></figcaption>
${dayByDay(points, reader)}</figure>`;
}

/** Where an instant and a total lie, from 0 to 100, the top left being 0 0. */
function placing(points: readonly ScorePoint[], threshold: number) {
  const instants = points.map(({ at }) => Date.parse(at));
  const totals = points.map(({ total }) => total);
  const [from, until] = [Math.min(...instants), Math.max(...instants)];
  // Room above for the word at the threshold.
  const [low, high] = [Math.min(0, ...totals), Math.max(threshold * 1.3, ...totals) * 1.05];
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    x: (at: string) => round(((Date.parse(at) - from) / Math.max(1, until - from)) * 100),
    y: (total: number) => round(((high - total) / (high - low)) * 100),
  };
}

/** The same in words, for whoever cannot see it. */
function sentenceOf(points: readonly ScorePoint[], reader: Reader): string {
  const { chart } = scoreText[reader.language];
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return '';
  const top = points.reduce((highest, point) => (point.total >= highest.total ? point : highest), first);
  const total = (point: ScorePoint) => figure(point.total, reader);
  const day = ({ at }: ScorePoint) => dateText(at, reader);
  if (top.total === last.total && top !== first) return chart.roseToNow(total(first), day(first), total(top));
  const before =
    top === first ? chart.fell(total(first), day(first)) : chart.rose(total(first), day(first), total(top), day(top));
  return before + chart.isNow(total(last));
}

function dayByDay(points: readonly ScorePoint[], reader: Reader): Markup | null {
  const byDay = new Map(points.map(({ at, total }) => [localDay(at, reader.timeZone), total]));
  if (byDay.size < 2) return null;
  const { table, day, endOfDay } = scoreText[reader.language].chart;
  return html`<details class="run-table"><summary>${table}</summary><table><thead><tr><th scope="col">${day}</th><th scope="col" class="number">${endOfDay}</th></tr></thead>
<tbody>${[...byDay].toReversed().map(([name, total]) => html`<tr><td>${dayName(name, reader)}</td><td class="number">${figure(total, reader)}</td></tr>`)}</tbody></table></details>`;
}
