import type { Sending } from '../leads/account.ts';
import { localDay } from '../leads/calendar.ts';
import type { ReputationStore } from './reputation.store.ts';
import { type Reputation, reputationDays, reputationOf } from './reputation.ts';
import type { Baseline } from './sending-switch.ts';

const dayMs = 24 * 60 * 60_000;

export interface ReputationDeps {
  readonly reputation: ReputationStore;
  readonly account: { readonly timeZone: string; readonly sending: Sending };
  readonly now: () => number;
}

/** How our mail has been received over the last seven local days, as far as it is counted: that is done every minute. */
export async function readReputation(
  baseline: Baseline | null,
  { reputation, account, now }: ReputationDeps,
): Promise<Reputation> {
  const { pauseAtBounceRate: bounceRate, pauseAtComplaintRate: complaintRate } = account.sending;
  const today = Date.parse(todayIn(account.timeZone, now()));
  const days = Array.from({ length: reputationDays }, (_, back) => isoDay(today - back * dayMs));
  return reputationOf(await reputation.days(days), baseline, { bounceRate, complaintRate });
}

/** What is known of today by now, to be forgiven from here on. */
export async function baselineOf({ reputation, account, now }: ReputationDeps): Promise<Baseline | null> {
  const [today] = await reputation.days([todayIn(account.timeZone, now())]);
  return today ?? null;
}

export function todayIn(timeZone: string, now: number): string {
  return localDay(new Date(now).toISOString(), timeZone);
}

/** Days have no zone of their own: counted back in UTC, where each has 24 hours. */
function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 'yyyy-mm-dd'.length);
}
