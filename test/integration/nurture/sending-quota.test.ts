import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendingQuotaStore } from '../../../functions/nurture/sending-quota.store.ts';
import {
  nextSlot,
  type SendingQuota,
  unused,
  withSesQuota,
  withSlot,
} from '../../../functions/nurture/sending-quota.ts';
import { testTables } from '../../support/dynamodb.ts';

const { leads } = await testTables({ stream: false });
const store = sendingQuotaStore(leads);
const start = Date.parse('2026-11-20T12:59:00.000Z');
const ses = { maxSendRate: 14, max24HourSend: -1, sent24Hour: 3 };
/** To a tenth of a millisecond: DynamoDB adds decimals, JavaScript does not. */
const rounded = (quota: SendingQuota | null) => quota && { ...quota, nextSlotAt: Math.round(quota.nextSlotAt * 10) };
const request = (purpose: 'marketing' | 'transactional', now: number) => {
  const day = new Date(now).toISOString().slice(0, 10);
  return { purpose, now, day, dayEndsAt: now + 60_000, warmUpLimit: null };
};

describe('the item that holds the slots', () => {
  it('is as DynamoDB adds to it what the decision says, whoever sees it as it no longer is', async () => {
    expect(await store.get()).toEqual(unused);
    let now = start;
    const step = fc.record({
      passedMs: fc.oneof(fc.nat(200), fc.nat(3 * 60 * 60_000)),
      purpose: fc.constantFrom('marketing' as const, 'transactional' as const),
      act: fc.constantFrom('take', 'take', 'take', 'take late', 'note', 'give back'),
    });
    const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      let model = await store.get();
      for (const { passedMs, purpose, act } of steps) {
        const slot = nextSlot(model, request(purpose, now));
        now += passedMs;
        if (act === 'note') {
          await store.note(model, ses, now);
          model = withSesQuota(model, ses, now);
        } else if (slot.outcome === 'take') {
          // Another worker was faster, or there was a pause in between.
          const before = act === 'take late' ? withSlot(model, slot) : model;
          if (act === 'take late') await store.take(slot);
          const after = before && withSlot(before, slot);
          expect(rounded(await store.take(slot))).toEqual(rounded(after));
          model = after ?? before ?? model;
          if (after && act === 'give back') {
            await store.giveBack(slot);
            model = await store.get();
            expect(model.sinceRead).toBe(after.sinceRead - 1);
          }
        }
        expect(rounded(await store.get())).toEqual(rounded(model));
      }
    });
    await fc.assert(property, { numRuns: 20 });
  }, 60_000);

  it('keeps the first of two answers of SES', async () => {
    const before = await store.get();
    await store.note(before, { ...ses, maxSendRate: 20 }, start);
    await store.note(before, { ...ses, maxSendRate: 30 }, start + 1);
    expect((await store.get()).ses?.maxSendRate).toBe(20);
  });
});
