import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openQueues, type QueueSpec } from '../../../bin/local/queues/queues.ts';
import { openDatabase, transaction } from '../../../bin/local/storage/database.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const SPECS: readonly QueueSpec[] = [
  { name: 'work', visibilityTimeoutSeconds: 30, redrive: { deadLetterQueue: 'dead', maxReceiveCount: 3 } },
  { name: 'slow', visibilityTimeoutSeconds: 30, delaySeconds: 10 },
  { name: 'dead', visibilityTimeoutSeconds: 30 },
];

function someQueues() {
  const db = openDatabase(':memory:');
  const time = { now: NOW };
  const open = () => openQueues(db, SPECS, () => time.now);
  const pass = (seconds: number) => {
    time.now += seconds * 1000;
  };
  return { db, queues: open(), reopen: open, pass };
}

const handles = (messages: readonly { receiptHandle: string }[]) => messages.map(({ receiptHandle }) => receiptHandle);

describe('queues', () => {
  it('hand out what was sent, oldest first, with what a consumer needs to know', () => {
    const { queues, pass } = someQueues();
    const messageId = queues.send('work', 'a', { attributes: { kind: 'x' } });
    pass(1);
    queues.sendMany('work', ['b', 'c']);
    const [first, ...others] = queues.receive('work', 2);
    expect(first).toEqual({
      messageId,
      receiptHandle: expect.any(String),
      body: 'a',
      sentAt: NOW,
      firstReceivedAt: NOW + 1000,
      receiveCount: 1,
      attributes: { kind: 'x' },
    });
    expect(others.map(({ body }) => body)).toEqual(['b']);
    expect(queues.depth('work')).toEqual({
      visible: 1,
      inFlight: 2,
      delayed: 0,
      oldestSentAt: NOW,
      nextVisibleAt: NOW + 31_000,
    });
  });

  it('hide a message from others until its visibility timeout', () => {
    const { queues, pass } = someQueues();
    queues.send('work', 'a');
    const [first] = queues.receive('work', 10);
    expect(queues.receive('work', 10)).toEqual([]);
    pass(30);
    const [second] = queues.receive('work', 10);
    expect(second).toMatchObject({ messageId: first?.messageId, receiveCount: 2, firstReceivedAt: NOW });
  });

  it('remove by the latest handle only', () => {
    const { queues, pass } = someQueues();
    queues.send('work', 'a');
    const old = handles(queues.receive('work', 10));
    pass(30);
    const latest = handles(queues.receive('work', 10));
    queues.remove('work', old);
    expect(queues.depth('work').inFlight).toBe(1);
    queues.remove('work', latest);
    expect(queues.depth('work')).toEqual({
      visible: 0,
      inFlight: 0,
      delayed: 0,
      oldestSentAt: null,
      nextVisibleAt: null,
    });
  });

  it('give a failed message back after the wait that was asked for', () => {
    const { queues, pass } = someQueues();
    queues.sendMany('work', ['a', 'b']);
    const [a, b] = queues.receive('work', 10);
    queues.remove('work', handles(a ? [a] : []));
    queues.release('work', handles(b ? [b] : []), 5, 'no luck');
    expect(queues.depth('work')).toMatchObject({ visible: 0, inFlight: 0, delayed: 1, nextVisibleAt: NOW + 5000 });
    pass(5);
    expect(queues.receive('work', 10).map(({ body }) => body)).toEqual(['b']);
  });

  it('delay by the queue, or by the message', () => {
    const { queues, pass } = someQueues();
    queues.send('slow', 'by the queue');
    queues.send('slow', 'at once', { delaySeconds: 0 });
    expect(queues.receive('slow', 10).map(({ body }) => body)).toEqual(['at once']);
    pass(10);
    expect(queues.receive('slow', 10).map(({ body }) => body)).toEqual(['by the queue']);
  });

  it('dead-letter what failed too often, with the last cause, and send it back when asked', () => {
    const { queues } = someQueues();
    queues.send('work', 'poison');
    for (const cause of ['first', 'second', 'third']) {
      queues.release('work', handles(queues.receive('work', 10)), 0, cause);
    }
    expect(queues.receive('work', 10)).toEqual([]);
    expect(queues.depth('work').visible).toBe(0);
    expect(queues.list('dead', 10)).toMatchObject([{ body: 'poison', cause: 'third', receiveCount: 3, sentAt: NOW }]);

    expect(queues.redrive('dead')).toBe(1);
    expect(queues.depth('dead').visible).toBe(0);
    expect(queues.receive('work', 10)).toMatchObject([{ body: 'poison', receiveCount: 1 }]);
  });

  it('name the timeout when a consumer never answered', () => {
    const { queues, pass } = someQueues();
    queues.send('work', 'stuck');
    for (let turn = 0; turn < 4; turn += 1, pass(30)) queues.receive('work', 10);
    expect(queues.list('dead', 10)).toMatchObject([{ cause: expect.stringContaining('visibility timeout') }]);
  });

  it('keep a dead letter that came from no queue, and show its error', () => {
    const { queues } = someQueues();
    queues.send('dead', '{}', { attributes: { ERROR_MESSAGE: 'no such target' } });
    expect(queues.redrive('dead')).toBe(0);
    expect(queues.list('dead', 10)).toMatchObject([{ cause: 'no such target', receiptHandle: '', firstReceivedAt: 0 }]);
  });

  it('give back what a dead process held, at once and without counting it', () => {
    const { queues, reopen } = someQueues();
    queues.send('work', 'a');
    queues.receive('work', 10);
    const restarted = reopen();
    expect(restarted.depth('work')).toMatchObject({ visible: 1, inFlight: 0 });
    expect(restarted.receive('work', 10)).toMatchObject([{ body: 'a', receiveCount: 1 }]);
  });

  it('wake listeners only once the message is there to be received', () => {
    const { db, queues } = someQueues();
    const heard: [string, number][] = [];
    queues.onSend((queue) => heard.push([queue, queues.depth(queue).visible]));
    transaction(db, () => {
      queues.send('work', 'a');
      queues.send('dead', 'b');
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual([
      ['work', 1],
      ['dead', 1],
    ]);
  });

  it('refuse a queue the template does not have', () => {
    const { queues, db } = someQueues();
    expect(() => queues.send('nope', 'a')).toThrow('there is no queue nope in this template; it has: work, slow, dead');
    const lost = { name: 'q', visibilityTimeoutSeconds: 1, redrive: { deadLetterQueue: 'gone', maxReceiveCount: 1 } };
    expect(() => openQueues(db, [lost])).toThrow('q redrives to gone');
  });
});

const step = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    count: fc.integer({ min: 1, max: 4 }),
    delay: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({
    do: fc.constant('receive' as const),
    count: fc.integer({ min: 1, max: 5 }),
    queue: fc.constantFrom('work', 'dead'),
  }),
  fc.record({ do: fc.constant('remove' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant('release' as const),
    count: fc.integer({ min: 1, max: 3 }),
    wait: fc.integer({ min: 0, max: 60 }),
  }),
  fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ do: fc.constant('redrive' as const) }),
  fc.record({ do: fc.constant('restart' as const) }),
);

