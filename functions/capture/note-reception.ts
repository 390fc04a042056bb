import type * as z from 'zod';
import type { CapturedActivity } from '../leads/activity.ts';
import type { SubmissionRejected } from '../leads/bus-event.ts';
import type { ReceptionStore } from './reception.store.ts';

/** Notes a submission that a page sent. Imported rows say nothing about whether a page works. */
export async function noteReceived(activity: CapturedActivity, receptions: ReceptionStore): Promise<void> {
  const { form, droppedFields } = activity.properties;
  if (activity.type !== 'form.submitted' || activity.source !== 'form' || typeof form !== 'string') return;
  await receptions.received(form, {
    at: activity.occurredAt,
    activityId: activity.activityId,
    droppedFields: typeof droppedFields === 'number' ? droppedFields : 0,
  });
}

/** Notes a submission that was refused, and why. */
export async function noteRejected(
  { formId, ...rejected }: z.output<typeof SubmissionRejected.detail>,
  receptions: ReceptionStore,
): Promise<void> {
  await receptions.rejected(formId, rejected);
}
