import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Counts, DayCounts, GroupCounts } from './fold-day.ts';
import { type MetricDefinition, MetricFamily, MetricUnit, metricDefinitions, metricIds } from './metric.ts';

/**
 * One figure with what it is made of (T13): a rate alone cannot be added up or checked. `value` is `null` where the denominator
 * is zero (requirements §2.18); a count has no denominator, its numerator is its value.
 */
const MetricValue = z.object({
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable(),
  unit: MetricUnit,
  family: MetricFamily,
  formula: z.string(),
});
type MetricValue = z.infer<typeof MetricValue>;

/** The figures of one campaign, source or rep, by metric id; what is zero or has no value is left out. */
export const MetricGroup = z.object({ key: z.string(), metrics: z.record(z.string(), z.number()) });
export type MetricGroup = z.infer<typeof MetricGroup>;

/**
 * One local day's metrics. Revisions count up whenever a figure changes; a closed day's revisions are never overwritten.
 * `leadsTotal` is not among the stored `metrics`: it depends on the days before, and is added when the day is read.
 */
export const MetricSnapshot = z.object({
  /** `yyyy-mm-dd` in `timeZone`, by the time of the activity. */
  day: z.string(),
  timeZone: z.string(),
  /** 0: nothing has been counted on this day. */
  revision: z.number().int().nonnegative(),
  /** The day is over and was counted after its end. A late activity still restates it, as the next revision. */
  closed: z.boolean(),
  /** The last row counted was recorded then. */
  watermark: z.string().nullable(),
  /** The playbook the figures were computed under. */
  modelVersion: z.string().nullable(),
  metrics: z.record(z.string(), MetricValue),
  byCampaign: z.array(MetricGroup),
  bySource: z.array(MetricGroup),
  byRep: z.array(MetricGroup),
});
export type MetricSnapshot = z.infer<typeof MetricSnapshot>;

type About = Pick<MetricSnapshot, 'day' | 'timeZone' | 'revision' | 'closed' | 'modelVersion'>;

/** The day's metrics from its counts. */
export function snapshotOf(counts: DayCounts, about: About): MetricSnapshot {
  const ids = metricIds.filter((id) => id !== 'leadsTotal');
  return {
    ...about,
    watermark: counts.watermark,
    metrics: Object.fromEntries(ids.map((id) => [id, metricValue(metricDefinitions[id], counts.total)])),
    byCampaign: counts.byCampaign.map(groupOf),
    bySource: counts.bySource.map(groupOf),
    byRep: counts.byRep.map(groupOf),
  };
}

/** A day on which nothing was counted. */
export function emptySnapshot(about: Omit<About, 'revision' | 'modelVersion'>): MetricSnapshot {
  const counts = { total: {}, byCampaign: [], bySource: [], byRep: [], watermark: null };
  return snapshotOf(counts, { ...about, revision: 0, modelVersion: null });
}

/** The day with its running total: all leads up to and including it. Metrics come out in the order they are defined in. */
export function withLeadsTotal(snapshot: MetricSnapshot, leadsTotal: number): MetricSnapshot {
  const value = metricValue(metricDefinitions.leadsTotal, { leadsTotal });
  const known: Readonly<Record<string, MetricValue>> = { ...snapshot.metrics, leadsTotal: value };
  const ids = [...new Set([...metricIds, ...Object.keys(known)])];
  return { ...snapshot, metrics: Object.fromEntries(ids.flatMap((id) => (known[id] ? [[id, known[id]]] : []))) };
}

/** Do both say the same about the day? Then there is no reason for a new revision. */
export function sameFigures(a: MetricSnapshot, b: MetricSnapshot): boolean {
  const figures = ({ closed, metrics, byCampaign, bySource, byRep }: MetricSnapshot) => ({
    closed,
    metrics,
    byCampaign,
    bySource,
    byRep,
  });
  return isDeepStrictEqual(figures(a), figures(b));
}

function metricValue(definition: MetricDefinition, counts: Counts): MetricValue {
  const { unit, family, formula } = definition;
  const numerator = counts[definition.numerator] ?? 0;
  if (definition.denominator === null) return { value: numerator, numerator, denominator: null, unit, family, formula };
  const denominator = counts[definition.denominator] ?? 0;
  const value = denominator === 0 ? null : (numerator * 100) / denominator;
  return { value, numerator, denominator, unit, family, formula };
}

function groupOf({ key, counts }: GroupCounts): MetricGroup {
  const values = metricIds.map((id) => [id, metricValue(metricDefinitions[id], counts).value] as const);
  return { key, metrics: Object.fromEntries(values.flatMap(([id, value]) => (value ? [[id, value] as const] : []))) };
}
