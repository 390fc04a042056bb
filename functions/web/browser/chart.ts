import './known-language.ts';
import uPlot from 'uplot';

interface ChartContent {
  readonly language: string;
  readonly dayLabel: string;
  readonly days: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

const chartHeight = 260;

for (const place of document.querySelectorAll<HTMLElement>('[data-chart]')) draw(place);

/** Draws the figures in the colours that the style sheet gives them, again when light turns to dark or the width changes. */
function draw(place: HTMLElement): void {
  const content: ChartContent = JSON.parse(place.dataset.chart ?? '{}');
  if (content.days.length < 2) return;
  let chart: uPlot | undefined;
  const redraw = () => {
    chart?.destroy();
    place.replaceChildren();
    chart = new uPlot(optionsOf(content, place), dataOf(content), place);
  };
  redraw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  new ResizeObserver(() => chart?.setSize({ width: place.clientWidth, height: chartHeight })).observe(place);
}

function dataOf({ days, series }: ChartContent): uPlot.AlignedData {
  const seconds = days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  return [seconds, ...series.map(({ values }) => [...values])];
}

function optionsOf({ language, dayLabel, series }: ChartContent, place: HTMLElement): uPlot.Options {
  const axis = {
    stroke: colour('chart-axis', place),
    font: '12px Inter, system-ui, sans-serif',
    ticks: { show: false },
  };
  const grid = { stroke: colour('chart-grid', place), width: 1 };
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return {
    width: place.clientWidth,
    height: chartHeight,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    scales: { y: { range: (_, __, high) => [0, Math.max(4, Math.ceil(high * 1.1))] } },
    series: [
      { label: dayLabel, value: (_, seconds) => (seconds === null ? '–' : day.format(seconds * 1000)) },
      ...series.map(({ name }, index) => {
        const stroke = colour(`series-${index + 1}`, place);
        return { label: name, stroke, width: 2, points: { show: true, size: 5, fill: stroke } };
      }),
    ],
    axes: [
      { ...axis, grid: { show: false }, space: 72, values: (_, splits) => splits.map((at) => day.format(at * 1000)) },
      { ...axis, grid, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000] },
    ],
    cursor: { y: false },
  };
}

/** What colour a class stands for here and now: a canvas cannot ask the style sheet itself. */
function colour(className: string, place: HTMLElement): string {
  const probe = document.createElement('span');
  probe.className = className;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
