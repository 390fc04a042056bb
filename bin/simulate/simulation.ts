import type { CapturedActivity } from '../../functions/leads/activity.ts';
import { ActivityCaptured, ScoreDue } from '../../functions/leads/bus-event.ts';
import { leadItem, leadOf } from '../../functions/leads/lead-item.ts';
import { key } from '../../functions/leads/table.ts';
import { type OutgoingEvent, toEvent } from '../../functions/runtime/publish.ts';
import { chance as chanceOf } from '../demo/chance.ts';
import { carrierOf, type Network, type Process, publishOf } from './carrier.ts';
import { type Chronicle, chronicle } from './chronicle.ts';
import { doorsOn, streamBody } from './doors.ts';
import { leadsTable } from './leads-table.ts';
import { type Queue, queueOf } from './queue.ts';
import { type Story, storyOf, type Theme } from './story.ts';
import { sweeperOf } from './sweeper.ts';
import { twinClient } from './twin/client.ts';
import { type Change, type TableTwin, tableTwin } from './twin/table.ts';
import { calm, stillness, type Weather, weatherOf } from './weather.ts';
import { type World, worldAt } from './world.ts';
import type { Design } from './wrong-designs.ts';

/** One history under way. */
export interface Simulation {
  readonly story: Story;
  readonly world: World;
  readonly table: TableTwin;
  readonly chronicle: Chronicle;
  /** Lets everything happen up to quiescence: arrivals, faults, then calm weather, dead letters put back, and all that is due. */
  run(): Promise<void>;
  /** Brings everything that ever arrived so many times more, in another order. */
  replay(times: number): Promise<void>;
  /** What is in a queue's dead letters although they were put back. */
  dead(): readonly string[];
}

export interface SimulationOptions {
  readonly seed: number;
  readonly history: number;
  readonly design: Design;
  readonly theme?: Theme;
  readonly trace: ((line: string) => void) | null;
}

const stormMs = 12 * 60_000;
const queueShape = { batchSize: 10, maxReceives: 5 };

