import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { suppressLead } from '../../functions/consent/suppress-lead.ts';
import { suppressionStore } from '../../functions/consent/suppression.store.ts';
import { type HandOffDeps, handOffLead } from '../../functions/handoff/hand-off-lead.ts';
import { handoffStore } from '../../functions/handoff/handoff.store.ts';
import { Team } from '../../functions/handoff/team.ts';
import { activateModel } from '../../functions/leads/activate-model.ts';
import { activationStore } from '../../functions/leads/activation.store.ts';
import { activeModelOf } from '../../functions/leads/active-model.ts';
import { ActivityCaptured, LeadQualified, RescoreDue, ScoreDue } from '../../functions/leads/bus-event.ts';
import { changeStore } from '../../functions/leads/change.store.ts';
import { leadStore } from '../../functions/leads/lead.store.ts';
import { type PublishDeps, publishChanges } from '../../functions/leads/publish-changes.ts';
import { reviewStore } from '../../functions/leads/review.store.ts';
import { sweepDue } from '../../functions/leads/sweep-due.ts';
import { visitorStore } from '../../functions/leads/visitor.store.ts';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import { on, onBusEventGroups, onBusEvents } from '../../functions/runtime/on-bus-event.ts';
import type { Publish } from '../../functions/runtime/publish.ts';
import { holderStore } from '../../functions/scoring/holder.store.ts';
import { rescoreLeads } from '../../functions/scoring/rescore-leads.ts';
import { personFinder, scoreActivities } from '../../functions/scoring/score-activities.ts';
import { settleLead } from '../../functions/scoring/settle-lead.ts';
import type { Process } from './carrier.ts';
import { linkKeys, pepper } from './keys.ts';
import { modelsOn, timeZone } from './models.ts';
import type { Door } from './queue.ts';
import type { Change } from './twin/table.ts';
import type { World } from './world.ts';
import type { Design } from './wrong-designs.ts';

/** What a process of the product stands on: its own table client and publisher, both with this history's weather. */
export interface Ground {
  readonly world: World;
  table(process: Process): Table;
  publish(process: Process): Publish;
  /** A process's own clock: a little fast or slow. */
  clock(process: Process): () => number;
  /** Where a process may stand still although it calls nobody. */
  mayPause(process: Process): Promise<void>;
}

const reps = ['ana', 'bruno', 'carla'].map((id) => ({ id, name: id, email: `${id}@orchard.example` }));
const team = Team.parse({
  reps,
  manager: { id: 'marta', name: 'marta', email: 'marta@orchard.example' },
  rejectionReasons: [{ id: 'not-ready', label: { en: 'Not ready' } }],
  lossReasons: [{ id: 'price', label: { en: 'Price' } }],
  hotLead: { template: 'hot-lead', language: 'en' },
});

/** The product's doors, built as its own doors build them, on simulated ground. */
export function doorsOn(ground: Ground, design: Design) {
  const { world } = ground;
  const leadsOf = (table: Table) => leadStore(table, timeZone);

  const score: Door = (process) => {
    const table = ground.table(process);
    const right = {
      leads: leadsOf(table),
      visitors: visitorStore(table, timeZone),
      models: modelsOn(table),
      suppressions: suppressionStore(table),
      pepper: async () => pepper,
      linkKeys: async () => linkKeys,
      now: ground.clock(process),
    };
    const deps = design.deps?.(right, { table, publish: ground.publish(process) }) ?? right;
    const record = design.score?.(scoreActivities, table) ?? scoreActivities;
    return (event) =>
      onBusEventGroups(ActivityCaptured, personFinder(deps), (captured, person) => record(captured, person, deps))(
        event,
      );
  };

  const settle: Door = (process) => {
    const table = ground.table(process);
    const deps = { leads: leadsOf(table), models: modelsOn(table), now: ground.clock(process) };
    return onBusEvents(on(ScoreDue, ({ leadId }) => settleLead(leadId, deps)));
  };

  const handOff: Door = (process) => {
    const table = ground.table(process);
    const handoffs = handoffStore(table, timeZone);
    const deps: HandOffDeps = {
      leads: leadsOf(table),
      // Nobody is waited for: the clock of hand-offs is a theme of its own.
      handoffs: {
        ...handoffs,
        change: (write) => handoffs.change({ ...write, after: { ...write.after, dueAt: null } }),
      },
      team,
      account: { timeZone, language: 'en' },
      silenced: async () => [],
      now: ground.clock(process),
      pause: (attempt) => world.pause(world.chance.next() * Math.min(200, 20 * attempt)),
    };
    return onBusEvents(on(LeadQualified, (qualified) => handOffLead(qualified, deps)));
  };

  const suppress: Door = (process) => {
    const deps = { suppressions: suppressionStore(ground.table(process)), pepper: async () => pepper };
    return onBusEvents(on(ActivityCaptured, (activity) => suppressLead(activity, deps)));
  };

  const rescore: Door = (process) => {
    const table = ground.table(process);
    const deps = {
      leads: leadsOf(table),
      holders: holderStore(table),
      reviews: reviewStore(table),
      models: modelsOn(table),
      activations: activationStore(table),
      publish: ground.publish(process),
      now: ground.clock(process),
      hasTime: () => world.chance.happens(0.9),
    };
    return onBusEvents(on(RescoreDue, (due) => rescoreLeads(due, deps)));
  };

  /** What a process of the stream's door remembers from batch to batch, for as long as it lives. */
  let remembered: { readonly process: Process; readonly activeModel: PublishDeps['activeModel'] } | undefined;
  const instance = () => {
    if (!remembered || remembered.process.isDead || world.chance.happens(0.2)) {
      const process = { name: `stream-instance-${world.step()}`, isDead: false };
      const activations = activationStore(ground.table(process));
      const activeModel =
        design.knocks === false ? async () => null : activeModelOf(activations, ground.clock(process));
      remembered = { process, activeModel };
    }
    return remembered;
  };

  /** The stream hands on what transactions have written. A batch that fails comes again. */
  const tell: Door =
    (process) =>
    async ({ Records }) => {
      const changes = changeStore(ground.table(process));
      const now = ground.clock(process);
      const deps = { changes, publish: ground.publish(process), activeModel: instance().activeModel, now };
      await publishChanges(
        Records.flatMap(({ body }) => StreamBody.parse(JSON.parse(body))),
        deps,
      );
      return { batchItemFailures: [] };
    };

  const sweep = (process: Process) => {
    const changes = changeStore(ground.table(process));
    return sweepDue({ changes, publish: ground.publish(process), now: ground.clock(process) });
  };

  const activate = (process: Process, version: string) => {
    const activations = activationStore(ground.table(process));
    return activateModel(version, { activations, publish: ground.publish(process), now: ground.clock(process) });
  };

  return { score, settle, handOff, suppress, rescore, tell, sweep, activate };
}

type StreamRecord = DynamoDBStreamEvent['Records'][number];
const StreamBody = z.custom<StreamRecord>((value) => typeof value === 'object');

/** A change as the table's stream tells it. */
export function streamBody({ before, after }: Change): string {
  const dynamodb = {
    ...(before && { OldImage: marshall(before) }),
    ...(after && { NewImage: marshall(after) }),
  };
  // Bytes travel as base64 in a stream's JSON.
  return JSON.stringify({ dynamodb }, (_, value) =>
    value?.B instanceof Uint8Array ? { B: Buffer.from(value.B).toString('base64') } : value,
  );
}
