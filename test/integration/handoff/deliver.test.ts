import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { exportStore } from '../../../functions/consent/export-lead.store.ts';
import { exportLead } from '../../../functions/consent/export-lead.ts';
import { deliver, deliverAgain, replayDelivery } from '../../../functions/handoff/deliver.ts';
import { leaseMs } from '../../../functions/handoff/delivery.ts';
import { key } from '../../../functions/leads/table.ts';
import { testTables } from '../../support/dynamodb.ts';
import { anErasureRoom } from '../consent/an-erasure-room.ts';
import { anOrder, aReceiver, begun } from './a-receiver.ts';

const { leads: table } = await testTables();
const minuteMs = 60_000;
const times = <T>(count: number, act: () => Promise<T>) => Promise.all(Array.from({ length: count }, act));

/** Another lead for every test. */
let leads = 0;
async function aRoom() {
  const room = aReceiver(table);
  leads += 1;
  return { ...room, leadId: await room.addLead(`lead${'abcdefghijklmnopqrstuvwxyz'[leads]}`) };
}

describe('a call to another system', () => {
  it('is made once, however often the change is announced, and at whatever time (I-H3)', async () => {
    const { tell, leadId, heard, dueAt } = await aRoom();
    const first = begun(await tell(leadId));
    expect(first).toMatchObject({ status: 'delivered', attempts: [{ status: 200 }] });
    expect(await tell(leadId)).toEqual(first);
    await times(20, () => tell(leadId));
    expect(heard).toHaveLength(1);
    expect(await dueAt(first)).toBeNull();
  });

  it('is made once when twenty are told of the change at the same moment', async () => {
    const { tell, leadId, heard } = await aRoom();
    await times(20, () => tell(leadId));
    expect(heard).toHaveLength(1);
  });

  it('is made again once, when twenty knocks come at the same moment', async () => {
    const { tell, knock, answer, clock, leadId, heard } = await aRoom();
    answer(500);
    const down = begun(await tell(leadId));
    answer(200);
    clock.now += minuteMs;
    await times(20, () => knock(down));
    expect(heard).toHaveLength(2);
    await times(20, () => knock(down));
    expect(heard).toHaveLength(2);
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('is not made again before its time', async () => {
    const { tell, knock, answer, clock, leadId, heard, dueAt } = await aRoom();
    answer(500);
    const down = begun(await tell(leadId));
    clock.now += minuteMs - 5_000;
    await knock(down);
    expect(heard).toHaveLength(1);
    expect(await dueAt(down)).toBe(down.nextAt);
  });

  it('is made after all by another when its first hand died before it', async () => {
    const { deps, deliveries, knock, clock, leadId, heard, dueAt } = await aRoom();
    const died = { ...deps, endpointOf: () => Promise.reject(new Error('out of memory')) };
    await expect(deliver(anOrder(leadId), died)).rejects.toThrow('out of memory');
    const { items } = await deliveries.list({ status: 'pending', limit: 50 });
    const left = begun(items.find((one) => one.leadId === leadId) ?? null);
    expect(await dueAt(left)).toBe(new Date(clock.now + leaseMs).toISOString());
    // The event comes back: what it asks for is in hand, as far as anybody can know.
    expect(await deliver(anOrder(leadId), deps)).toMatchObject({ status: 'pending' });
    await knock(left);
    expect(heard).toHaveLength(0);
    clock.now += leaseMs;
    expect(await knock(left)).toMatchObject({ status: 'delivered', tries: 1 });
    expect(heard).toHaveLength(1);
  });

  it('is made again under its id when its hand died before it was written down', async () => {
    const { deps, clock, leadId, heard, answer, knock, tell } = await aRoom();
    answer(500);
    const down = begun(await tell(leadId));
    answer(200);
    clock.now += minuteMs;
    const saves = [deps.deliveries.save, () => Promise.reject(new Error('lost'))];
    const dying = {
      ...deps,
      deliveries: {
        ...deps.deliveries,
        save: (delivery: typeof down) => (saves.shift() ?? deps.deliveries.save)(delivery),
      },
    };
    await expect(deliverAgain(down, dying)).rejects.toThrow('lost');
    clock.now += leaseMs;
    expect(await knock(down)).toMatchObject({ status: 'delivered' });
    expect(heard.map(({ headers }) => headers['webhook-id'])).toEqual(Array(3).fill(down.deliveryId));
  });

  it('is given up after its schedule, and told of once', async () => {
    const { tell, knock, answer, clock, leadId, heard, givenUp, dueAt } = await aRoom();
    answer(503);
    let delivery = begun(await tell(leadId));
    while (delivery.nextAt !== null) {
      clock.now = Date.parse(delivery.nextAt);
      delivery = begun(await knock(delivery));
    }
    expect(delivery).toMatchObject({ status: 'failed', tries: 10 });
    expect(heard).toHaveLength(10);
    expect(await dueAt(delivery)).toBeNull();
    await times(5, () => knock(delivery));
    expect(givenUp).toHaveLength(1);
    expect(heard).toHaveLength(10);
  });

  it('is not given up before whoever must know has been told', async () => {
    const { deps, knock, answer, clock, leadId, givenUp } = await aRoom();
    answer(410);
    const speechless = { ...deps, onGivenUp: () => Promise.reject(new Error('no bus')) };
    await expect(deliver(anOrder(leadId), speechless)).rejects.toThrow('no bus');
    const left = begun(await deliver(anOrder(leadId), deps));
    expect(left.status).toBe('pending');
    clock.now += leaseMs;
    expect(await knock(left)).toMatchObject({ status: 'failed' });
    expect(givenUp).toHaveLength(1);
  });

  it('is not made where nothing could prove that it is ours', async () => {
    const { deps, leadId, heard } = await aRoom();
    const endpointOf = async () => ({ outcome: 'found', endpoint: { url: 'https://crm.example/' } }) as const;
    const unsigned = begun(await deliver(anOrder(leadId), { ...deps, endpointOf }));
    expect(unsigned).toMatchObject({ status: 'failed', attempts: [{ error: 'no-secret' }] });
    expect(heard).toHaveLength(0);
    // A channel's address is its key.
    const order = anOrder(leadId, { kind: 'slack', purpose: 'notification', what: 'hot-lead', key: 'turn-1' });
    expect(await deliver(order, { ...deps, endpointOf })).toMatchObject({ status: 'delivered' });
    expect(Object.keys(heard[0]?.headers ?? {})).toEqual(['content-type', 'user-agent']);
  });
});

describe('of an erased lead', () => {
  const tombstone = (leadId: string) =>
    table.client.send(
      new PutCommand({ TableName: table.name, Item: { ...key.lead(leadId), kind: 'erased', at: '', ver: 1 } }),
    );

  it('nobody is told', async () => {
    const { tell, leadId, heard } = await aRoom();
    await tombstone(leadId);
    expect(await tell(leadId)).toBeNull();
    expect(heard).toHaveLength(0);
  });

  it('nobody is told what was on its way', async () => {
    const { tell, knock, answer, clock, leadId, heard } = await aRoom();
    answer(500);
    const down = begun(await tell(leadId));
    await tombstone(leadId);
    clock.now += minuteMs;
    await knock(down);
    expect(heard).toHaveLength(1);
  });

  it('nothing stays: not what was told, nor when it would be told again', async () => {
    const { tell, knock, answer, clock, leadId, dueAt, deliveries } = await aRoom();
    const room = await anErasureRoom(table);
    answer(500);
    const down = begun(await tell(leadId));
    const done = begun(await tell(leadId, { key: 'crm#2' }));
    const exports = { exports: exportStore(table), pepper: async () => 'pepper', now: () => clock.now };
    const { items } = await exportLead(leadId, undefined, exports);
    expect(items.filter(({ kind }) => kind === 'delivery')).toMatchObject([{ body: down.body }, { body: done.body }]);
    await room.erase(leadId);
    for (let look = 1; look <= 3; look++) await room.look(leadId, look);
    expect(await deliveries.get(leadId, down.deliveryId)).toBeNull();
    expect([await dueAt(down), await dueAt(done)]).toEqual([null, null]);
    clock.now += minuteMs;
    expect(await knock(down)).toBeNull();
  });

  it('a knock that was written beside the erasure is the last', async () => {
    const { knock, leadId, dueAt } = await aRoom();
    const left = { leadId, deliveryId: 'gone' };
    const Item = { ...key.due('delivery', `${leadId}#gone`), dueAt: '2026-03-02T12:01:00.000Z' };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    expect(await dueAt(left)).not.toBeNull();
    expect(await knock(left)).toBeNull();
    expect(await dueAt(left)).toBeNull();
  });
});

describe('a delivery that a person wants made again', () => {
  it('is called at once, under its id, whether it had arrived or not', async () => {
    const { tell, deps, answer, leadId, heard } = await aRoom();
    const done = begun(await tell(leadId));
    expect(await replayDelivery(done, deps)).toMatchObject({ outcome: 'called', delivery: { replays: 1 } });
    answer(410);
    expect(await replayDelivery(done, deps)).toMatchObject({ outcome: 'called', delivery: { status: 'failed' } });
    answer(200);
    const third = await replayDelivery(done, deps);
    expect(third).toMatchObject({ delivery: { status: 'delivered', replays: 3, tries: 1, attempts: { length: 4 } } });
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(heard).toHaveLength(4);
  });

  it('is called once when twenty people press the button', async () => {
    const { tell, deps, leadId, heard } = await aRoom();
    const done = begun(await tell(leadId));
    const outcomes = await times(20, () => replayDelivery(done, deps));
    expect(heard.length - 1).toBe(outcomes.filter(({ outcome }) => outcome === 'called').length);
    expect(outcomes.filter(({ outcome }) => outcome === 'unknown')).toEqual([]);
  });

  it('begins its schedule anew when it fails, and is left alone until it is over', async () => {
    const { tell, deps, answer, leadId, dueAt, clock } = await aRoom();
    const done = begun(await tell(leadId));
    answer(500);
    await replayDelivery(done, deps);
    expect(await dueAt(done)).toBe(new Date(clock.now + minuteMs).toISOString());
    expect(await replayDelivery(done, deps)).toMatchObject({ outcome: 'under-way' });
    expect(await replayDelivery({ leadId, deliveryId: 'none' }, deps)).toEqual({ outcome: 'unknown' });
  });
});
