import { confirmationStore } from '../../../functions/consent/confirmation.store.ts';
import { type EraseDeps, eraseLead, finishErasure } from '../../../functions/consent/erase-lead.ts';
import { erasureStore } from '../../../functions/consent/erasure.store.ts';
import { erasureVisitorStore } from '../../../functions/consent/erasure-visitor.store.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { unsubscribe } from '../../../functions/consent/unsubscribe.ts';
import type { UnsubscribeLink } from '../../../functions/consent/unsubscribe-link.ts';
import {
  ActivityRecorded,
  ErasureDue,
  LeadSuppressed,
  MessageRequested,
  SendUnresolved,
  StepDue,
} from '../../../functions/leads/bus-event.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { endWalks } from '../../../functions/nurture/end-walks.ts';
import { enrollmentStore } from '../../../functions/nurture/enrollment.store.ts';
import { followActivity } from '../../../functions/nurture/follow-lead.ts';
import { frequencyStore } from '../../../functions/nurture/frequency.store.ts';
import { resolveSend } from '../../../functions/nurture/resolve-send.ts';
import { sendStore } from '../../../functions/nurture/send.store.ts';
import { fenceOf } from '../../../functions/nurture/send.ts';
import { sendRequested } from '../../../functions/nurture/send-message.ts';
import { type StepDeps, sendStep } from '../../../functions/nurture/send-step.ts';
import type { SendingGate } from '../../../functions/nurture/sending-gate.ts';
import { on, onBusEvents } from '../../../functions/runtime/on-bus-event.ts';
import type { Process } from '../carrier.ts';
import type { Ground } from '../doors.ts';
import { pepper } from '../keys.ts';
import { timeZone } from '../models.ts';
import type { Door } from '../queue.ts';
import type { MailDesign } from './mail-designs.ts';
import { account, assets, emails, planned, sequences } from './mail-playbook.ts';
import type { SesWitness } from './ses-witness.ts';

const baseUrl = 'https://ripen.example';
const version = 'v1';

/** The doors that send mail and that stop it, built as their own doors build them, on simulated ground. */
export function mailDoorsOn(ground: Ground, ses: SesWitness, design: MailDesign) {
  const { world } = ground;

  const stores = (process: Process) => {
    const table = ground.table(process);
    return {
      table,
      leads: leadStore(table, timeZone),
      enrollments: enrollmentStore(table, timeZone),
      sends: sendStore(table, timeZone),
      sequences: async () => sequences,
      now: ground.clock(process),
    };
  };

  const follow: Door = (process) => {
    const { table: _, ...own } = stores(process);
    const deps = { ...own, version, account, assets, planned, baseUrl, publish: ground.publish(process) };
    return onBusEvents(
      on(ActivityRecorded, (recorded) => followActivity(recorded, deps)),
      on(LeadSuppressed, ({ leadId }) => endWalks(leadId, deps)),
    );
  };

  const send: Door = (process) => {
    const { table, ...own } = stores(process);
    const right: StepDeps = {
      ...own,
      ...{ version, account, baseUrl },
      frequencies: frequencyStore(table),
      emails: async () => emails,
      // A process may stand still between its claim and its call: here, and nowhere else, nothing else would make it wait.
      links: async () => {
        await ground.mayPause(process);
        return {
          unsubscribeUrl: `${baseUrl}/u/token`,
          preferencesUrl: `${baseUrl}/preferences/token`,
          linkIdOf: (link) => `link-${link}`,
        };
      },
      gate: gate(),
      toMime: async () => new Uint8Array(),
      sendMail: ses.from(process),
      newToken: () => `token-${world.step()}-${world.chance.between(1000, 9999)}`,
    };
    const deps = design.send?.(right) ?? right;
    return onBusEvents(
      on(StepDue, (knock) => sendStep(knock, deps)),
      on(MessageRequested, (request) => sendRequested(request, deps)),
      on(SendUnresolved, (id) => (design.resolves === false ? Promise.resolve() : resolveSend(id, deps))),
    );
  };

  /** Now and then it says later; what it measures is tested where it is. */
  const gate = (): SendingGate => ({
    async admit() {
      if (world.chance.happens(0.95)) return { outcome: 'go' };
      return { outcome: 'later', at: world.now() + 60_000 * world.chance.next(), because: 'rate' };
    },
  });

  const erasureDeps = (process: Process): EraseDeps => {
    const { table, sends, now } = stores(process);
    return {
      erasures: erasureStore(table),
      visitors: erasureVisitorStore(table),
      pepper: async () => pepper,
      claimedUntil: async (leadId) => Math.max(0, ...(await sends.list(leadId)).map(fenceOf)),
      wait: (ms) => world.pause(ms),
      newMask: () => `mask-${world.step()}`,
      hasTime: () => world.chance.happens(0.9),
      now,
    };
  };

  const erasures: Door = (process) => {
    const deps = erasureDeps(process);
    return onBusEvents(on(ErasureDue, ({ leadId, look }) => finishErasure(leadId, look, deps)));
  };

  return {
    ...{ follow, send, erasures },
    /** The person presses the link. Resolves when they are told that it is done. */
    async unsubscribe(process: Process, link: UnsubscribeLink): Promise<void> {
      const { table, leads, enrollments, sends, now } = stores(process);
      await unsubscribe(link, 'page', {
        leads,
        suppressions: suppressionStore(table),
        confirmations: confirmationStore(table),
        endWalks: (leadId) => endWalks(leadId, { enrollments, now }),
        claimedUntil: async (leadId) =>
          design.fences === false ? 0 : Math.max(0, ...(await sends.list(leadId)).map(fenceOf)),
        wait: (ms) => world.pause(ms),
        now,
      });
    },
    /** Resolves when the operator is told that the person is forgotten; `null`: nobody was known. */
    erase: (process: Process, leadId: string) => eraseLead(leadId, erasureDeps(process)),
  };
}
