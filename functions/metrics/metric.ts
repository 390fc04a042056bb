import * as z from 'zod';
import type { Counter } from './counter.ts';

/** The two families every metric belongs to (M36). */
export const MetricFamily = z.enum(['conversion', 'revenue']);
export type MetricFamily = z.infer<typeof MetricFamily>;

/** `count`: how many. `percent`: numerator ÷ denominator × 100, so 2.5 reads "2.5 %". */
export const MetricUnit = z.enum(['count', 'percent']);
export type MetricUnit = z.infer<typeof MetricUnit>;

/**
 * What one figure means, as data: the snapshot computes it, the pages explain it, and adding one needs no change to a table (R6).
 * A count is its numerator alone; a percentage is numerator ÷ denominator × 100, both of the same day (the *period* version:
 * the lead that became an MQL today may have come last week, so the figure may pass 100).
 */
export interface MetricDefinition {
  readonly title: string;
  readonly family: MetricFamily;
  readonly unit: MetricUnit;
  /** How it is counted, in words a manager can repeat. */
  readonly formula: string;
  readonly numerator: Counter;
  readonly denominator: Counter | null;
  /** Which way is good news; `none` for what is neither. */
  readonly direction: 'up' | 'down' | 'none';
  /** The row of the requirements catalogue it answers. */
  readonly requirement: string;
}

/** A count is the counter of its own name. */
function count(
  counter: Counter,
  title: string,
  requirement: string,
  direction: MetricDefinition['direction'],
  formula: string,
): MetricDefinition {
  const family: MetricFamily = 'conversion';
  return { title, family, unit: 'count', formula, numerator: counter, denominator: null, direction, requirement };
}

function percent(
  numerator: Counter,
  denominator: Counter,
  title: string,
  requirement: string,
  direction: MetricDefinition['direction'],
  formula: string,
): MetricDefinition {
  return { title, family: 'conversion', unit: 'percent', formula, numerator, denominator, direction, requirement };
}

/** Every metric there is, by its id. Ids are stable: reports and scripts name them. */
export const metricDefinitions = {
  visitors: count('visitors', 'Visitors', 'M3', 'up', 'distinct people or browsers with a page view'),
  pageViews: count('pageViews', 'Page views', 'M3', 'up', 'pages viewed'),
  leadsNew: count(
    'leadsNew',
    'New leads',
    'M1',
    'up',
    'people who became a lead: registered, and accepting interaction',
  ),
  leadsTotal: count('leadsTotal', 'Leads to date', 'M1', 'up', 'new leads of this day and of every day before'),
  leadsIql: count(
    'leadsIql',
    'Information-qualified leads',
    'M2',
    'up',
    'leads who first asked for a top-of-funnel magnet',
  ),
  leadsMql: count(
    'leadsMql',
    'Marketing-qualified leads',
    'M2',
    'up',
    'leads who by now filled in a solution form and saw the pricing page',
  ),
  leadsSql: count('leadsSql', 'Sales-qualified leads', 'M2', 'up', 'leads who asked for sales or passed the threshold'),
  leadsTrial: count('leadsTrial', 'Trial users', 'M2', 'up', 'leads who started the free trial'),
  optInRate: percent('leadsNew', 'visitors', 'Opt-in rate', 'M7', 'up', 'new leads ÷ visitors × 100, same day'),
  leadToMqlRate: percent(
    'leadsMql',
    'leadsNew',
    'Lead to MQL, period',
    'M5',
    'up',
    'new MQLs ÷ new leads × 100, both of this day (period version, not a cohort)',
  ),
  leadToSqlRate: percent(
    'leadsSql',
    'leadsNew',
    'Lead to SQL, period',
    'M6',
    'up',
    'new SQLs ÷ new leads × 100, both of this day (period version, not a cohort)',
  ),
  formsSubmitted: count(
    'formsSubmitted',
    'Forms submitted',
    'M1',
    'up',
    'accepted submissions, resubmissions included',
  ),
  submissionsWithoutConsent: count(
    'submissionsWithoutConsent',
    'Submissions without consent',
    'M1',
    'none',
    'submissions that permit neither marketing nor sales contact: stored, not counted as leads, never mailed',
  ),
  handoffs: count('handoffs', 'Hand-offs', 'M2', 'up', 'leads given to a rep'),
  emailsSent: count('emailsSent', 'E-mails sent', 'N11', 'none', 'messages accepted by the mail provider'),
  emailsDelivered: count('emailsDelivered', 'E-mails delivered', 'N11', 'up', 'messages the recipient’s server took'),
  emailsOpened: count('emailsOpened', 'E-mails opened', 'N11', 'up', 'distinct messages opened by a person'),
  emailsOpenedRaw: count(
    'emailsOpenedRaw',
    'E-mails opened, raw',
    'N11',
    'none',
    'distinct messages opened, machines included',
  ),
  emailsClicked: count('emailsClicked', 'E-mails clicked', 'N11', 'up', 'distinct messages with a click by a person'),
  emailsClickedRaw: count(
    'emailsClickedRaw',
    'E-mails clicked, raw',
    'N11',
    'none',
    'distinct messages with a click, machines included',
  ),
  clicksTotal: count('clicksTotal', 'Clicks', 'N11', 'up', 'every click by a person'),
  clicksTotalRaw: count('clicksTotalRaw', 'Clicks, raw', 'N11', 'none', 'every click, machines included'),
  openRate: percent(
    'emailsOpened',
    'emailsDelivered',
    'Open rate',
    'N11',
    'up',
    'messages opened by a person ÷ messages delivered × 100, same day',
  ),
  openRateRaw: percent(
    'emailsOpenedRaw',
    'emailsDelivered',
    'Open rate, raw',
    'N11',
    'none',
    'messages opened, machines included ÷ messages delivered × 100, same day',
  ),
  clickRate: percent(
    'emailsClicked',
    'emailsDelivered',
    'Click rate',
    'N11',
    'up',
    'messages clicked by a person ÷ messages delivered × 100, same day',
  ),
  clickRateRaw: percent(
    'emailsClickedRaw',
    'emailsDelivered',
    'Click rate, raw',
    'N11',
    'none',
    'messages clicked, machines included ÷ messages delivered × 100, same day',
  ),
  emailsBounced: count('emailsBounced', 'E-mails bounced', 'N11', 'down', 'messages returned, for good or for now'),
  emailsHardBounced: count(
    'emailsHardBounced',
    'E-mails bounced for good',
    'N11',
    'down',
    'messages returned because there is no such mailbox',
  ),
  emailsComplained: count('emailsComplained', 'Complaints', 'N11', 'down', 'messages marked as spam'),
  unsubscribes: count('unsubscribes', 'Unsubscribes', 'N11', 'down', 'people who left the list'),
} as const satisfies Record<string, MetricDefinition>;

export type MetricId = keyof typeof metricDefinitions;

/** A metric's id, as the playbook and the API write it. */
export const MetricId = z.string().refine(isMetricId, 'no metric has this id: the ids are listed in docs/metrics.md');

export const metricIds = Object.keys(metricDefinitions).filter(isMetricId);

/** `playbook/metrics.yaml`: which figures marketing looks at first. */
export const MetricSettings = z.strictObject({
  /** On the home page, in this order. */
  home: z.array(MetricId).min(1).max(12),
  /** The chart of the metrics page. */
  chart: z.array(MetricId).min(1).max(4),
});
export type MetricSettings = z.infer<typeof MetricSettings>;

function isMetricId(id: string): id is MetricId {
  return Object.hasOwn(metricDefinitions, id);
}
