import * as z from 'zod';
import { Day, localDay, nextDay } from '../leads/calendar.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import type { SnapshotStore } from './snapshot.store.ts';
import { emptySnapshot, type MetricGroup, type MetricSnapshot, withLeadsTotal } from './snapshot.ts';

/** The longest range one request may ask for, in days. */
const longestRange = 366;
const rangeByDefault = 30;
const beginningOfTime = '0000-01-01';

export interface ReadDaysDeps {
  readonly snapshots: Pick<SnapshotStore, 'latest' | 'days'>;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * The latest snapshot of every day from `from` to `to` (`yyyy-mm-dd`, both included), none left out: a day on which nothing happened
 * has figures too. Days that have not begun are not there.
 */
export async function readDays(from: string, to: string, deps: ReadDaysDeps): Promise<readonly MetricSnapshot[]> {
  const today = todayOf(deps);
  const last = to < today ? to : today;
  const counted = await deps.snapshots.days(beginningOfTime, last);
  const before = counted.filter(({ day }) => day < from).reduce((sum, { leadsNew }) => sum + leadsNew, 0);
  const found = await Promise.all(
    calendar(from, last).map(async (day): Promise<MetricSnapshot> => {
      const known = counted.some((one) => one.day === day) ? await deps.snapshots.latest(day) : null;
      return known ?? emptySnapshot({ day, timeZone: deps.timeZone, closed: day < today });
    }),
  );
  let leadsTotal = before;
  return found.map((snapshot) => {
    leadsTotal += snapshot.metrics.leadsNew?.numerator ?? 0;
    return withLeadsTotal(snapshot, leadsTotal);
  });
}

const Range = z.object({ from: Day.optional(), to: Day.optional() });

/** `GET /api/metrics/days/{day}` and `GET /api/metrics/days?from=&to=`, by default the last thirty days. */
export async function answerDays(
  { params, query }: Pick<HttpRequest, 'params' | 'query'>,
  deps: ReadDaysDeps,
): Promise<HttpAnswer> {
  if (params.day !== undefined) return answerDay(params.day, deps);
  const asked = Range.safeParse(Object.fromEntries(query));
  if (!asked.success) throw badDay(asked.error);
  const { to = todayOf(deps) } = asked.data;
  const { from = plusDays(to, 1 - rangeByDefault) } = asked.data;
  if (from > to) throw new RequestError(400, 'bad-range', 'from must not be after to', 'from');
  if (plusDays(from, longestRange) <= to)
    throw new RequestError(400, 'range-too-long', `ask for ${longestRange} days at most`, 'from');
  return json(200, { days: (await readDays(from, to, deps)).map(toJson), cursor: null });
}

async function answerDay(text: string, deps: ReadDaysDeps): Promise<HttpAnswer> {
  const day = Day.safeParse(text);
  if (!day.success) throw badDay(day.error);
  const [snapshot] = await readDays(day.data, day.data, deps);
  if (!snapshot) throw new RequestError(404, 'unknown-day', `${day.data} has not begun yet`);
  return json(200, toJson(snapshot));
}

function toJson({ byCampaign, bySource, byRep, ...snapshot }: MetricSnapshot) {
  const named = (groups: readonly MetricGroup[]) =>
    Object.fromEntries(groups.map(({ key, metrics }) => [key, metrics]));
  return { ...snapshot, byCampaign: named(byCampaign), bySource: named(bySource), byRep: named(byRep) };
}

function badDay(error: z.ZodError): RequestError {
  const [issue] = error.issues;
  return new RequestError(
    400,
    'bad-day',
    issue?.message ?? 'write a day like 2026-11-20',
    issue?.path.join('.') || 'day',
  );
}

function todayOf({ now, timeZone }: Pick<ReadDaysDeps, 'now' | 'timeZone'>): string {
  return localDay(new Date(now()).toISOString(), timeZone);
}

function calendar(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = nextDay(day)) days.push(day);
  return days;
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
