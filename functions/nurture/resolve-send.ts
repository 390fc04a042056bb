import { log } from '../runtime/log.ts';
import { conclude } from './conclude-send.ts';
import { finished, isUnresolved, mayResend, type Send, type SendId } from './send.ts';
import { claimAndSend, type SendDeps } from './send-message.ts';

/**
 * A claim whose outcome nobody knows has waited for evidence and got none. What must arrive is sent once more; everything else is
 * `unconfirmed`, counted and shown, and its walk goes on: at most once, and no silent loss (I-M2).
 */
export async function resolveSend(id: SendId, deps: SendDeps): Promise<void> {
  const send = await deps.sends.get(id);
  if (!send || !isUnresolved(send, deps.now())) return;
  if (mayResend(send) && !(await mustGiveUp(send, deps))) return;
  log('send-unconfirmed', { leadId: id.leadId, sequence: id.sequence, run: id.run, step: id.step });
  await conclude(send, finished(send, 'unconfirmed', deps.now(), { reason: send.reason ?? 'no-answer' }), deps);
}

/** Sends it once more. Only where its walk is over in the meantime must it be given up; for everything else somebody sees to it. */
async function mustGiveUp(send: Send, deps: SendDeps): Promise<boolean> {
  const { order } = send;
  if (!order) return true;
  // Its turn has not come: its due item asks again in five minutes.
  if ((await deps.gate.admit(order.purpose)).outcome === 'later') return false;
  const walk = order.purpose === 'marketing' ? await deps.enrollments.get(send.leadId, send.sequence) : null;
  const version = walk?.version ?? deps.version;
  const refusals = await claimAndSend({ before: send, order, version, frequency: null, again: true }, deps);
  return refusals.includes('enrollment') && !refusals.includes('record');
}
