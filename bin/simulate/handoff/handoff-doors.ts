import { type EraseDeps, eraseLead, finishErasure } from '../../../functions/consent/erase-lead.ts';
import { erasureStore } from '../../../functions/consent/erasure.store.ts';
import { erasureVisitorStore } from '../../../functions/consent/erasure-visitor.store.ts';
import { type AnswerOutcome, type Asked, answerHandoff } from '../../../functions/handoff/answer-handoff.ts';
import { followActivity, followRequalified } from '../../../functions/handoff/follow-lead.ts';
import { freePlace } from '../../../functions/handoff/free-place.ts';
import { type HandOffDeps, handOffLead } from '../../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../../functions/handoff/handoff.store.ts';
import { moveHandoff } from '../../../functions/handoff/move-handoff.ts';
import { silencedIn } from '../../../functions/handoff/silenced.ts';
import type { Team } from '../../../functions/handoff/team.ts';
import {
  ActivityRecorded,
  ErasureDue,
  HandoffChanged,
  HandoffDue,
  LeadErased,
  LeadHandedOff,
  LeadQualified,
  LeadRequalified,
} from '../../../functions/leads/bus-event.ts';
import { changeStore } from '../../../functions/leads/change.store.ts';
import { leadStore } from '../../../functions/leads/lead.store.ts';
import { sweepDue } from '../../../functions/leads/sweep-due.ts';
import { on, onBusEvents } from '../../../functions/runtime/on-bus-event.ts';
import type { Process } from '../carrier.ts';
import type { Ground } from '../doors.ts';
import { pepper } from '../keys.ts';
import { timeZone } from '../models.ts';
import type { Door } from '../queue.ts';
import type { HandoffDesign } from './handoff-designs.ts';
import type { NoticeWitness } from './notice-witness.ts';

export interface SalesGround extends Ground {
  /** The team as the code of this process knows it. */
  team(process: Process): Team;
}

/** The doors of the hand-off room, and erasure, built as their own doors build them, on simulated ground. */
export function handoffDoorsOn(ground: SalesGround, witness: NoticeWitness, design: HandoffDesign) {
  const { world } = ground;

  const depsOf = (process: Process): HandOffDeps => {
    const table = ground.table(process);
    const right: HandOffDeps = {
      leads: leadStore(table, timeZone),
      handoffs: handoffStore(table, timeZone),
      silenced: silencedIn(table),
      team: ground.team(process),
      account: { timeZone, language: 'en' },
      now: ground.clock(process),
      pause: (attempt) => world.pause(world.chance.next() * Math.min(200, 20 * attempt)),
    };
    return design.deps?.(right, { table, publish: ground.publish(process) }) ?? right;
  };

  const handOff: Door = (process) => {
    const deps = depsOf(process);
    const dueDeps = design.due?.(deps) ?? deps;
    return onBusEvents(
      on(LeadQualified, (qualified) => handOffLead(qualified, deps)),
      on(HandoffDue, async (due) => {
        await design.beforeDue?.(due, ground.table(process));
        await moveHandoff(due.leadId, due.cycle, dueDeps);
      }),
      on(LeadRequalified, (requalified) => (design.requalified ?? followRequalified)(requalified, deps)),
      on(ActivityRecorded, (recorded) => followActivity(recorded, deps)),
      on(LeadErased, (erased) => freePlace(erased, deps)),
    );
  };

  const tell: Door = (process) => {
    const { changed, handedOff } = witness.from(process);
    return onBusEvents(on(HandoffChanged, changed), on(LeadHandedOff, handedOff));
  };

  const erasureDeps = (process: Process): EraseDeps => {
    const table = ground.table(process);
    return {
      erasures: erasureStore(table),
      visitors: erasureVisitorStore(table),
      pepper: async () => pepper,
      // Nothing sends mail here.
      claimedUntil: async () => 0,
      wait: (ms) => world.pause(ms),
      newMask: () => `mask-${world.step()}`,
      hasTime: () => world.chance.happens(0.9),
      now: ground.clock(process),
    };
  };

  const erasures: Door = (process) => {
    const deps = erasureDeps(process);
    return onBusEvents(on(ErasureDue, ({ leadId, look }) => finishErasure(leadId, look, deps)));
  };

  return {
    ...{ handOff, tellSales: tell, erasures },
    /** As every minute; until when nothing is due is for clocks that travel, and takes half of its reads. */
    sweep(process: Process) {
      const changes = { ...changeStore(ground.table(process)), nextDueAt: async () => null };
      return sweepDue({ changes, publish: ground.publish(process), now: ground.clock(process) });
    },
    /** Somebody of sales says something. Resolves when they are answered. */
    answer({ turn, ...asked }: Asked, process: Process): Promise<AnswerOutcome> {
      return answerHandoff({ ...asked, ...(design.linksAreBound !== false && { turn }) }, depsOf(process));
    },
    erase: (process: Process, leadId: string) => eraseLead(leadId, erasureDeps(process)),
  };
}
