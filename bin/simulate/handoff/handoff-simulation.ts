import type { AnswerOutcome, Asked } from '../../../functions/handoff/answer-handoff.ts';
import { ActivityCaptured } from '../../../functions/leads/bus-event.ts';
import { colleagueId } from '../../../functions/leads/colleague-id.ts';
import { key } from '../../../functions/leads/table.ts';
import { type OutgoingEvent, toEvent } from '../../../functions/runtime/publish.ts';
import { chance as chanceOf } from '../../demo/chance.ts';
import { carrierOf, longPause, type Network, type Process, publishOf } from '../carrier.ts';
import { doorsOn, streamBody } from '../doors.ts';
import { leadsTable } from '../leads-table.ts';
import { type Door, type Queue, queueOf } from '../queue.ts';
import { sweeperOf } from '../sweeper.ts';
import { type Carrier, twinClient } from '../twin/client.ts';
import { type Change, type TableTwin, tableTwin } from '../twin/table.ts';
import { calm, type Weather, weatherOf } from '../weather.ts';
import { type World, worldAt } from '../world.ts';
import { rightDesign } from '../wrong-designs.ts';
import type { HandoffDesign } from './handoff-designs.ts';
import { handoffDoorsOn } from './handoff-doors.ts';
import { type Deed, type HandoffStory, handoffStoryOf } from './handoff-story.ts';
import { insistence } from './insistence.ts';
import { type NoticeWitness, noticeWitness } from './notice-witness.ts';
import { rollout } from './rollout.ts';
import { type SalesChronicle, salesChronicle } from './sales-chronicle.ts';
import { type Said, salesDesk } from './sales-desk.ts';
import { whoWaits } from './waiting.ts';

/** One history of hand-offs under way. */
export interface HandoffSimulation {
  readonly story: HandoffStory;
  readonly world: World;
  readonly table: TableTwin;
  readonly chronicle: SalesChronicle;
  readonly witness: NoticeWitness;
  /** What sales said, and was answered. */
  readonly said: readonly Said[];
  /** Whose qualifications were told, as `<leadId>.<cycle>`. */
  readonly qualified: ReadonlySet<string>;
  readonly broken: readonly string[];
  run(): Promise<void>;
  /** Brings everything that came from outside so many times more, and what the rooms told each other once. */
  replay(times: number): Promise<void>;
  dead(): readonly string[];
}

export interface HandoffSimulationOptions {
  readonly seed: number;
  readonly history: number;
  readonly design: HandoffDesign;
  readonly trace: ((line: string) => void) | null;
}

const minuteMs = 60_000;
const stormMs = 12 * minuteMs;
/** What began in a storm may go on so long after it: a process that stood still, and a message that was invisible meanwhile. */
const aftermathMs = 20 * minuteMs;
/** Scores that cool in months are another theme. */
const horizonMs = 4 * 24 * 60 * minuteMs;
const model = 'rich';

