import { requestTimeoutMs } from '../../../functions/nurture/send.ts';
import type { SendMail } from '../../../functions/nurture/ses.ts';
import { die, type Network, type Process } from '../carrier.ts';

/** A message that SES took, and when. */
export interface Accepted {
  readonly leadId: string;
  readonly sequence: string;
  readonly run: string;
  readonly step: number;
  /** The claim's token: SES repeats it in its events. */
  readonly token: string;
  readonly messageId: string;
  readonly at: number;
}

/** SES as it is seen from outside: what it took, whatever anybody was told about it. */
export interface SesWitness {
  /** The way to it from one process, with this history's weather. */
  from(process: Process): SendMail;
  readonly accepted: readonly Accepted[];
}

export function sesWitness(network: Network, onAccepted: (accepted: Accepted) => void): SesWitness {
  const { world } = network;
  const accepted: Accepted[] = [];

  const from =
    (process: Process): SendMail =>
    async ({ tags }) => {
      const { crashBefore, crashAfter, throttled, slowCall, answerLost } = network.weather(process);
      const { chance } = world;
      await die(crashBefore, process, network, 'before SES');
      if (chance.happens(throttled)) return { outcome: 'not-sent', reason: 'Throttling' };
      const takesMs = chance.happens(slowCall * 3) ? 1_000 + chance.next() * 9_000 : 20 + chance.next() * 200;
      // A connection may break on the way there, or on the way back.
      const isLost = chance.happens(answerLost * 2);
      const reachesMs = takesMs * chance.next();
      const reaches = reachesMs <= requestTimeoutMs && !(isLost && chance.happens(0.3));
      const waitsMs = Math.min(takesMs, requestTimeoutMs);
      let messageId = '';
      if (reaches)
        world.after(reachesMs, () => {
          messageId = take(tags);
        });
      await world.pause(waitsMs);
      await die(crashAfter, process, network, 'after SES');
      if (process.isDead) return new Promise(() => {});
      if (!isLost && takesMs <= requestTimeoutMs && messageId !== '') return { outcome: 'accepted', messageId };
      network.trace(`${process.name} has no answer from SES`);
      return { outcome: 'unknown', reason: 'TimeoutError' };
    };

  function take({
    lead = '',
    sequence = '',
    run = '',
    step = '',
    send = '',
  }: Readonly<Record<string, string>>): string {
    const message = {
      ...{ leadId: lead, sequence, run, step: Number(step), token: send },
      messageId: `message-${accepted.length}`,
      at: world.now(),
    };
    accepted.push(message);
    network.trace(`SES takes ${message.messageId}: ${lead} ${sequence} ${run} ${step}`);
    onAccepted(message);
    return message.messageId;
  }

  return { from, accepted };
}
