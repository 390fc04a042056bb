import * as z from 'zod';
import { MessageRequested, SendUnresolved, StepDue } from '../leads/bus-event.ts';
import { skewMs } from '../leads/clock-skew.ts';
import { colleagueId } from '../leads/colleague-id.ts';
import type { Due } from '../leads/due-item.ts';
import { toEvent } from '../runtime/publish.ts';

/** A claim is this worker's alone for so long; nobody else sends, and an unsubscribe waits for its end. */
const leaseMs = 8_000;
/** How long SES may take to answer. The call is made only while so much of the lease is left. */
export const requestTimeoutMs = 5_000;
/** How long SES's own `Send` event may take to prove that a call without an answer was accepted after all. */
const horizonMs = 15 * 60_000;
/** What SES refuses to take for so long is given up. */
const expiryMs = 3 * 24 * 60 * 60_000;

export const SendStatus = z.enum(['claimed', 'retry', 'sent', 'suppressed', 'failed', 'unconfirmed', 'cancelled']);
export type SendStatus = z.infer<typeof SendStatus>;

/** Why we write: `marketing` needs the consent; `transactional` was asked for by the lead; `team` goes to a colleague. */
export const SendPurpose = z.enum(['marketing', 'transactional', 'team']);

/** One message to bring, whoever asked for it: a step of a sequence, or another room by `MessageRequested`. */
export const Order = MessageRequested.detail.extend({ purpose: SendPurpose, variant: z.string().optional() });
export type Order = z.infer<typeof Order>;

export type SendId = Pick<Order, 'leadId' | 'sequence' | 'run' | 'step'>;

/**
 * Whose "no" counts for this message, as the key of a suppression: the lead's, or a colleague's own, by their address. Both get a
 * link to say it (I-M4).
 */
export function recipientId({ to, leadId }: Pick<Order, 'to' | 'leadId'>): string {
  return to.kind === 'team' ? colleagueId(to.email) : leadId;
}

/** The record of one send (`L#<lead>` / `X#<sequence>#<run>#<step>`): written before SES is called, so that nothing goes out twice. */
export const Send = z.object({
  leadId: z.string(),
  sequence: z.string(),
  run: z.string(),
  step: z.number().int(),
  status: SendStatus,
  template: z.string(),
  /** Which of an A/B test's variants this is. */
  variant: z.string().optional(),
  purpose: SendPurpose,
  /** Whose claim it is; SES repeats it in every event about the message. */
  token: z.string(),
  leaseUntil: z.string(),
  attempts: z.number().int(),
  firstAt: z.string(),
  at: z.string(),
  /** Not before this instant, while `retry`. */
  retryAt: z.string().optional(),
  messageId: z.string().optional(),
  reason: z.string().optional(),
  /** An unknown outcome was answered by one more try (`atLeastOnce`). */
  resent: z.boolean(),
  /** What to send, kept only until the record is final: it may hold what a person told us. */
  order: Order.optional(),
});
export type Send = z.infer<typeof Send>;

