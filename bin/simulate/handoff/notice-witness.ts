import type * as z from 'zod';
import { Handoff } from '../../../functions/handoff/handoff.ts';
import type { HandoffChanged, LeadHandedOff } from '../../../functions/leads/bus-event.ts';
import { die, type Network, type Process } from '../carrier.ts';

type Changed = z.output<typeof HandoffChanged.detail>;
type HandedOff = z.output<typeof LeadHandedOff.detail>;

/** A rep's mailbox and a CRM as they are seen from outside: what they took, whatever the sender was told about it. */
export interface NoticeWitness {
  /** The way to them from one process, with this history's weather. */
  from(process: Process): {
    changed(change: Changed): Promise<void>;
    handedOff(event: HandedOff): Promise<void>;
  };
  /** `<handoffId> <ver>` → what was told of that change; every teller must tell the same. */
  readonly heard: ReadonlyMap<string, { readonly what: string; readonly handoff: Handoff }>;
  /** Rep and instant of each hand-off's first assignment, by hand-off. */
  readonly handedOff: ReadonlyMap<string, string>;
  readonly broken: readonly string[];
}

/** `onNotice`: somebody is told that a lead is theirs, or that one waits, for the first time in this turn. */
export function noticeWitness(network: Network, onNotice: (handoff: Handoff) => void): NoticeWitness {
  const { world } = network;
  const heard = new Map<string, { what: string; handoff: Handoff }>();
  const handedOff = new Map<string, string>();
  const notices = new Set<string>();
  const broken: string[] = [];

  function hear({ leadId, cycle, what, ver, handoff: image }: Changed): void {
    const handoff = Handoff.parse(image);
    const name = `${leadId}.${cycle} ${ver}`;
    const before = heard.get(name);
    heard.set(name, { what, handoff });
    if (before && (before.what !== what || JSON.stringify(before.handoff) !== JSON.stringify(handoff)))
      broken.push(`I-H3: ${name} was told in two ways: ${before.what}, ${what}`);
    const notice = `${handoff.handoffId} ${handoff.turn}`;
    if ((what !== 'assigned' && what !== 'queued') || notices.has(notice)) return;
    notices.add(notice);
    network.trace(`${handoff.rep ?? 'somebody'} is told of ${handoff.handoffId}, turn ${handoff.turn}`);
    onNotice(handoff);
  }

  /** There and back: either way may fail, and its end may not know. */
  async function call(process: Process, effect: () => void): Promise<void> {
    const { crashBefore, crashAfter, throttled } = network.weather(process);
    await world.pause(20 + world.chance.next() * 200);
    await die(crashBefore, process, network, 'before telling');
    if (world.chance.happens(throttled)) throw new Error('the channel does not answer');
    effect();
    await die(crashAfter, process, network, 'after telling');
  }

  return {
    from: (process) => ({
      changed: (change) => call(process, () => hear(change)),
      handedOff: ({ leadId, cycle, rep, at }) =>
        call(process, () => {
          const name = `${leadId}.${cycle}`;
          const before = handedOff.get(name) ?? `${rep} at ${at}`;
          handedOff.set(name, `${rep} at ${at}`);
          if (before !== `${rep} at ${at}`)
            broken.push(`I-H1: ${name} was handed off to ${before} and to ${rep} at ${at}`);
        }),
    }),
    ...{ heard, handedOff, broken },
  };
}
