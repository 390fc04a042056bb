import type { Counter } from './counter.ts';
import { type ActivityRow, type DayRow, isOfSequence, type MilestoneRow, type SequenceRow } from './day-row.ts';

/** How often each counter counted; a counter that never did is left out. */
export type Counts = Readonly<Partial<Record<Counter, number>>>;

/** The counts of one campaign, source or rep. */
export interface GroupCounts {
  readonly key: string;
  readonly counts: Counts;
}

/** A local day, counted. */
export interface DayCounts {
  readonly total: Counts;
  readonly byCampaign: readonly GroupCounts[];
  readonly bySource: readonly GroupCounts[];
  readonly byRep: readonly GroupCounts[];
  /** When the last row counted here was recorded; `null` on an empty day. */
  readonly watermark: string | null;
}

/** Campaigns come from the public's links: what is beyond this many, the smallest, is counted together as `(other)`. */
export const shownGroups = 100;

/**
 * Counts the rows of one day. Everything is counted by distinct id, so that neither a row that comes twice nor the order of the
 * rows changes a figure (T5, I-D1). Rows may be given page by page with `tallyDay`; this is the same for rows in hand.
 */
export function foldDay(rows: Iterable<DayRow>): DayCounts {
  const tally = tallyDay();
  for (const row of rows) tally.add(row);
  return tally.counts();
}

export interface DayTally {
  add(row: DayRow): void;
  counts(): DayCounts;
}

type Ids = Map<Counter, Set<string>>;

export function tallyDay(): DayTally {
  const total: Ids = new Map();
  const campaigns = new Map<string, Ids>();
  const sources = new Map<string, Ids>();
  const reps = new Map<string, Ids>();
  let watermark: string | null = null;
  return {
    add(row) {
      if (isOfSequence(row)) return;
      if (watermark === null || row.recordedAt > watermark) watermark = row.recordedAt;
      const groups = [
        group(campaigns, row.origin?.campaign ?? 'unknown'),
        group(sources, row.origin?.source ?? row.origin?.channel ?? 'unknown'),
        ...(row.kind === 'handoff' && row.rep ? [group(reps, row.rep)] : []),
      ];
      for (const [counter, id] of factsOf(row)) for (const ids of [total, ...groups]) note(ids, counter, id);
    },
    counts: () => ({
      total: countsOf(total),
      byCampaign: largest(campaigns),
      bySource: largest(sources),
      byRep: largest(reps),
      watermark,
    }),
  };
}

/** A counter, and the id that counts there once. */
type Fact = readonly [Counter, string];

/** What one row adds to the day. */
function factsOf(row: Exclude<DayRow, SequenceRow>): readonly Fact[] {
  switch (row.kind) {
    case 'activity':
      return activityFacts(row);
    case 'milestone':
      return milestoneFacts(row);
    case 'handoff':
      return [['handoffs', row.handoffId]];
  }
}

function activityFacts(row: ActivityRow): readonly Fact[] {
  const { type, activityId, properties, verdict } = row;
  const message = typeof properties.messageId === 'string' ? properties.messageId : activityId;
  const human = verdict?.by === 'human';
  switch (type) {
    case 'page.viewed':
      // The browser first: it stays the same visitor when it turns out, later that day, which lead it belongs to.
      return [
        ['visitors', row.anonymousId ?? row.leadId ?? activityId],
        ['pageViews', activityId],
      ];
    case 'form.submitted':
      return permitsNothing(row)
        ? [
            ['formsSubmitted', activityId],
            ['submissionsWithoutConsent', activityId],
          ]
        : [['formsSubmitted', activityId]];
    case 'email.sent':
      return [['emailsSent', message]];
    case 'email.delivered':
      return [['emailsDelivered', message]];
    case 'email.opened':
      return human
        ? [
            ['emailsOpened', message],
            ['emailsOpenedRaw', message],
          ]
        : [['emailsOpenedRaw', message]];
    case 'email.clicked': {
      const raw: readonly Fact[] = [
        ['emailsClickedRaw', message],
        ['clicksTotalRaw', activityId],
      ];
      return human ? [...raw, ['emailsClicked', message], ['clicksTotal', activityId]] : raw;
    }
    case 'email.bounced':
      return properties.bounceType === 'Permanent'
        ? [
            ['emailsBounced', message],
            ['emailsHardBounced', message],
          ]
        : [['emailsBounced', message]];
    case 'email.complained':
      return [['emailsComplained', message]];
    case 'email.unsubscribed':
      return [['unsubscribes', row.leadId ?? row.anonymousId ?? activityId]];
    default:
      return [];
  }
}

function permitsNothing({ properties: { permits } }: ActivityRow): boolean {
  return Array.isArray(permits) && permits.length === 0;
}

function milestoneFacts({ milestone, leadId, counted }: MilestoneRow): readonly Fact[] {
  if (!counted) return [];
  switch (milestone) {
    case 'lead':
      return [['leadsNew', leadId]];
    case 'iql':
      return [['leadsIql', leadId]];
    case 'mql':
      return [['leadsMql', leadId]];
    case 'sql':
      return [['leadsSql', leadId]];
    case 'trial':
      return [['leadsTrial', leadId]];
    // Handing off is counted, and what a rep makes of it with the reps' figures.
    case 'opportunity':
      return [];
    case 'customer':
      // Counted when deals are: a customer without a deal's money would make half a metric.
      return [];
  }
}

function group(groups: Map<string, Ids>, key: string): Ids {
  const ids: Ids = groups.get(key) ?? new Map();
  groups.set(key, ids);
  return ids;
}

function note(ids: Ids, counter: Counter, id: string): void {
  const known = ids.get(counter);
  if (known) known.add(id);
  else ids.set(counter, new Set([id]));
}

function countsOf(ids: Ids): Counts {
  return Object.fromEntries([...ids].map(([counter, { size }]) => [counter, size] as const).sort());
}

/** Groups that counted anything, the largest first; the smallest beyond `shownGroups` as one. */
function largest(groups: ReadonlyMap<string, Ids>): readonly GroupCounts[] {
  const ranked = [...groups]
    .map(([key, ids]) => ({ key, ids, size: [...ids.values()].reduce((sum, { size }) => sum + size, 0) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  const shown = ranked.slice(0, shownGroups).map(({ key, ids }) => ({ key, counts: countsOf(ids) }));
  const rest: Ids = new Map();
  for (const { ids } of ranked.slice(shownGroups))
    for (const [counter, members] of ids) for (const id of members) note(rest, counter, id);
  return rest.size === 0 ? shown : [...shown, { key: '(other)', counts: countsOf(rest) }];
}
