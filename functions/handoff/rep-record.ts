import * as z from 'zod';

/** What a rep did with their leads on one day of the account's calendar. */
const Day = z.object({
  assigned: z.number().int().default(0),
  accepted: z.number().int().default(0),
  contacted: z.number().int().default(0),
  meeting: z.number().int().default(0),
  won: z.number().int().default(0),
  lost: z.number().int().default(0),
  rejected: z.number().int().default(0),
  recycled: z.number().int().default(0),
  /** Let their time run out. */
  missed: z.number().int().default(0),
  /** In minor units of the account's currency. */
  wonMinor: z.number().int().default(0),
  /** Sum of `speedToLeadMs` over `accepted`. */
  speedMs: z.number().int().default(0),
});
export type RepDay = z.infer<typeof Day>;

/** What performance is read from: the last 62 days of one rep, so that a whole month before this one is always there. */
export const RepRecord = z.object({
  rep: z.string(),
  days: z.record(z.string(), Day),
  ver: z.number().int().nonnegative(),
});
export type RepRecord = z.infer<typeof RepRecord>;

const keptDays = 62;

/** The record after so many deeds of one day; days nobody asks about any more go. */
export function withDeeds(record: RepRecord, day: string, deeds: Partial<RepDay>): RepRecord {
  const before = Day.parse(record.days[day] ?? {});
  const after: RepDay = { ...before };
  for (const [name, count] of Object.entries(deeds))
    if (isDeed(name)) after[name] = Math.min(Number.MAX_SAFE_INTEGER, after[name] + (count ?? 0));
  const days = { ...record.days, [day]: after };
  const kept = Object.entries(days)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, keptDays);
  return { rep: record.rep, days: Object.fromEntries(kept.reverse()), ver: record.ver + 1 };
}

function isDeed(name: string): name is keyof RepDay {
  return name in Day.shape;
}
