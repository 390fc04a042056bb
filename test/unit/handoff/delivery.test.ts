import { describe, expect, it } from 'vitest';
import {
  afterCall,
  type Called,
  callTimeoutMs,
  Delivery,
  deliveryIdOf,
  leaseMs,
  reopened,
} from '../../../functions/handoff/delivery.ts';
import { monday } from './a-qualified-lead.ts';

const now = Date.parse(monday);
const iso = (ms: number) => new Date(ms).toISOString();

function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return Delivery.parse({
    ...{ deliveryId: 'delivery', leadId: 'abcdefgh', handoffId: 'abcdefgh.1', endpoint: 'crm', channel: 'webhook' },
    ...{ purpose: 'webhook', what: 'handoff.assigned', status: 'pending', attempts: [], tries: 0 },
    ...{ nextAt: iso(now + leaseMs), body: '{}', createdAt: monday, deliveredAt: null, replays: 0, ver: 1 },
    ...given,
  });
}

const answered = (status: number, retryAfter?: string): Called => ({
  outcome: 'answered',
  ...{ status, body: '' },
  ...(retryAfter !== undefined && { retryAfter }),
});
const failed = (reason: 'timeout' | 'redirect' | 'reset'): Called => ({
  outcome: 'failed',
  reason,
  mayHaveArrived: true,
});

/** Minutes until the next call, or how it ended. */
function minutesAfter(called: Called, given: Partial<Delivery> = {}): number | string {
  const { status, nextAt } = afterCall(aDelivery(given), called, now - 40, now);
  return nextAt === null ? status : (Date.parse(nextAt) - now) / 60_000;
}

const minutesOf = (given: Partial<Delivery>) =>
  Array.from({ length: 11 }, (_, tries) => minutesAfter(answered(500), { tries, ...given }));

describe('a delivery after a call', () => {
  it('is over when it was taken', () => {
    const after = afterCall(aDelivery(), answered(204), now - 40, now);
    expect(after).toMatchObject({ status: 'delivered', nextAt: null, deliveredAt: monday, tries: 1, ver: 2 });
    expect(after.attempts).toEqual([{ at: iso(now - 40), ms: 40, status: 204 }]);
  });

  it('is made again for three days, and then given up', () => {
    const waits = minutesOf({});
    expect(waits).toEqual([1, 5, 30, 120, 300, 600, 840, 1200, 1440, 'failed', 'failed']);
    const days = waits.reduce((sum: number, wait) => sum + (typeof wait === 'number' ? wait : 0), 0) / 1440;
    expect(days).toBeGreaterThan(3);
  });

  it('of a rep’s news is given up after three minutes: a lead cools', () => {
    expect(minutesOf({ purpose: 'notification' }).slice(0, 4)).toEqual([1, 2, 'failed', 'failed']);
  });

  it.each([
    // what was answered, then: to another system, to a rep's channel
    [answered(199), 1, 1],
    [answered(400), 1, 'failed'],
    [answered(401), 1, 'failed'],
    [answered(404), 1, 'failed'],
    [answered(408), 1, 1],
    [answered(410), 'failed', 'failed'],
    [answered(425), 1, 1],
    [answered(429), 1, 1],
    [answered(500), 1, 1],
    [answered(503), 1, 1],
    [failed('timeout'), 1, 1],
    [failed('reset'), 1, 1],
    [failed('redirect'), 1, 'failed'],
    [{ outcome: 'refused', reason: 'private-address' } as const, 'failed', 'failed'],
    [{ outcome: 'impossible', reason: 'unknown-endpoint' } as const, 'failed', 'failed'],
    [{ outcome: 'impossible', reason: 'no-secret' } as const, 'failed', 'failed'],
  ])('%j: in minutes, or how it ends', (called, webhook, notification) => {
    expect([minutesAfter(called), minutesAfter(called, { purpose: 'notification' })]).toEqual([webhook, notification]);
  });

  it('of a channel that knows no repetition is not made again when it may have arrived', () => {
    const next = (channel: Delivery['channel'], mayHaveArrived: boolean) =>
      minutesAfter({ outcome: 'failed', reason: 'timeout', mayHaveArrived }, { channel, purpose: 'notification' });
    expect([next('slack', true), next('teams', true), next('webhook', true)]).toEqual(['failed', 'failed', 1]);
    expect([next('slack', false), next('teams', false)]).toEqual([1, 1]);
  });

  it.each([
    // Retry-After, and the minutes to another system, to a rep's channel
    ['0', 1, 1],
    ['30', 1, 1],
    ['120', 2, 2],
    ['180', 3, 3],
    ['181', 181 / 60, 'failed'],
    ['1800', 30, 'failed'],
    ['86400', 60, 'failed'],
    ['99999999999999999999', 1, 1],
    ['-5', 1, 1],
    ['soon', 1, 1],
    ['Mon, 02 Mar 2026 12:10:00 GMT', 10, 'failed'],
    ['Mon, 02 Mar 2020 12:10:00 GMT', 1, 1],
  ])('waits as long as it was asked to, an hour at most: %s', (retryAfter, webhook, notification) => {
    const called = answered(429, retryAfter);
    expect([minutesAfter(called), minutesAfter(called, { purpose: 'notification' })]).toEqual([webhook, notification]);
  });

  it('never waits less than the schedule says', () => {
    expect(minutesAfter(answered(503, '60'), { tries: 3 })).toBe(120);
  });

  it('keeps its last twenty calls', () => {
    const attempts = Array.from({ length: 20 }, (_, n) => ({ at: iso(now - 1000 + n), ms: 1, status: 500 }));
    const after = afterCall(aDelivery({ attempts }), failed('timeout'), now, now);
    expect(after.attempts).toHaveLength(20);
    expect(after.attempts.at(-1)).toEqual({ at: monday, ms: 0, error: 'timeout' });
  });
});

it('is in one hand for longer than a call may take', () => {
  expect(leaseMs).toBeGreaterThan(2 * callTimeoutMs);
});

it('begins its schedule anew when a person has it sent again, under its id and in their hand', () => {
  const over = aDelivery({ status: 'failed', tries: 10, nextAt: null, ver: 12 });
  const again = reopened(over, now);
  expect(again).toEqual({ ...over, status: 'pending', tries: 0, nextAt: iso(now + leaseMs), replays: 1, ver: 13 });
});

describe('the id of a delivery', () => {
  const order = { handoffId: 'abcdefgh.1', key: 'crm#1', what: 'handoff.assigned', endpoint: 'crm' };

  it('is the same for the same change to the same endpoint, and another for any other', () => {
    const others = [
      order,
      { ...order, handoffId: 'abcdefgh.2' },
      { ...order, key: 'crm#2' },
      { ...order, what: 'handoff.won' },
      { ...order, endpoint: 'board' },
    ];
    expect(deliveryIdOf({ ...order })).toBe(deliveryIdOf(order));
    expect(new Set(others.map(deliveryIdOf)).size).toBe(others.length);
  });

  it('is a webhook-id as Standard Webhooks want it: no dot, which parts what is signed', () => {
    expect(deliveryIdOf(order)).toMatch(/^[a-z2-7]+$/);
  });
});
