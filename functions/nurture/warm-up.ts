const dayMs = 24 * 60 * 60_000;

/**
 * The most marketing e-mails on each of the first days of a new domain. Mailbox providers distrust a sender without a history; AWS
 * says to start small and that it takes at least fourteen days to earn some reputation, up to 50,000 a day
 * (docs.aws.amazon.com/ses/latest/dg/dedicated-ip-warming.html). It names no steps in between: these are the published ones of a
 * provider that follows SendGrid's practice (support.sitevibes.com, "Understanding Our IP Warming Process").
 */
export const warmUpSchedule: readonly number[] = [
  50, 100, 250, 500, 1_000, 2_500, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000,
];

/** Which day of the warm-up a local day is, counted from 1; before its beginning it is as if it began. Null when there is none, or no longer. */
export function warmUpDay(from: string | undefined, day: string): number | null {
  if (from === undefined) return null;
  const nth = Math.max(1, Math.round((Date.parse(day) - Date.parse(from)) / dayMs) + 1);
  return nth > warmUpSchedule.length ? null : nth;
}

/** How many marketing e-mails may go on that local day; null: as many as SES takes. */
export function warmUpLimit(from: string | undefined, day: string): number | null {
  const nth = warmUpDay(from, day);
  return nth === null ? null : (warmUpSchedule[nth - 1] ?? null);
}
