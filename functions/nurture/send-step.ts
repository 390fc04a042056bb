import type * as z from 'zod';
import type { StepDue } from '../leads/bus-event.ts';
import { log } from '../runtime/log.ts';
import { conclude } from './conclude-send.ts';
import { isAt } from './enrollment.ts';
import { finished, type Order } from './send.ts';
import { type SendDeps, sendMessage } from './send-message.ts';

/**
 * A walk's step is due: sends its e-mail. The event is only the knock; everything is read again here, so that an early, late or
 * repeated knock does no harm.
 */
export async function sendStep(knock: z.output<typeof StepDue.detail>, deps: SendDeps): Promise<void> {
  const { leadId, sequence: sequenceId, run, step } = knock;
  const enrollment = await deps.enrollments.get(leadId, sequenceId);
  if (!enrollment || !isAt(enrollment, knock)) return cancelRetry(knock, deps);
  // Moved to later since: its due item knocks again then.
  if (enrollment.dueAt !== null && Date.parse(enrollment.dueAt) > deps.now()) return;

  const sequence = (await deps.sequences(enrollment.version)).find(({ id }) => id === sequenceId);
  const action = sequence?.steps[step - 1];
  if (action?.kind !== 'email')
    throw new Error(`playbook ${enrollment.version} has no e-mail at step ${step} of ${sequenceId}`);
  const order: Order = {
    ...{ leadId, sequence: sequenceId, run, step },
    template: action.template,
    language: enrollment.language,
    to: { kind: 'lead' },
    data: {},
    policy: 'atMostOnce',
    purpose: 'marketing',
  };
  await sendMessage(order, enrollment.version, deps);
}

/** The walk is over or further on: what still waited to be tried again is called off, so that nothing stays undecided (I-M2). */
async function cancelRetry(knock: z.output<typeof StepDue.detail>, deps: SendDeps): Promise<void> {
  const send = await deps.sends.get(knock);
  if (send?.status !== 'retry') return;
  await conclude(send, finished(send, 'cancelled', deps.now(), { reason: 'walk-over' }), deps);
  log('send-cancelled', { leadId: knock.leadId, sequence: knock.sequence, step: knock.step });
}