/** What SES made of a call. `unknown`: it may or may not have been accepted, so it is never simply tried again. */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | { readonly outcome: 'not-sent'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

/** The statuses of a record that nothing changes any more, but for late proof that a message did go out. */
const final: readonly SendStatus[] = ['sent', 'suppressed', 'failed', 'unconfirmed', 'cancelled'];

export function isFinal({ status }: Pick<Send, 'status'>): boolean {
  return final.includes(status);
}

/** Should a person look at it? Nobody can tell whether it went out, or it could not be sent at all (I-M3). */
export function isTrouble({ status }: Pick<Send, 'status'>): boolean {
  return status === 'unconfirmed' || status === 'failed';
}

/** May a worker that was told to send claim it? Not what is final, nor somebody's claim, nor a retry before its time. */
export function mayClaim(before: Send | null, now: number): boolean {
  if (before === null) return true;
  return before.status === 'retry' && Date.parse(before.retryAt ?? before.at) <= now;
}

/** The record as this worker's own. */
export function claim(before: Send | null, order: Order, token: string, now: number): Send {
  const { leadId, sequence, run, step, template, purpose, variant } = order;
  return {
    ...{ leadId, sequence, run, step, template, purpose, token, order },
    ...(variant !== undefined && { variant }),
    status: 'claimed',
    leaseUntil: iso(now + leaseMs),
    attempts: (before?.attempts ?? 0) + 1,
    firstAt: before?.firstAt ?? iso(now),
    at: iso(now),
    resent: before?.resent ?? false,
  };
}

/** Is there time for one call to SES before the lease ends? A worker that paused too long must let go instead (I-C1). */
export function hasTimeToSend({ leaseUntil }: Send, now: number): boolean {
  return now + requestTimeoutMs <= Date.parse(leaseUntil);
}

/** The claim after SES's answer. `unknown` leaves it claimed: only evidence, or the horizon, decides. */
export function afterOutcome(send: Send, outcome: SendOutcome, now: number): Send {
  switch (outcome.outcome) {
    case 'accepted':
      return finished(send, 'sent', now, { messageId: outcome.messageId });
    case 'refused':
      return finished(send, 'failed', now, { reason: outcome.reason });
    case 'not-sent':
      if (isExpired(send, now)) return finished(send, 'failed', now, { reason: outcome.reason });
      return {
        ...send,
        status: 'retry',
        at: iso(now),
        retryAt: iso(now + backOffMs(send.attempts)),
        reason: outcome.reason,
      };
    case 'unknown':
      return { ...send, reason: outcome.reason };
  }
}

/** Half a minute, doubled each time, at most an hour. */
export function backOffMs(attempts: number): number {
  return Math.min(60 * 60_000, 30_000 * 2 ** (attempts - 1));
}

/** The claim given back without a call, for as long as one is worth making. */
export function released(send: Send, now: number): Send {
  if (isExpired(send, now)) return finished(send, 'failed', now, { reason: 'lease-too-short' });
  return { ...send, status: 'retry', at: iso(now), retryAt: iso(now), reason: 'lease-too-short' };
}

/** The record before its first claim, or between two: not to be claimed before `retryAt` (epoch milliseconds), and why. */
export function postponed(before: Send | null, order: Order, retryAt: number, reason: string, now: number): Send {
  const send = before ?? { ...claim(null, order, 'none', now), attempts: 0 };
  // As long as SES has refused nothing, how long it may counts from then.
  const firstAt = send.attempts === 0 ? iso(retryAt) : send.firstAt;
  return { ...send, order, status: 'retry', at: iso(now), firstAt, retryAt: iso(retryAt), reason };
}

/** The record in its final state; what was to be sent is not kept. */
export function finished(
  { order, retryAt, reason, ...send }: Send,
  status: SendStatus,
  now: number,
  more: Partial<Pick<Send, 'messageId' | 'reason'>> = {},
): Send {
  return { ...send, status, at: iso(now), ...more };
}

/** Has a claim waited long enough for evidence? */
export function isUnresolved({ status, leaseUntil }: Send, now: number): boolean {
  return status === 'claimed' && now >= Date.parse(leaseUntil) + horizonMs;
}

/** Is it too late to bring this at all? */
export function isExpired({ firstAt }: Pick<Send, 'firstAt'>, now: number): boolean {
  return now - Date.parse(firstAt) >= expiryMs;
}

/** May an unknown outcome be answered by sending again? Once, in time, and only what must arrive rather than arrive once. */
export function mayResend(send: Send, now: number): boolean {
  return send.order?.policy === 'atLeastOnce' && !send.resent && !isExpired(send, now);
}

/** An unknown outcome, to be tried once more. */
export function again(send: Send, now: number): Send {
  return { ...send, status: 'retry', at: iso(now), retryAt: iso(now), resent: true };
}

/** What a record that is given up has come to: once it may have gone out, that it does not go again tells nothing. */
export function givenUp(
  { resent }: Pick<Send, 'resent'>,
  otherwise: 'cancelled' | 'suppressed' | 'failed',
): SendStatus {
  return resent ? 'unconfirmed' : otherwise;
}

/** Until when an unsubscribe must wait for this claim: after that, its worker no longer calls SES. Epoch milliseconds, 0: not at all. */
export function fenceOf({ status, purpose, leaseUntil }: Send): number {
  return status === 'claimed' && purpose !== 'team' ? Date.parse(leaseUntil) + 2 * skewMs : 0;
}

/** What must happen if nobody touches this record any more; null once it is final. */
export function dueOf({ leadId, sequence, run, step, status, leaseUntil, retryAt, order, at }: Send): Due | null {
  const id = { leadId, sequence, run, step };
  if (status === 'claimed')
    return { dueAt: iso(Date.parse(leaseUntil) + horizonMs), event: toEvent(SendUnresolved, id) };
  if (status !== 'retry') return null;
  if (!order) throw new Error('a send to be tried again has its order');
  const { purpose, variant, ...request } = order;
  return {
    dueAt: retryAt ?? at,
    event: purpose === 'marketing' ? toEvent(StepDue, id) : toEvent(MessageRequested, request),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
