import { describe, expect, it } from 'vitest';
import { type BusDeps, openBus, type RuleSpec } from '../../../bin/local/events/bus.ts';
import { openQueues } from '../../../bin/local/queues/queues.ts';
import { openDatabase, transaction } from '../../../bin/local/storage/database.ts';
import { openClock } from '../../../bin/local/time/clock.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const SCORED = { 'detail-type': ['LeadScored'] };
const toWork = { id: 'q', kind: 'queue', name: 'work' } as const;

function aBus(rules: readonly RuleSpec[], { invoke = async () => undefined }: Partial<Pick<BusDeps, 'invoke'>> = {}) {
  const db = openDatabase(':memory:');
  const time = { now: NOW };
  const wall = () => time.now;
  const clock = openClock(db, undefined, wall);
  const queues = openQueues(
    db,
    [
      { name: 'work', visibilityTimeoutSeconds: 30 },
      { name: 'dead', visibilityTimeoutSeconds: 30 },
    ],
    wall,
  );
  let ids = 0;
  const open = () =>
    openBus({
      db,
      clock,
      queues,
      buses: ['ripen', 'second', 'third'],
      rules,
      invoke,
      newId: () => `id-${++ids}`,
      wall,
    });
  const bodies = (queue: string) => queues.list(queue, 100).map(({ body }) => JSON.parse(body));
  return { db, queues, bus: open(), reopen: open, bodies, time };
}

const anEntry = (entry: object = {}) => ({
  Source: 'ripen.scoring',
  DetailType: 'LeadScored',
  Detail: '{"total":55}',
  EventBusName: 'ripen',
  ...entry,
});
const onRipen = (rule: Partial<RuleSpec> = {}): RuleSpec => ({
  name: 'hot',
  bus: 'ripen',
  pattern: SCORED,
  targets: [toWork],
  ...rule,
});

describe('putting events', () => {
  it('routes an event to the queues of the rules it matches', () => {
    const { bus, bodies } = aBus([onRipen(), onRipen({ name: 'other', pattern: { source: ['other'] } })]);
    const entry = anEntry({ Resources: ['lead/42'], Time: NOW / 1000 - 60.5 });
    expect(bus.putEvents({ Entries: [entry] })).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'id-1' }] });
    expect(bodies('work')).toEqual([
      {
        version: '0',
        id: 'id-1',
        'detail-type': 'LeadScored',
        source: 'ripen.scoring',
        account: '000000000000',
        time: '2026-11-20T11:58:59Z',
        region: 'us-east-1',
        resources: ['lead/42'],
        detail: { total: 55 },
      },
    ]);
  });

  it('takes a bus by its ARN, and the default bus when none is named', () => {
    const { bus, bodies } = aBus([onRipen(), onRipen({ bus: 'default' })]);
    bus.putEvents({ Entries: [anEntry({ EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/ripen' })] });
    bus.putEvents({ Entries: [anEntry({ EventBusName: undefined })] });
    expect(bodies('work')).toMatchObject([{ id: 'id-2', time: '2026-11-20T12:00:00Z' }, { id: 'id-1' }]);
  });

  it('answers each entry on its own', () => {
    const { bus, bodies } = aBus([onRipen()]);
    const answer = bus.putEvents({
      Entries: [
        anEntry({ Source: undefined }),
        anEntry({ DetailType: '' }),
        anEntry({ Detail: undefined }),
        anEntry({ Detail: '{"total":' }),
        anEntry({ Detail: '[1]' }),
        anEntry({ Source: 'aws.ses' }),
        anEntry({ DetailType: 'x'.repeat(129) }),
        anEntry({ EventBusName: 'nowhere' }),
        anEntry(),
      ],
    });
    expect(answer.FailedEntryCount).toBe(8);
    expect(answer.Entries).toMatchObject([
      {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
      },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('DetailType') },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('Detail') },
      { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
      { ErrorCode: 'MalformedDetail' },
      { ErrorCode: 'NotAuthorizedForSourceException' },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('DetailType') },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('nowhere') },
      { EventId: 'id-1' },
    ]);
    expect(bodies('work')).toHaveLength(1);
  });

  it.each([
    ['nothing', {}],
    ['no entries', { Entries: [] }],
    ['eleven entries', { Entries: Array.from({ length: 11 }, () => anEntry()) }],
    ['an entry of the wrong type', { Entries: [anEntry({ Detail: { total: 55 } })] }],
    ['256 KB and more', { Entries: [anEntry({ Detail: JSON.stringify({ text: 'é'.repeat(131_072) }) })] }],
  ])('refuses %s as a whole', (_claim, request) => {
    const { bus, bodies } = aBus([onRipen()]);
    expect(() => bus.putEvents(request)).toThrow(expect.objectContaining({ name: 'ValidationException' }));
    expect(bodies('work')).toEqual([]);
  });

  it('stores everything an event causes in one transaction, or nothing', () => {
    const { db, bus, bodies } = aBus([onRipen({ targets: [toWork, { id: 'f', kind: 'function', name: 'score' }] })]);
    const half = () =>
      transaction(db, () => {
        bus.putEvents({ Entries: [anEntry()] });
        throw new Error('power cut');
      });
    expect(half).toThrow('power cut');
    expect(bodies('work')).toEqual([]);
    expect(bus.idle()).toBe(true);
  });
});

