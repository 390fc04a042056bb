/** What the private pages gain from JavaScript: copying, the chart, fresh figures, and on a laptop the clock. All of them read without it. */
import { drawCharts } from './chart.ts';
import { enableClock } from './clock.ts';
import { enableCopying } from './copy.ts';
import { keepFresh } from './fresh.ts';

enableCopying();
drawCharts();
keepFresh();
enableClock();
