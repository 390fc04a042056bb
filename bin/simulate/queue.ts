import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Network, Process } from './carrier.ts';

/** A door of the product, opened for one process. */
export type Door = (process: Process) => (event: SQSEvent) => Promise<SQSBatchResponse>;

export interface QueueShape {
  readonly name: string;
  /** At most so many messages at once. */
  readonly batchSize: number;
  readonly visibilityMs: number;
  readonly maxReceives: number;
}

/** A queue with its dead letters: at least once, in no order. */
export interface Queue {
  /** Delivers this event after so long, once or twice. */
  send(body: string, delayMs: number): void;
  /** Puts the dead letters back. Answers how many. */
  redrive(): number;
  /** Messages that are neither done nor dead. */
  waiting(): number;
  dead(): readonly string[];
}

interface Message {
  readonly id: string;
  readonly body: string;
  receives: number;
  state: 'ready' | 'in-flight' | 'done' | 'dead';
  /** Which delivery the message is with: an older one can no longer give it back. */
  delivery: number;
}

export function queueOf(shape: QueueShape, network: Network, door: Door): Queue {
  const { world } = network;
  const messages: Message[] = [];
  const ready: Message[] = [];
  let batches = 0;
  let isPolling = false;

  function offer(message: Message, delayMs: number): void {
    world.after(delayMs, () => {
      if (message.state === 'done' || message.state === 'dead') return;
      message.state = 'ready';
      ready.push(message);
      poll();
    });
  }

  /** Looks again soon: what has come by then makes one batch, or several at the same time. */
  function poll(): void {
    if (isPolling) return;
    isPolling = true;
    world.after(world.chance.next() * 300, () => {
      isPolling = false;
      while (ready.length > 0) {
        const size = world.chance.between(1, shape.batchSize);
        const batch: Message[] = [];
        while (batch.length < size && ready.length > 0)
          batch.push(...ready.splice(world.chance.between(0, ready.length - 1), 1));
        deliver(batch.filter(({ state }) => state === 'ready'));
      }
    });
  }

  function deliver(batch: readonly Message[]): void {
    if (batch.length === 0) return;
    batches += 1;
    const delivery = batches;
    const process: Process = { name: `${shape.name}-${delivery}`, isDead: false };
    for (const message of batch) {
      message.receives += 1;
      message.state = 'in-flight';
      message.delivery = delivery;
    }
    network.trace(`${process.name} gets ${batch.map(({ id }) => id).join(', ')}`);
    // Nobody is told when a process dies: its messages are seen again when they have been invisible for long enough.
    world.after(shape.visibilityMs, () => giveBack(batch, delivery));
    void door(process)({ Records: batch.map(recordOf) }).then(
      ({ batchItemFailures }) => {
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        if (!process.isDead) settle(batch, delivery, failed);
      },
      () => giveBack(batch, delivery),
    );
  }

  function settle(batch: readonly Message[], delivery: number, failed: ReadonlySet<string>): void {
    const done = batch.filter(({ id }) => !failed.has(id));
    // A message that was dealt with comes back now and then: its deletion was lost.
    for (const message of done)
      if (message.delivery === delivery && !world.chance.happens(network.duplicate() / 10)) message.state = 'done';
    giveBack(
      batch.filter(({ id }) => failed.has(id)),
      delivery,
    );
  }

  function giveBack(batch: readonly Message[], delivery: number): void {
    for (const message of batch) {
      if (message.delivery !== delivery || message.state !== 'in-flight') continue;
      if (message.receives < shape.maxReceives) offer(message, world.chance.next() * 1_000);
      else {
        message.state = 'dead';
        network.trace(`${shape.name}: ${message.id} is dead`);
      }
    }
  }

  return {
    send(body, delayMs) {
      const copies = world.chance.happens(network.duplicate()) ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        const id = `${shape.name}-m${messages.length}`;
        const message: Message = { id, body, receives: 0, state: 'ready', delivery: 0 };
        messages.push(message);
        offer(message, delayMs * (1 + copy * 10 * world.chance.next()));
      }
    },
    redrive() {
      const dead = messages.filter(({ state }) => state === 'dead');
      for (const message of dead) {
        message.receives = 0;
        message.state = 'ready';
        offer(message, world.chance.next() * 1_000);
      }
      return dead.length;
    },
    waiting: () => messages.filter(({ state }) => state === 'ready' || state === 'in-flight').length,
    dead: () => messages.filter(({ state }) => state === 'dead').map(({ body }) => body),
  };
}

function recordOf({ id, body, receives }: Message): SQSRecord {
  const attributes = { ApproximateReceiveCount: String(receives), SentTimestamp: '', SenderId: '' };
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: { ...attributes, ApproximateFirstReceiveTimestamp: '' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}
