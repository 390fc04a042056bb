import { ActivityCaptured, ActivityRecorded } from '../../../functions/leads/bus-event.ts';
import { type OutgoingEvent, toEvent } from '../../../functions/runtime/publish.ts';
import { chance as chanceOf } from '../../demo/chance.ts';
import { carrierOf, longPause, type Network, type Process, publishOf } from '../carrier.ts';
import { doorsOn, streamBody } from '../doors.ts';
import { leadsTable } from '../leads-table.ts';
import { type Door, type Queue, queueOf } from '../queue.ts';
import { sweeperOf } from '../sweeper.ts';
import { twinClient } from '../twin/client.ts';
import { type Change, type TableTwin, tableTwin } from '../twin/table.ts';
import { calm, type Weather, weatherOf } from '../weather.ts';
import { type World, worldAt } from '../world.ts';
import { rightDesign } from '../wrong-designs.ts';
import type { MailDesign } from './mail-designs.ts';
import { mailDoorsOn } from './mail-doors.ts';
import { type Doing, type MailStory, mailStoryOf } from './mail-story.ts';
import { type Accepted, type SesWitness, sesWitness } from './ses-witness.ts';

/** One history of mail under way. */
export interface MailSimulation {
  readonly story: MailStory;
  readonly world: World;
  readonly table: TableTwin;
  readonly ses: SesWitness;
  /** Rules broken at the very instant SES took something. */
  readonly broken: readonly string[];
  /** Whom the product has told that they get no more mail, and when: epoch milliseconds by lead id. */
  readonly silenced: ReadonlyMap<string, number>;
  readonly erased: ReadonlySet<string>;
  /** May there be a call whose outcome nobody can know? Not while messages are doubled and indexes lag at worst. */
  readonly mayLose: boolean;
  run(): Promise<void>;
  /** Brings every form and everything that SES has told so many times more. */
  replay(times: number): Promise<void>;
  dead(): readonly string[];
}

export interface MailSimulationOptions {
  readonly seed: number;
  readonly history: number;
  readonly design: MailDesign;
  readonly trace: ((line: string) => void) | null;
}

const stormMs = 12 * 60_000;
const model = 'shipped';