export function handoffSimulation({ seed, history, design, trace }: HandoffSimulationOptions): HandoffSimulation {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(history + 1, 0x85ebca6b));
  const story = handoffStoryOf(chance);
  const { startMs, first } = story.team;
  const stormy = weatherOf(chance);
  const world = worldAt(startMs, chance, (logged) => network.trace(logged));
  let stormUntilMs = 0;
  const weather = (): Weather => (world.now() < stormUntilMs ? stormy : calm);
  const say = trace && ((line: string) => trace(`${world.step()} ${new Date(world.now()).toISOString()} ${line}`));
  const network: Network = { world, weather, duplicate: () => weather().duplicate, trace: say ?? (() => {}) };
  const broken: string[] = [];
  const said: Said[] = [];
  const told: OutgoingEvent[] = [];
  const heard: OutgoingEvent[] = [];
  const qualified = new Set<string>();
  const silenced = new Map<string, number>();

  const code = rollout(world, story);

  let writer: Process | null = null;
  const chronicle = salesChronicle({
    teams: () => (writer ? [code.teamOf(writer)] : []),
    now: world.now,
    calmSince: () => stormUntilMs + aftermathMs,
    silencedSince: (rep) => silenced.get(rep),
  });
  const table = tableTwin(leadsTable, {
    now: world.now,
    lagMs: () => (chance.happens(weather().staleIndex) ? chance.next() * 10_000 : 0),
    onWritten,
  });
  const clocks = new Map<string, number>();
  const skewMs = ({ name }: Process) => {
    const known = clocks.get(name) ?? (weather() === calm ? 0 : (chance.next() - 0.5) * 3_500);
    clocks.set(name, known);
    return known;
  };
  /** As the process's own way to the table; the chronicle learns who it was. */
  const signed = (process: Process): Carrier => {
    const carry = carrierOf(process, network);
    return (request) =>
      carry({
        ...request,
        arrive() {
          writer = process;
          try {
            return request.arrive();
          } finally {
            writer = null;
          }
        },
      });
  };
  const ground = {
    world,
    team: code.teamOf,
    table: (process: Process) => ({
      name: 'leads',
      client: twinClient(table, signed(process), /^(hand-off|answer)/.test(process.name) ? design.alter : undefined),
    }),
    publish: (process: Process) => publishOf(process, network, deliver),
    clock: (process: Process) => () => Math.floor(world.now() + skewMs(process)),
    async mayPause(process: Process) {
      if (chance.happens(weather().longPause)) await longPause(process, network);
    },
  };

  const insists = insistence(network);
  const desk = salesDesk({
    ...{ world, press },
    temper: story.temper,
    reps: first.reps.map(({ id }) => id),
    manager: first.manager.id,
  });
  const witness = noticeWitness(network, desk);
  const doors = { ...doorsOn(ground, rightDesign), ...handoffDoorsOn(ground, witness, design) };
  const shape = { batchSize: 10, maxReceives: 5, visibilityMs: chance.pick([90_000, 360_000]) };
  const open = (name: string, door: Door, maxReceives = 5) => queueOf({ ...shape, name, maxReceives }, network, door);
  const queues = {
    score: open('score', doors.score),
    settle: open('settle', doors.settle),
    suppress: open('suppress', doors.suppress),
    handOff: open('hand-off', doors.handOff),
    tellSales: open('tell-sales', doors.tellSales),
    erasures: open('erasures', doors.erasures),
    stream: open('stream', doors.tell, 50),
  };

  /** The bus's rules: which event goes to which queue. */
  const routes: Readonly<Record<string, (detail: string) => readonly Queue[]>> = {
    ActivityCaptured: (detail) =>
      /"type":"email\.(complained|unsubscribed)"/.test(detail) ? [queues.score, queues.suppress] : [queues.score],
    ActivityRecorded: (detail) =>
      /"type":"(deal\.(won|lost)|appointment\.(cancelled|moved))"/.test(detail) && !/"source":"handoff"/.test(detail)
        ? [queues.handOff]
        : [],
    ScoreDue: () => [queues.settle],
    ErasureDue: () => [queues.erasures],
    ...Object.fromEntries(handOffEvents.map((type) => [type, () => [queues.handOff]])),
    ...Object.fromEntries(['HandoffChanged', 'LeadHandedOff'].map((type) => [type, () => [queues.tellSales]])),
  };

  function deliver({ detailType, detail }: OutgoingEvent): void {
    const body = JSON.stringify({ 'detail-type': detailType, detail, source: 'ripen' });
    if (detailType === 'LeadQualified') qualified.add(`${Object(detail).leadId}.${Object(detail).cycle}`);
    if (replayed.has(detailType)) heard.push({ detailType, detail });
    for (const queue of routes[detailType]?.(body) ?? []) queue.send(body, chance.next() * 100);
  }

  /** From outside, and kept to come again. */
  function tell(event: OutgoingEvent): void {
    told.push(event);
    deliver(event);
  }

  function onWritten(changes: readonly Change[]): void {
    chronicle.written(changes, table);
    for (const change of changes) {
      const { before, after } = change;
      if (!before && (after?.kind === 'outbox' || after?.kind === 'activity'))
        queues.stream.send(streamBody(change), chance.next() * 200);
      if (typeof after?.listSk === 'string') sweeper.listed(after);
    }
  }

  const sweeper = sweeperOf(
    world,
    table,
    () => {
      const process = { name: `sweep-${world.step()}`, isDead: false };
      doors.sweep(process).catch((error: unknown) => network.trace(`${process.name} → ${String(error)}`));
    },
    startMs + story.reliefAfterMs + horizonMs,
  );

  function press(asked: Asked, afterMs: number, then: (answer: AnswerOutcome) => void = () => {}): void {
    world.after(afterMs, () => {
      storm(2 * minuteMs);
      network.trace(`${asked.by || 'somebody'} says ${JSON.stringify(asked)}`);
      insists(
        `answer-${asked.leadId.slice(0, 4)}`,
        1,
        (process) => doors.answer(asked, process),
        (answer) => {
          network.trace(`${asked.by || 'somebody'} is told ${answer.outcome} of ${asked.answer.answer}`);
          said.push({ asked, answer });
          then(answer);
        },
      );
    });
  }

  function isDone(deed: Deed): void {
    switch (deed.kind) {
      case 'activity':
        tell(toEvent(ActivityCaptured, deed.activity));
        break;
      case 'erase':
        insists(
          `erase-${deed.leadId}`,
          1,
          (process) => doors.erase(process, deed.leadId),
          () => {},
        );
        break;
      case 'silence':
        silence(deed.rep);
    }
  }

  function silence(id: string): void {
    const rep = first.reps.find((each) => each.id === id);
    if (!rep) return;
    network.trace(`${id} stops our notices`);
    silenced.set(id, world.now());
    const leadId = colleagueId(rep.email);
    const item = {
      ...key.suppression(leadId),
      kind: 'suppression',
      leadId,
      reason: 'unsubscribe',
      at: new Date(world.now()).toISOString(),
    };
    table.write([{ kind: 'put', key: key.suppression(leadId), item, given: { names: {}, values: {} } }]);
  }

  /** For so long the weather is bad; not any more once it is to stay calm. */
  function storm(forMs: number): void {
    if (world.now() - startMs < story.calmAfterMs) stormUntilMs = Math.max(stormUntilMs, world.now() + forMs);
  }

  function meanwhile(delayMs: number, task: () => void): void {
    world.after(delayMs, () => {
      storm(stormMs);
      task();
    });
  }

  const redrive = () => Object.values(queues).reduce((sum, queue) => sum + queue.redrive(), 0);

  async function settleDown(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await world.run();
      if (redrive() === 0) return;
    }
    await world.run();
  }

  return {
    ...{ story, world, table, chronicle, witness, said, qualified, broken },
    async run() {
      // The first deployment, before anybody is here.
      await Promise.all([doors.activate({ name: 'activate', isDead: false }, model), world.run()]);
      const sinceStartMs = world.now() - startMs;
      for (const { afterMs, deed } of story.doings) meanwhile(afterMs - sinceStartMs, () => isDone(deed));
      meanwhile(story.redriveAfterMs - sinceStartMs, redrive);
      world.after(story.calmAfterMs + 15_000, redrive);
      world.after(story.reliefAfterMs - 1_000, () => {
        broken.push(...whoWaits({ table, now: world.now(), team: code.latest(), silenced: [...silenced.keys()] }));
      });
      await settleDown();
    },
    async replay(times) {
      for (let time = 0; time < times; time++)
        for (const event of [...told, ...(time === 0 ? heard : [])])
          world.after(chance.next() * 500, () => deliver(event));
      await settleDown();
    },
    dead: () => Object.values(queues).flatMap((queue) => queue.dead()),
  };
}

const handOffEvents = ['LeadQualified', 'LeadRequalified', 'HandoffDue', 'LeadErased'];
/** What an archive of the bus would bring again. */
const replayed = new Set([...handOffEvents, 'ActivityRecorded', 'HandoffChanged', 'LeadHandedOff']);
