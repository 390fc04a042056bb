import { Day, localDay } from '../leads/calendar.ts';
import { readDays } from '../metrics/read-days.ts';
import type { MetricSnapshot } from '../metrics/snapshot.ts';
import { type HttpRequest, RequestError } from '../runtime/http.ts';
import { metricsPage } from './metrics-page.ts';
import type { Frame } from './shell.ts';
import { type PagesDeps, repNamesOf } from './show-pages.ts';

/** @throws RequestError 422 when the day is none, or has not begun. */
export async function showMetrics({ query }: HttpRequest, frame: Frame, deps: PagesDeps): Promise<string> {
  const today = localDay(new Date(frame.reader.nowMs).toISOString(), frame.reader.timeZone);
  const day = query.get('day') || today;
  if (!Day.safeParse(day).success || day > today)
    throw new RequestError(422, 'invalid-day', 'Choose a day that has begun, like 2026-11-20.');
  const { home, chart } = deps.settings;
  return metricsPage({
    frame,
    day,
    today,
    days: await countedDays(day, 30, deps),
    table: home,
    chart,
    repNames: repNamesOf(deps.team),
  });
}

/** The days up to `last`, at most `count` of them, without those before anything was counted. */
export async function countedDays(last: string, count: number, deps: PagesDeps): Promise<readonly MetricSnapshot[]> {
  const first = new Date(Date.parse(`${last}T12:00:00Z`) - (count - 1) * 86_400_000).toISOString().slice(0, 10);
  const { snapshots, now } = deps;
  const days = await readDays(first, last, { snapshots, now, timeZone: deps.account.timeZone });
  const begin = days.findIndex(({ revision }) => revision > 0);
  return begin === -1 ? [] : days.slice(begin);
}