export function simulation({ seed, history, design, trace, theme }: SimulationOptions): Simulation {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(history + 1, 0x85ebca6b));
  const story = storyOf(chance, theme);
  const stormy = theme === 'pauses' ? stillness : weatherOf(chance);
  const world = worldAt(story.startMs, chance, (logged) => network.trace(logged));
  let stormUntilMs = 0;
  const weather = (): Weather => (world.now() < stormUntilMs ? stormy : calm);
  const say = trace && ((line: string) => trace(`${world.step()} ${new Date(world.now()).toISOString()} ${line}`));
  const weatherOver = ({ name }: Process) => (theme === 'pauses' && !name.startsWith('score') ? calm : weather());
  const network: Network = {
    world,
    weather: weatherOver,
    duplicate: () => weather().duplicate,
    trace: say ?? (() => {}),
  };
  const seen = chronicle();
  const table = tableTwin(leadsTable, {
    now: world.now,
    lagMs: () => (chance.happens(weather().staleIndex) ? chance.next() * 10_000 : 0),
    onWritten,
  });

  const clocks = new Map<string, number>();
  const skewMs = (process: Process) => {
    const known = clocks.get(process.name) ?? (weather() === calm ? 0 : (chance.next() - 0.5) * 4_000);
    clocks.set(process.name, known);
    return known;
  };
  const doors = doorsOn(
    {
      world,
      table: (process) => ({
        name: 'leads',
        client: twinClient(
          table,
          carrierOf(process, network),
          process.name.startsWith('score') ? design.alter : undefined,
        ),
      }),
      publish: (process) => publishOf(process, network, deliver),
      clock: (process) => () => Math.floor(world.now() + skewMs(process)),
      mayPause: async () => {},
    },
    design,
  );
  // Some doors outlive the invisibility of their messages, and some messages that of their doors.
  const doorQueues = { ...queueShape, visibilityMs: chance.pick([90_000, 360_000]) };
  const open = (name: string, door: (typeof doors)['score']) => queueOf({ name, ...doorQueues }, network, door);
  const queues = {
    score: open('score', doors.score),
    settle: open('settle', doors.settle),
    handOff: open('hand-off', doors.handOff),
    suppress: open('suppress', doors.suppress),
    rescore: open('rescore', doors.rescore),
    stream: queueOf({ name: 'stream', ...doorQueues, maxReceives: 50 }, network, doors.tell),
  };

  /** The bus's rules: which event goes to which queue. */
  const routes: Readonly<Record<string, (detail: unknown) => readonly Queue[]>> = {
    ActivityCaptured: (detail) => (mayNotMail(detail) ? [queues.score, queues.suppress] : [queues.score]),
    ScoreDue: () => [queues.settle],
    LeadQualified: () => [queues.handOff],
    RescoreDue: () => [queues.rescore],
  };

  function deliver({ detailType, detail }: OutgoingEvent): void {
    seen.published(detailType, detail);
    const body = JSON.stringify({ 'detail-type': detailType, detail, source: 'ripen' });
    for (const queue of routes[detailType]?.(detail) ?? []) queue.send(body, chance.next() * 100);
  }

  function onWritten(changes: readonly Change[]): void {
    seen.written(changes, table);
    for (const change of changes) {
      const { before, after } = change;
      const isNews = after?.kind === 'outbox' ? !before : after?.kind === 'lead' && story.activation !== null;
      if (isNews) queues.stream.send(streamBody(change), chance.next() * 200);
      if (typeof after?.listSk === 'string') sweeper.listed(after);
    }
  }

  const sweeper = sweeperOf(world, table, () => {
    const process = { name: `sweep-${world.step()}`, isDead: false };
    doors.sweep(process).catch((error: unknown) => network.trace(`${process.name} → ${String(error)}`));
  });

  function arrive(activity: CapturedActivity): void {
    network.trace(`the bus gets ${activity.activityId} ${activity.type} of ${activity.occurredAt}`);
    deliver(toEvent(ActivityCaptured, activity));
  }

  /** A deployment: tried until it is through. */
  function activate(version: string, attempt = 1): void {
    const process = { name: `activate-${version}-${attempt}`, isDead: false };
    let isThrough = false;
    doors.activate(process, version).then(
      () => {
        isThrough = true;
      },
      (error: unknown) => network.trace(`${process.name} → ${String(error)}`),
    );
    world.after(120_000, () => {
      if (!isThrough) activate(version, attempt + 1);
    });
  }

  /** Puts the dead letters of every queue back. */
  const redrive = () => Object.values(queues).reduce((sum, queue) => sum + queue.redrive(), 0);

  /** Does something in the middle of the history; for some minutes after it the weather is bad, and then clears up. */
  function meanwhile(delayMs: number, task: () => void): void {
    world.after(delayMs, () => {
      stormUntilMs = world.now() + stormMs;
      task();
    });
  }

  async function settleDown(): Promise<void> {
    stormUntilMs = 0;
    for (let round = 0; round < 3; round++) {
      await world.run();
      if (redrive() === 0) return;
    }
    await world.run();
  }

  return {
    story,
    world,
    table,
    chronicle: seen,
    async run() {
      // The first deployment, before anybody is here.
      activate(story.model);
      await world.run();
      for (const { afterMs, activity } of story.arrivals) meanwhile(afterMs, () => arrive(activity));
      const { activation } = story;
      if (activation) meanwhile(activation.afterMs, () => activate(activation.model));
      meanwhile(story.redriveAfterMs, redrive);
      for (const afterMs of story.closings) meanwhile(afterMs, () => closeCycles(table, deliver));
      await world.run();
      await settleDown();
    },
    async replay(times) {
      for (let time = 0; time < times; time++)
        for (const { activity } of story.arrivals) world.after(chance.next() * 500, () => arrive(activity));
      await settleDown();
    },
    dead: () => Object.values(queues).flatMap((queue) => queue.dead()),
  };
}

function mayNotMail(detail: unknown): boolean {
  return /"type":"email\.(bounced|complained|unsubscribed)"/.test(JSON.stringify(detail));
}

/** Sales is done with everybody it has: the next crossing begins a new cycle, and nobody is hot for having asked any more. */
function closeCycles(table: TableTwin, deliver: (event: OutgoingEvent) => void): void {
  for (const item of table.all()) {
    if (item.kind !== 'lead') continue;
    const lead = leadOf(item);
    // Sales is done with whom it has got.
    if (!lead.qualification?.open || !table.get(key.handoff(lead.leadId, lead.qualification.cycle))) continue;
    const closed = { ...lead, qualification: { ...lead.qualification, open: false }, ver: lead.ver + 1 };
    table.write([
      { kind: 'put', key: { pk: String(item.pk), sk: 'A' }, item: leadItem(closed), given: { names: {}, values: {} } },
    ]);
    deliver(toEvent(ScoreDue, { leadId: lead.leadId }));
  }
}
