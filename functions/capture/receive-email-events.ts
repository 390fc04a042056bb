import { ActivityCaptured } from '../leads/bus-event.ts';
import { log } from '../runtime/log.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';
import { emailActivityOf } from './email-event.ts';

/** Puts what SES told us on the product's bus. Ids follow from the events: the same batch twice is once. */
export async function receiveEmailEvents(events: readonly unknown[], publish: Publish): Promise<void> {
  const activities = events.flatMap((event) => {
    const result = emailActivityOf(event);
    if (result.outcome === 'activity') return [result.activity];
    log('email-event-ignored', { reason: result.reason });
    return [];
  });
  await publish(activities.map((activity) => toEvent(ActivityCaptured, activity)));
}
