import './known-language.ts';
import uPlot from 'uplot';

interface ChartContent {
  readonly language: string;
  readonly dayLabel: string;
  readonly days: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

const chartHeight = 260;

/** Series that run over the same points stay apart: each later one is dashed more finely, and its points are smaller. */
const strokes = [
  { dash: [], size: 11 },
  { dash: [10, 5], size: 9 },
  { dash: [5, 5], size: 7 },
  { dash: [2, 5], size: 5 },
];

for (const place of document.querySelectorAll<HTMLElement>('[data-chart]')) draw(place);

/** Draws the figures in the colours that the style sheet gives them, again when light turns to dark or the width changes. */
function draw(place: HTMLElement): void {
  const content: ChartContent = JSON.parse(place.dataset.chart ?? '{}');
  let chart: uPlot | undefined;
  const redraw = () => {
    chart?.destroy();
    place.replaceChildren();
    chart = new uPlot(optionsOf(content, place), dataOf(content), place);
    chart.setLegend({ idx: content.days.length - 1 });
  };
  redraw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  new ResizeObserver(() => chart?.setSize({ width: place.clientWidth, height: chartHeight })).observe(place);
}

function dataOf({ days, series }: ChartContent): uPlot.AlignedData {
  const seconds = days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  return [seconds, ...series.map(({ values }) => [...values])];
}

function optionsOf({ language, dayLabel, days, series }: ChartContent, place: HTMLElement): uPlot.Options {
  const axis = {
    stroke: colour('chart-axis', place),
    font: '12px Inter, system-ui, sans-serif',
    ticks: { show: false },
  };
  const grid = { stroke: colour('chart-grid', place), width: 1 };
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  // Under the pointer its own day; else the last one, so that the legend never looks as if figures were missing.
  const pointedAt = <Value>(column: readonly Value[], at: number | null) => column[at ?? days.length - 1];
  return {
    width: place.clientWidth,
    height: chartHeight,
    // The last day's name is centred under its point, half of it beyond the plot.
    padding: [8, 28, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    scales: { y: { range: (_, __, high) => [0, Math.max(4, Math.ceil(high * 1.1))] } },
    series: [
      { label: dayLabel, value: (_, __, ___, at) => day.format(Date.parse(pointedAt(days, at) ?? '')) },
      ...series.map(({ name, values }, index): uPlot.Series => {
        const stroke = colour(`series-${index + 1}`, place);
        const { dash, size } = strokes[index % strokes.length] ?? { dash: [], size: 5 };
        return {
          label: name,
          stroke,
          dash,
          width: 2,
          points: { show: true, size, fill: stroke },
          value: (_, __, ___, at) => {
            const value = pointedAt(values, at);
            return value == null ? '–' : number.format(value);
          },
        };
      }),
    ],
    axes: [
      {
        ...axis,
        gap: 8,
        grid: { show: false },
        splits: ({ data: [days], width }) => everyNth([...days], Math.ceil((days.length * 72) / width)),
        values: (_, splits) => splits.map((at) => day.format(at * 1000)),
      },
      { ...axis, grid, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000] },
    ],
    cursor: { y: false },
  };
}

/** Every `step`-th day, counted from the last: ticks stand on days, never between them, and today always has one. */
function everyNth(days: readonly number[], step: number): number[] {
  return days.filter((_, index) => (days.length - 1 - index) % step === 0);
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
