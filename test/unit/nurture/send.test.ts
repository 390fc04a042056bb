import { describe, expect, it } from 'vitest';
import {
  afterOutcome,
  backOffMs,
  claim,
  dueOf,
  fenceOf,
  finished,
  hasTimeToSend,
  isUnresolved,
  mayClaim,
  mayResend,
  Order,
  released,
} from '../../../functions/nurture/send.ts';
import { outcomeOf } from '../../../functions/nurture/ses.ts';
import { monday } from '../../support/lead.ts';
import { dayMs } from '../../support/nurture.ts';

const now = Date.parse(monday);
const order = Order.parse({
  leadId: 'lead-ana',
  sequence: 'welcome',
  run: 'r1',
  step: 1,
  template: 'welcome-1',
  language: 'en',
  to: { kind: 'lead' },
  data: {},
  policy: 'atMostOnce',
  purpose: 'marketing',
});
const claimed = claim(null, order, 'token-1', now);

describe('a claim', () => {
  it('I-C1 lasts eight seconds, and SES is called only while five are left', () => {
    expect(hasTimeToSend(claimed, now + 3_000)).toBe(true);
    expect(hasTimeToSend(claimed, now + 3_001)).toBe(false);
  });

  it('is nobody else’s, and what is final is never claimed again', () => {
    expect(mayClaim(null, now)).toBe(true);
    expect(mayClaim(claimed, now + dayMs)).toBe(false);
    for (const status of ['sent', 'suppressed', 'failed', 'unconfirmed', 'cancelled'] as const)
      expect(mayClaim(finished(claimed, status, now), now)).toBe(false);
  });

  it('I-C1 holds up an unsubscribe until its lease and twice the skew have passed; a colleague’s mail does not', () => {
    expect(fenceOf(claimed)).toBe(now + 11_500);
    expect(fenceOf({ ...claimed, purpose: 'team' })).toBe(0);
    expect(fenceOf(finished(claimed, 'sent', now))).toBe(0);
  });

  it('I-M2 is cleared up a quarter of an hour after its lease', () => {
    expect(dueOf(claimed)).toMatchObject({
      dueAt: '2026-03-02T09:15:08.000Z',
      event: { detailType: 'SendUnresolved' },
    });
    expect(isUnresolved(claimed, now + 908_000)).toBe(true);
    expect(isUnresolved(claimed, now + 907_999)).toBe(false);
  });
});

describe('what SES answered', () => {
  it('sent is final and keeps nothing of the order', () => {
    const sent = afterOutcome(claimed, { outcome: 'accepted', messageId: 'm1' }, now);
    expect(sent).toMatchObject({ status: 'sent', messageId: 'm1' });
    expect(sent.order).toBeUndefined();
    expect(dueOf(sent)).toBeNull();
  });

  it('I-M2 not sent is tried again, later each time, for three days', () => {
    const again = afterOutcome(claimed, { outcome: 'not-sent', reason: 'Throttling' }, now);
    expect(again).toMatchObject({ status: 'retry', retryAt: '2026-03-02T09:00:30.000Z' });
    expect(mayClaim(again, now + 29_999)).toBe(false);
    expect(mayClaim(again, now + 30_000)).toBe(true);
    expect(dueOf(again)?.event.detailType).toBe('StepDue');
    expect([1, 2, 3, 8, 50].map(backOffMs)).toEqual([30_000, 60_000, 120_000, 3_600_000, 3_600_000]);
    const late = afterOutcome(claimed, { outcome: 'not-sent', reason: 'Throttling' }, now + 3 * dayMs);
    expect(late).toMatchObject({ status: 'failed', reason: 'Throttling' });
  });

  it('I-M1 unknown stays claimed: it is not tried again', () => {
    const unknown = afterOutcome(claimed, { outcome: 'unknown', reason: 'ECONNRESET' }, now);
    expect(unknown.status).toBe('claimed');
    expect(mayResend(unknown, now)).toBe(false);
  });

  it('only what must arrive is sent again, and once', () => {
    const asset = claim(null, { ...order, policy: 'atLeastOnce', purpose: 'transactional' }, 'token-1', now);
    expect(mayResend(asset, now)).toBe(true);
    expect(mayResend({ ...asset, resent: true }, now)).toBe(false);
    expect(dueOf(released(asset, now))?.event.detailType).toBe('MessageRequested');
  });

  it.each([
    [{ name: 'Throttling', $metadata: { httpStatusCode: 400 } }, 'not-sent'],
    [{ name: 'AccountSendingPausedException', $metadata: { httpStatusCode: 400 } }, 'not-sent'],
    [{ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }, 'not-sent'],
    [{ name: 'Error', code: 'ECONNREFUSED' }, 'not-sent'],
    [{ name: 'Error', code: 'ENOTFOUND' }, 'not-sent'],
    [{ name: 'CredentialsProviderError' }, 'not-sent'],
    [{ name: 'MessageRejected', $metadata: { httpStatusCode: 400 } }, 'refused'],
    [{ name: 'InvalidParameterValue', $metadata: { httpStatusCode: 400 } }, 'refused'],
    [{ name: 'Error', code: 'ECONNRESET' }, 'unknown'],
    [{ name: 'Error', code: 'EPIPE' }, 'unknown'],
    [{ name: 'TimeoutError' }, 'unknown'],
    [{ name: 'AbortError' }, 'unknown'],
    [{ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } }, 'unknown'],
    [{ name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }, 'unknown'],
    ['a string', 'unknown'],
    [null, 'unknown'],
  ])('I-M1 %j proves: %s', (error, outcome) => {
    expect(outcomeOf(error).outcome).toBe(outcome);
  });
});
