import type { OutgoingEvent, Publish } from '../../functions/runtime/publish.ts';
import { type Carrier, cancelled, type Request } from './twin/client.ts';
import { named } from './twin/item.ts';
import { latencyMs, type Weather } from './weather.ts';
import type { World } from './world.ts';

/** A process that works on one batch. Once dead it does nothing more: its calls neither leave nor come back. */
export interface Process {
  readonly name: string;
  isDead: boolean;
}

/** The simulated network. Its weather may change while things happen. */
export interface Network {
  readonly world: World;
  weather(of: Process): Weather;
  /** How likely a message comes twice, 0–1. */
  duplicate(): number;
  trace(line: string): void;
}

// The SDK's own default: one try and two more.
const sdkAttempts = 3;

/** Carries the calls of one process to the table, with every fault on the way. */
export function carrierOf(process: Process, network: Network): Carrier {
  const { world } = network;
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      await waited(process, network);
      const weather = network.weather(process);
      refuse(request, weather, network, process);
      await die(weather.crashBefore, process, network, `before ${request.kind}`);
      const answer = arrive(request, process, network);
      await die(weather.crashAfter, process, network, `after ${request.kind}`);
      if (!world.chance.happens(weather.answerLost)) {
        if (world.chance.happens(weather.longPause)) await longPause(process, network);
        return answer;
      }
      network.trace(`${process.name} lost the answer to ${request.kind}`);
      // What the table has done it has done: the next try finds it there.
      if (attempt === sdkAttempts || world.chance.happens(0.3)) throw named('TimeoutError', 'the answer was lost');
    }
  };
}

function arrive(request: Request, process: Process, network: Network): object {
  try {
    const answer = request.arrive();
    network.trace(`${process.name} ${request.kind} ${request.items.join(', ')}`);
    return answer;
  } catch (error) {
    network.trace(`${process.name} ${request.kind} ${request.items.join(', ')} → ${String(error)}`);
    throw error;
  }
}

/** A call on its way; one of a dead process never arrives. */
async function waited(process: Process, { world, weather }: Network): Promise<void> {
  await world.pause(latencyMs(world.chance, weather(process)));
  if (process.isDead) await never();
}

function never(): Promise<never> {
  return new Promise(() => {});
}

export async function die(
  probability: number,
  process: Process,
  { world, trace }: Network,
  when: string,
): Promise<void> {
  if (!world.chance.happens(probability)) return;
  process.isDead = true;
  trace(`${process.name} dies ${when}`);
  await never();
}

export async function longPause(process: Process, { world, trace }: Network): Promise<void> {
  const ms = 30_000 + world.chance.next() * 600_000;
  trace(`${process.name} stands still for ${Math.round(ms / 1000)} s`);
  await world.pause(ms);
  if (process.isDead) await never();
}

/** @throws what DynamoDB says of calls that come too often, or to an item that is being written. The SDK has given up by then. */
function refuse({ kind, items }: Request, { throttled, conflict }: Weather, network: Network, process: Process): void {
  const { chance } = network.world;
  const place = Math.floor(chance.next() * items.length);
  if (chance.happens(throttled)) {
    network.trace(`${process.name} ${kind} is throttled`);
    if (kind === 'transaction') throw cancelled(items, [place], 'ThrottlingError');
    throw named('ProvisionedThroughputExceededException', 'too many requests');
  }
  if (!chance.happens(conflict)) return;
  if (kind === 'transaction') throw cancelled(items, [place], 'TransactionConflict');
  if (kind === 'write') throw named('TransactionConflictException', 'Transaction is ongoing for the item');
}

/** Publishes as a process does: the bus may take some of the events, or all of them without saying so. */
export function publishOf(process: Process, network: Network, deliver: (event: OutgoingEvent) => void): Publish {
  const { world } = network;
  return async (events) => {
    if (events.length === 0) return;
    await waited(process, network);
    const weather = network.weather(process);
    await die(weather.crashBefore, process, network, 'before publishing');
    const fails = world.chance.happens(weather.throttled);
    const taken = fails ? events.slice(0, Math.floor(world.chance.next() * events.length)) : events;
    for (const event of taken) {
      network.trace(`${process.name} publishes ${event.detailType}`);
      deliver(event);
    }
    await die(weather.crashAfter, process, network, 'after publishing');
    if (fails || world.chance.happens(weather.answerLost)) throw named('TimeoutError', 'EventBridge did not answer');
  };
}
