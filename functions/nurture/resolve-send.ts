import { log } from '../runtime/log.ts';
import { conclude } from './conclude-send.ts';
import { again, finished, isUnresolved, mayResend, type SendId } from './send.ts';
import type { SendDeps } from './send-message.ts';

/**
 * A claim whose outcome nobody knows has waited for evidence and got none. What must arrive is tried once more, by the way that every
 * message goes; everything else is `unconfirmed`, counted and shown, and its walk goes on: at most once, and no silent loss (I-M2).
 */
export async function resolveSend(
  id: SendId,
  deps: Pick<SendDeps, 'sends' | 'enrollments' | 'sequences' | 'now'>,
): Promise<void> {
  const send = await deps.sends.get(id);
  const now = deps.now();
  if (!send || !isUnresolved(send, now)) return;
  if (mayResend(send, now)) return conclude(send, again(send, now), deps);
  log('send-unconfirmed', { leadId: id.leadId, sequence: id.sequence, run: id.run, step: id.step });
  await conclude(send, finished(send, 'unconfirmed', now, { reason: send.reason ?? 'no-answer' }), deps);
}
