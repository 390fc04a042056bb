import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextSlot,
  type SendingQuota,
  type SesQuota,
  type SlotRequest,
  sent24Hours,
  spacingMs,
  unused,
  withSesQuota,
  withSlot,
} from '../../../functions/nurture/sending-quota.ts';

const now = Date.parse('2026-11-20T12:30:00.000Z');
const hourMs = 60 * 60_000;
const production: SesQuota = { maxSendRate: 14, max24HourSend: 50_000, sent24Hour: 0 };
const sandbox: SesQuota = { maxSendRate: 1, max24HourSend: 200, sent24Hour: 0 };
const known = (ses: SesQuota, at = now) => withSesQuota(unused, ses, at);
const request = (given: Partial<SlotRequest> = {}): SlotRequest => ({
  ...{ purpose: 'marketing', now, day: '2026-11-20', dayEndsAt: now + 11 * hourMs, warmUpLimit: null },
  ...given,
});

/** A slot taken at once, or why there is none. */
function takeSlot(quota: SendingQuota, wanted: SlotRequest) {
  const slot = nextSlot(quota, wanted);
  if (slot.outcome === 'later') return slot;
  const after = withSlot(quota, slot);
  if (!after) throw new Error('nobody else has taken a slot');
  return { outcome: 'taken', slot: after.nextSlotAt - slot.spacingMs, after } as const;
}

/** Takes `count` slots one request after the other, at the same instant; slots beyond the wait are asked for later. */
function taken(count: number, quota: SendingQuota, given: Partial<SlotRequest> = {}): SendingQuota {
  let current = quota;
  let at = given.now ?? now;
  for (let n = 0; n < count; n++) {
    const answer = takeSlot(current, request({ ...given, now: at }));
    if (answer.outcome === 'later') throw new Error(`only ${n} slots: ${answer.because}`);
    current = answer.after;
    at = Math.max(at, current.nextSlotAt - 1_000);
  }
  return current;
}

describe('a slot', () => {
  it('comes after the one before at the pace SES allows, with a margin for a late message', () => {
    const first = takeSlot(known(production), request());
    expect(first).toMatchObject({ outcome: 'taken', slot: now });
    const second = takeSlot(taken(1, known(production)), request());
    expect(second).toMatchObject({ slot: now + spacingMs(production) });
    expect(spacingMs(production)).toBeGreaterThan(1_000 / 14);
  });

  it('is not waited for longer than three seconds', () => {
    const ahead = { ...known(production), nextSlotAt: now + 3_001 };
    expect(takeSlot(ahead, request())).toEqual({ outcome: 'later', at: now + 3_001, because: 'rate' });
  });
});

describe('the quota of a day', () => {
  it('keeps the last tenth for mail that somebody waits for', () => {
    const full = taken(180, known(sandbox));
    const later = full.nextSlotAt;
    expect(takeSlot(full, request({ now: later }))).toMatchObject({ outcome: 'later', because: 'daily-quota' });
    const rest = taken(20, full, { purpose: 'transactional', now: later });
    expect(takeSlot(rest, request({ purpose: 'team', now: rest.nextSlotAt }))).toMatchObject({ outcome: 'later' });
  });

  it('is free again when its first hour is a day old, and says when', () => {
    const full = taken(180, known(sandbox));
    const refused = takeSlot(full, request({ now: full.nextSlotAt }));
    const at = Date.parse('2026-11-21T13:00:00.000Z');
    expect(refused).toMatchObject({ at });
    const tomorrow = withSesQuota(full, { ...sandbox, sent24Hour: 0 }, at);
    expect(takeSlot(tomorrow, request({ now: at })).outcome).toBe('taken');
    expect(sent24Hours(full, at - 1)).toBe(180);
    expect(tomorrow.hours).toEqual({});
  });

  it('counts what others send through the account, and looks again in ten minutes', () => {
    const others = known({ ...sandbox, sent24Hour: 179 });
    const last = taken(1, others);
    expect(takeSlot(last, request())).toEqual({ outcome: 'later', at: now + 10 * 60_000, because: 'daily-quota' });
  });

  it('has no end where SES knows none', () => {
    expect(sent24Hours(taken(1_000, known({ ...production, max24HourSend: -1 })), now)).toBe(1_000);
  });

  it('sends no marketing while nobody knows it, and what must not wait as a new account may', () => {
    const unknown = { outcome: 'later', at: now + 5 * 60_000, because: 'daily-quota' };
    expect(takeSlot(unused, request())).toEqual(unknown);
    expect(takeSlot(known(production, now - 10 * 60_000), request())).toEqual(unknown);
    const answer = takeSlot(unused, request({ purpose: 'transactional' }));
    expect(answer).toMatchObject({ outcome: 'taken', after: { nextSlotAt: now + spacingMs(sandbox) } });
  });
});

it('a new domain sends so many a day and then waits for the next, but not with what somebody waits for', () => {
  const begun = taken(50, known(production), { warmUpLimit: 50 });
  const at = begun.nextSlotAt;
  const answer = takeSlot(begun, request({ now: at, warmUpLimit: 50 }));
  expect(answer).toEqual({ outcome: 'later', at: now + 11 * hourMs, because: 'warm-up' });
  expect(takeSlot(begun, request({ now: at, purpose: 'team', warmUpLimit: 50 })).outcome).toBe('taken');
  expect(takeSlot(begun, request({ now: at, day: '2026-11-21', warmUpLimit: 100 })).outcome).toBe('taken');
});

it('I-M5 has at most the day’s quota in any 24 hours, whatever comes when', () => {
  const gaps = fc.array(fc.tuple(fc.nat(3 * hourMs), fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 40 }), (bursts, max24HourSend) => {
      const ses = { maxSendRate: 10, max24HourSend, sent24Hour: 0 };
      const sent: number[] = [];
      let at = now;
      let quota = known(ses);
      for (const [gap, wanted] of bursts) {
        at += gap;
        for (let n = 0; n < wanted; n++) {
          const sentBySes = sent.filter((one) => one > at - 24 * hourMs && one <= at).length;
          quota = withSesQuota(quota, { ...ses, sent24Hour: sentBySes }, at);
          const answer = takeSlot(quota, request({ now: at, purpose: 'transactional' }));
          if (answer.outcome === 'later') break;
          sent.push(answer.slot + 250);
          quota = answer.after;
        }
      }
      for (const one of sent)
        expect(sent.filter((other) => other >= one && other < one + 24 * hourMs).length).toBeLessThanOrEqual(
          max24HourSend,
        );
    }),
  );
});
