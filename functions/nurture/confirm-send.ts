import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { type ConcludeDeps, conclude } from './conclude-send.ts';
import { finished } from './send.ts';

/** What an `email.sent` activity says about the send it belongs to. */
const Evidence = z.object({
  sequence: z.string(),
  run: z.string(),
  step: z.coerce.number().int(),
  send: z.string(),
  messageId: z.string(),
});

/** SES reports that it accepted a message: proof for a claim that never heard back, or for one already given up. */
export async function confirmSend(leadId: string, activity: Activity, deps: ConcludeDeps): Promise<void> {
  const evidence = Evidence.safeParse(activity.properties);
  // Not one of ours: mail that somebody sent through the same account.
  if (!evidence.success) return;
  const { send: token, messageId, ...id } = evidence.data;
  const send = await deps.sends.get({ leadId, ...id });
  // Also while it waits to be tried once more: then it need not be.
  if (send?.token !== token || !['claimed', 'unconfirmed', 'retry'].includes(send.status)) return;
  await conclude(send, finished(send, 'sent', deps.now(), { messageId }), deps);
}