export function mailSimulation({ seed, history, design, trace }: MailSimulationOptions): MailSimulation {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(history + 1, 0x85ebca6b));
  const story = mailStoryOf(chance);
  const stormy = weatherOf(chance);
  const world = worldAt(story.startMs, chance, (logged) => network.trace(logged));
  let stormUntilMs = 0;
  const weather = (): Weather => (world.now() < stormUntilMs ? stormy : calm);
  const say = trace && ((line: string) => trace(`${world.step()} ${new Date(world.now()).toISOString()} ${line}`));
  const network: Network = { world, weather, duplicate: () => weather().duplicate, trace: say ?? (() => {}) };
  const broken: string[] = [];
  const silenced = new Map<string, number>();
  const erased = new Set<string>();
  const told: OutgoingEvent[] = [];
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
  const ground = {
    world,
    table: (process: Process) => ({
      name: 'leads',
      client: twinClient(table, carrierOf(process, network), design.alter),
    }),
    publish: (process: Process) => publishOf(process, network, deliver),
    clock: (process: Process) => () => Math.floor(world.now() + skewMs(process)),
    async mayPause(process: Process) {
      if (chance.happens(weather().longPause * 3)) await longPause(process, network);
    },
  };
  const ses = sesWitness(network, onAccepted);
  const doors = { ...doorsOn(ground, rightDesign), ...mailDoorsOn(ground, ses, design) };
  const shape = { batchSize: 10, maxReceives: 5, visibilityMs: chance.pick([90_000, 360_000]) };
  const open = (name: string, door: Door, maxReceives = 5) => queueOf({ ...shape, name, maxReceives }, network, door);
  const queues = {
    score: open('score', doors.score),
    suppress: open('suppress', doors.suppress),
    follow: open('follow', doors.follow),
    send: open('send', doors.send),
    erasures: open('erasures', doors.erasures),
    stream: open('stream', doors.tell, 50),
  };

  /** The bus's rules: which event goes to which queue. */
  const routes: Readonly<Record<string, (detail: unknown) => readonly Queue[]>> = {
    ActivityCaptured: (detail) => (/"type":"email\./.test(JSON.stringify(detail)) ? [queues.suppress] : [queues.score]),
    ActivityRecorded: () => [queues.follow],
    LeadSuppressed: () => [queues.follow],
    ...Object.fromEntries(['StepDue', 'MessageRequested', 'SendUnresolved'].map((type) => [type, () => [queues.send]])),
    ErasureDue: () => [queues.erasures],
  };

  function deliver({ detailType, detail }: OutgoingEvent): void {
    const body = JSON.stringify({ 'detail-type': detailType, detail, source: 'ripen' });
    for (const queue of routes[detailType]?.(detail) ?? []) queue.send(body, chance.next() * 100);
  }

  /** From outside, and kept to come again. */
  function tell(event: OutgoingEvent): void {
    told.push(event);
    deliver(event);
  }

  function onWritten(changes: readonly Change[]): void {
    for (const change of changes) {
      const { before, after } = change;
      if (!before && (after?.kind === 'outbox' || after?.kind === 'activity'))
        queues.stream.send(streamBody(change), chance.next() * 200);
      if (typeof after?.listSk === 'string') sweeper.listed(after);
    }
  }

  const sweeper = sweeperOf(world, table, () => {
    const process = { name: `sweep-${world.step()}`, isDead: false };
    doors.sweep(process).catch((error: unknown) => network.trace(`${process.name} → ${String(error)}`));
  });

  function onAccepted(message: Accepted): void {
    const { leadId, sequence, step, at } = message;
    const silencedAt = silenced.get(leadId);
    if (silencedAt !== undefined && at > silencedAt)
      broken.push(
        `I-C1: SES took ${sequence} step ${step} of ${leadId} ${at - silencedAt} ms after they were told it is over`,
      );
    for (const way of ['bus', 'topic']) {
      if (weather() !== calm && chance.happens(story.feedbackLost))
        network.trace(`the ${way} loses ${message.messageId}`);
      else world.after(1_000 + chance.next() * 20_000, () => tell(sentEvent(message)));
    }
    if (chance.happens(story.bounces)) world.after(2_000 + chance.next() * 5_000, () => tell(bouncedEvent(message)));
  }

  /** Tried again, as people and mailbox providers do, until somebody says that it is done. */
  function insist(name: string, attempt: number, work: (process: Process) => Promise<void>): void {
    const process = { name: `${name}-${attempt}`, isDead: false };
    let isOver = false;
    work(process).then(
      () => {
        isOver = true;
      },
      (error: unknown) => network.trace(`${process.name} → ${String(error)}`),
    );
    world.after(40_000, () => {
      if (!isOver && attempt < 30) insist(name, attempt + 1, work);
    });
  }

  function isDone({ leadId, deed }: Doing): void {
    switch (deed.kind) {
      case 'form':
        tell(toEvent(ActivityCaptured, deed.activity));
        break;
      case 'unsubscribe': {
        const mail = ses.accepted.find((one) => one.leadId === leadId);
        // Nobody can press a link that nobody has sent.
        if (mail)
          insist(`unsubscribe-${leadId}`, 1, async (process) => {
            await doors.unsubscribe(process, mail);
            silence(leadId, process);
          });
        break;
      }
      case 'erase':
        insist(`erase-${leadId}`, 1, async (process) => {
          if (!(await doors.erase(process, leadId))) return;
          silence(leadId, process);
          erased.add(leadId);
        });
        break;
      case 'click': {
        const mail = ses.accepted.findLast((one) => one.leadId === leadId);
        if (mail && table.get({ pk: `L#${leadId}`, sk: 'A' })?.kind === 'lead') tell(clickedEvent(mail, world.now()));
      }
    }
  }

  function silence(leadId: string, process: Process): void {
    if (process.isDead) return;
    network.trace(`${process.name} says that it is done`);
    if (!silenced.has(leadId)) silenced.set(leadId, world.now());
  }

  const redrive = () => Object.values(queues).reduce((sum, queue) => sum + queue.redrive(), 0);

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
    ...{ story, world, table, ses, broken, silenced, erased },
    mayLose: Object.entries(stormy).some(([fault, likely]) => !harmless.includes(fault) && likely > 0),
    async run() {
      // The first deployment, before anybody is here.
      await Promise.all([doors.activate({ name: 'activate', isDead: false }, model), world.run()]);
      for (const doing of story.doings) meanwhile(doing.afterMs, () => isDone(doing));
      meanwhile(story.redriveAfterMs, redrive);
      await world.run();
      await settleDown();
    },
    async replay(times) {
      const events = [...told];
      for (let time = 0; time < times; time++)
        for (const event of events) world.after(chance.next() * 500, () => deliver(event));
      await settleDown();
    },
    dead: () => Object.values(queues).flatMap((queue) => queue.dead()),
  };
}

/** Faults after which everybody still knows what SES has said: even a record that was refused too often is one that nobody has. */
const harmless = ['duplicate', 'staleIndex'];

const iso = (at: number) => new Date(at).toISOString();

/** What SES tells of a message, as the ledger has it: the walk of that row is the other theme's. */
function recordedEvent(message: Accepted, type: string, at: number, more: Record<string, string> = {}): OutgoingEvent {
  const { leadId, sequence, run, step, token, messageId } = message;
  return toEvent(ActivityRecorded, {
    leadId,
    activity: {
      activityId: `${type}-${messageId}`,
      type,
      occurredAt: iso(at),
      recordedAt: iso(at),
      source: 'ses',
      properties: { sequence, run, step: String(step), send: token, messageId, ...more },
      ...(type === 'email.clicked' && { verdict: { by: 'human' as const, reasons: [] } }),
    },
  });
}

function sentEvent(message: Accepted): OutgoingEvent {
  return recordedEvent(message, 'email.sent', message.at);
}

function clickedEvent(message: Accepted, at: number): OutgoingEvent {
  return recordedEvent(message, 'email.clicked', at);
}

function bouncedEvent({ leadId, messageId, at }: Accepted): OutgoingEvent {
  return toEvent(ActivityCaptured, {
    activityId: `bounced-${messageId}`,
    type: 'email.bounced',
    occurredAt: iso(at),
    source: 'ses',
    subject: { leadId },
    properties: { bounceType: 'Permanent', messageId },
  });
}