describe('queues under any use', () => {
  it('lose nothing and make nothing up: accepted = removed + visible + in flight + delayed + dead', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { queues: opened, reopen, pass } = someQueues();
        let queues = opened;
        let accepted = 0;
        let held: { queue: string; receiptHandle: string }[] = [];
        const total = () =>
          ['work', 'dead']
            .map((name) => queues.depth(name))
            .reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
        let removed = 0;

        for (const todo of steps) {
          if (todo.do === 'send') {
            for (let n = 0; n < todo.count; n += 1) queues.send('work', `${accepted++}`, { delaySeconds: todo.delay });
          } else if (todo.do === 'receive') {
            const messages = queues.receive(todo.queue, todo.count);
            expect(messages.length).toBeLessThanOrEqual(todo.count);
            held.push(...messages.map(({ receiptHandle }) => ({ queue: todo.queue, receiptHandle })));
          } else if (todo.do === 'remove') {
            const before = total();
            for (const { queue, receiptHandle } of held.splice(0, todo.count)) queues.remove(queue, [receiptHandle]);
            removed += before - total();
          } else if (todo.do === 'release') {
            for (const { queue, receiptHandle } of held.splice(0, todo.count))
              queues.release(queue, [receiptHandle], todo.wait);
          } else if (todo.do === 'pass') pass(todo.seconds);
          else if (todo.do === 'redrive') queues.redrive('dead');
          else {
            queues = reopen();
            held = [];
          }
          expect(total() + removed).toBe(accepted);
        }
        const bodies = ['work', 'dead'].flatMap((name) => queues.list(name, 1000).map(({ body }) => body));
        expect(new Set(bodies).size).toBe(bodies.length);
      }),
      { numRuns: 60 },
    );
  });
});
