import * as z from 'zod';
import { fromText, oneDecimal, type Points, PointsText, pointsOf, worth } from './points.ts';

/** Engagement is what they did, fit is who they are (S11). */
export const ScoreGroup = z.enum(['engagement', 'fit']);
export type ScoreGroup = z.infer<typeof ScoreGroup>;

/** What one scoring rule has paid a lead so far. Knows its own half-life and limit, so that reading a score needs no model. */
export const Tally = z.object({
  group: ScoreGroup,
  /** The sum of the weights of everything this rule pays for (points.ts). */
  sum: PointsText,
  /** `null`: does not decay. */
  halfLifeDays: z.number().nullable(),
  /** The most that this rule may add or take away at any instant, in points. */
  limit: z.number().optional(),
});
export type Tally = z.infer<typeof Tally>;

const At = z.object({ activityId: z.string(), occurredAt: z.string() });
export type At = z.infer<typeof At>;

/**
 * A rule that pays for what did not happen (S9): messages delivered without any sign of the reader. `windows` are the silences that
 * have been, or will be, complete at their `until` unless the lead stirs before; each counts once from that instant on.
 */
export const Silence = z.object({
  points: z.number(),
  limit: z.number().optional(),
  /** The latest two signs of life. */
  stirredAt: z.string().nullable(),
  stirredBefore: z.string().nullable(),
  /** Deliveries since the last sign of life or the last complete silence, oldest first. */
  deliveries: z.array(At),
  windows: z.array(z.object({ activityId: z.string(), from: z.string(), until: z.string() })),
});
export type Silence = z.infer<typeof Silence>;

/** What the ledger of a lead adds up to: everything that the score, the milestones and the signals are read from. */
export const Fold = z.object({
  tallies: z.record(z.string(), Tally),
  /** By rule. */
  silences: z.record(z.string(), Silence),
  /** The earliest activity of each signal of the scoring model: milestones are made of these, in whichever order they came (L2). */
  firsts: z.record(z.string(), At),
  /** The latest activity of each buying signal. */
  lasts: z.record(z.string(), At),
  /** Of the whole groups, and the least a score may be. */
  limits: z.object({ engagement: z.number().optional(), fit: z.number().optional(), floor: z.number().optional() }),
});
export type Fold = z.infer<typeof Fold>;

/** The figures people see. `fit` and `engagement` are each rounded on their own; `total` is rounded from the exact sum. */
export const Score = z.object({ total: z.number(), fit: z.number(), engagement: z.number(), asOf: z.string() });
export type Score = z.infer<typeof Score>;

export const dayMs = 86_400_000;

/** The score at an instant, from the fold alone. Between activities it never rises (requirements §2.2). `atMs`: epoch milliseconds. */
export function scoreAt(fold: Fold, atMs: number): Score {
  return scoreReader(fold)(atMs);
}

/** Reads a fold once, to be asked for many instants. */
export function scoreReader({ tallies, silences, limits }: Fold): (atMs: number) => Score {
  const sums = Object.values(tallies).map(({ group, sum, halfLifeDays, limit }) => {
    const halfLifeMs = halfLifeDays === null ? null : halfLifeDays * dayMs;
    return { group, limit, weight: fromText(sum), halfLifeMs };
  });
  const silent = Object.values(silences);
  return (atMs) => {
    const asOf = new Date(atMs).toISOString();
    const paid = { fit: 0n, engagement: 0n };
    for (const { group, weight, halfLifeMs, limit } of sums)
      paid[group] += within(worth(weight, atMs, halfLifeMs), limit);
    for (const silence of silent) paid.engagement += silenceWorth(silence, asOf);
    const fit = atMost(paid.fit, limits.fit);
    const engagement = atMost(paid.engagement, limits.engagement);
    return {
      total: oneDecimal(atLeast(fit + engagement, limits.floor)),
      fit: oneDecimal(fit),
      engagement: oneDecimal(engagement),
      asOf,
    };
  };
}

function silenceWorth({ points, limit, windows }: Silence, at: string): Points {
  if (windows.length === 0) return 0n;
  return within(pointsOf(points * windows.filter(({ until }) => until <= at).length), limit);
}

/** Kept between -limit and +limit points. */
export function within(points: Points, limit: number | undefined): Points {
  if (limit === undefined) return points;
  const most = pointsOf(limit);
  return points > most ? most : points < -most ? -most : points;
}

export function atMost(points: Points, limit: number | undefined): Points {
  return limit !== undefined && points > pointsOf(limit) ? pointsOf(limit) : points;
}

export function atLeast(points: Points, floor: number | undefined): Points {
  return floor !== undefined && points < pointsOf(floor) ? pointsOf(floor) : points;
}
