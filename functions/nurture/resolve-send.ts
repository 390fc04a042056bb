import { log } from '../runtime/log.ts';
import { conclude } from './conclude-send.ts';
import { finished, isUnresolved, mayResend, type SendId } from './send.ts';
import { claimAndSend, type SendDeps } from './send-message.ts';

/**
 * A claim whose outcome nobody knows has waited for evidence and got none. What must arrive is sent once more; everything else is
 * `unconfirmed`, counted and shown, and its walk goes on: at most once, and no silent loss (I-M2).
 */
export async function resolveSend(id: SendId, deps: SendDeps): Promise<void> {
  const send = await deps.sends.get(id);
  if (!send || !isUnresolved(send, deps.now())) return;
  if (send.order && mayResend(send)) return claimAndSend(send, send.order, deps.version, deps, true);
  log('send-unconfirmed', { leadId: id.leadId, sequence: id.sequence, run: id.run, step: id.step });
  await conclude(send, finished(send, 'unconfirmed', deps.now(), { reason: send.reason ?? 'no-answer' }), deps);
}
