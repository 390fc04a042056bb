import type { CapturedActivity } from '../leads/activity.ts';
import { ActivityCaptured } from '../leads/bus-event.ts';
import { log } from '../runtime/log.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';
import { emailActivityOf } from './email-event.ts';

/**
 * Puts what SES told us on the product's bus. Ids follow from the events: the same batch twice is once, and so is an event that
 * came both ways. When both copies are in one batch, one of them is enough.
 */
export async function receiveEmailEvents(
  events: readonly unknown[],
  { publish, now }: { readonly publish: Publish; readonly now: () => number },
): Promise<void> {
  const activities = events.flatMap((event) => {
    const result = emailActivityOf(event);
    if (result.outcome === 'activity') return [notInTheFuture(result.activity, now())];
    log('email-event-ignored', { reason: result.reason });
    return [];
  });
  const once = new Map(activities.map((activity) => [activity.activityId, activity]));
  await publish([...once.values()].map((activity) => toEvent(ActivityCaptured, activity)));
}

/** SES's clock may be a little ahead of ours. What is far ahead is wrong, and would count for more than its points until then. */
function notInTheFuture(activity: CapturedActivity, nowMs: number): CapturedActivity {
  const isAhead = Date.parse(activity.occurredAt) > nowMs + 60 * 60_000;
  return isAhead ? { ...activity, occurredAt: new Date(nowMs).toISOString() } : activity;
}
