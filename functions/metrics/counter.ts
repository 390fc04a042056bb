import * as z from 'zod';

/** What a day is counted by. Metrics are made of these: a count is one of them, a rate divides two. */
export const Counter = z.enum([
  'visitors',
  'pageViews',
  'leadsNew',
  'leadsTotal',
  'leadsIql',
  'leadsMql',
  'leadsSql',
  'leadsTrial',
  'formsSubmitted',
  'submissionsWithoutConsent',
  'handoffs',
  'emailsSent',
  'emailsDelivered',
  'emailsOpened',
  'emailsOpenedRaw',
  'emailsClicked',
  'emailsClickedRaw',
  'clicksTotal',
  'clicksTotalRaw',
  'emailsBounced',
  'emailsHardBounced',
  'emailsComplained',
  'unsubscribes',
]);
export type Counter = z.infer<typeof Counter>;