describe('targets', () => {
  it('get the input their rule says', () => {
    const target = {
      ...toWork,
      inputTransformer: {
        inputPathsMap: { n: '$.detail.total' },
        inputTemplate: '{"n":<n>,"rule":<aws.events.rule-arn>}',
      },
    };
    const { bus, bodies } = aBus([onRipen({ targets: [target] })]);
    bus.putEvents({ Entries: [anEntry()] });
    expect(bodies('work')).toEqual([{ n: 55, rule: 'arn:aws:events:us-east-1:000000000000:rule/ripen/hot' }]);
  });

  it('that cannot be given their input do not keep the others from theirs', () => {
    const broken = {
      ...toWork,
      deadLetterQueue: 'dead',
      inputTransformer: { inputPathsMap: { n: '$.detail.absent' }, inputTemplate: '{"n":<n>}' },
    };
    const { bus, queues, bodies } = aBus([onRipen({ targets: [broken, toWork] })]);
    bus.putEvents({ Entries: [anEntry()] });
    expect(bodies('work')).toHaveLength(1);
    expect(queues.list('dead', 1)).toMatchObject([
      { cause: expect.stringContaining('is not JSON'), attributes: { ERROR_CODE: 'INVALID_JSON', TARGET_ARN: 'work' } },
    ]);
    expect(bodies('dead')).toMatchObject([{ id: 'id-1', detail: { total: 55 } }]);
  });

  it('may be another bus, but from there no third', () => {
    const { bus, bodies } = aBus([
      onRipen({ targets: [{ id: 'b', kind: 'bus', name: 'second' }] }),
      onRipen({
        bus: 'second',
        targets: [toWork, { id: 'b', kind: 'bus', name: 'third' }, { id: 'back', kind: 'bus', name: 'ripen' }],
      }),
      onRipen({ bus: 'third' }),
    ]);
    bus.putEvents({ Entries: [anEntry()] });
    expect(bodies('work')).toMatchObject([{ id: 'id-1' }]);
  });

  it('that are functions are invoked, and gone from the store when they answered', async () => {
    const calls: unknown[] = [];
    const target = { id: 'f', kind: 'function', name: 'score', inputPath: '$.detail' } as const;
    const { bus } = aBus([onRipen({ targets: [target] })], { invoke: async (...call) => calls.push(call) });
    bus.putEvents({ Entries: [anEntry(), anEntry({ Detail: '{"total":56}' })] });
    expect(bus.idle()).toBe(false);
    await bus.deliverDue();
    expect(calls).toEqual([
      ['score', { total: 55 }],
      ['score', { total: 56 }],
    ]);
    expect(bus.idle()).toBe(true);
  });

  it('that fail are tried again later and later, then dead-lettered with the reason', async () => {
    let calls = 0;
    const invoke = async () => {
      calls += 1;
      throw new Error(`no ${calls}`);
    };
    const target = { id: 'f', kind: 'function', name: 'score', deadLetterQueue: 'dead' } as const;
    const { bus, queues, bodies, time } = aBus([onRipen({ targets: [target] })], { invoke });
    bus.putEvents({ Entries: [anEntry()] });
    await bus.deliverDue();
    expect(calls).toBe(1);
    time.now += 1000;
    await bus.deliverDue();
    time.now += 1000;
    await bus.deliverDue();
    expect(calls).toBe(2);
    time.now += 1000;
    await bus.deliverDue();
    expect(calls).toBe(3);
    expect(bus.idle()).toBe(true);
    expect(bodies('dead')).toMatchObject([{ id: 'id-1' }]);
    expect(queues.list('dead', 1)).toMatchObject([
      { cause: 'no 3', attributes: { RETRY_ATTEMPTS: '2', EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' } },
    ]);
  });

  it('that a dead process did not finish are tried by the next', async () => {
    const calls: string[] = [];
    const never = new Promise(() => undefined);
    const target = { id: 'f', kind: 'function', name: 'score' } as const;
    const { bus, reopen } = aBus([onRipen({ targets: [target] })], {
      invoke: async (name) => (calls.push(name) === 1 ? never : undefined),
    });
    bus.putEvents({ Entries: [anEntry()] });
    void bus.deliverDue();
    bus.close();
    const next = reopen();
    await next.deliverDue();
    expect(calls).toEqual(['score', 'score']);
    expect(next.idle()).toBe(true);
  });
});

describe('rules', () => {
  it.each([
    ['a pattern EventBridge refuses', { pattern: { source: [] } }, 'rule hot: event pattern, at $.source'],
    ['a bus that is not there', { bus: 'nowhere' }, 'there is no event bus nowhere'],
    ['a queue that is not there', { targets: [{ ...toWork, name: 'gone' }] }, 'there is no queue gone'],
    [
      'a dead-letter queue that is not there',
      { targets: [{ ...toWork, deadLetterQueue: 'gone' }] },
      'there is no queue gone',
    ],
    [
      'a template with an unknown placeholder',
      { targets: [{ ...toWork, inputTransformer: { inputTemplate: '<x>' } }] },
      '<x>',
    ],
  ])('are refused at start for %s', (_claim, rule, reason) => {
    expect(() => aBus([onRipen(rule)])).toThrow(reason);
  });

  it('do not hear of an event put on a bus that is not there', () => {
    const { bus } = aBus([onRipen()]);
    const event = {
      version: '0',
      id: '1',
      'detail-type': 'x',
      source: 'x',
      account: '0',
      time: '',
      region: '',
      resources: [],
      detail: {},
    } as const;
    expect(() => bus.put('nowhere', event)).toThrow('there is no event bus nowhere');
  });
});
