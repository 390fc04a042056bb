import * as z from 'zod';
import { stableId } from '../leads/lead-id.ts';
import type { OutboundAnswer } from '../runtime/outbound.ts';

export const DeliveryStatus = z.enum(['pending', 'delivered', 'failed']);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** One call: what they answered, or why there was no answer. */
const Attempt = z.object({
  at: z.string(),
  ms: z.number(),
  status: z.number().optional(),
  error: z.string().optional(),
});

/**
 * Something about a hand-off on its way to another system: a rep's channel, or one that wants to know (`webhook`). Kept with the lead,
 * since its body tells of them. Times are ISO 8601 UTC.
 */
export const Delivery = z.object({
  deliveryId: z.string(),
  leadId: z.string(),
  handoffId: z.string(),
  /** A name of the playbook; its address is a secret. */
  endpoint: z.string(),
  channel: z.enum(['slack', 'teams', 'webhook']),
  purpose: z.enum(['notification', 'webhook']),
  what: z.string(),
  status: DeliveryStatus,
  /** The latest, oldest first. */
  attempts: z.array(Attempt),
  /** Calls since it began, or since a person had it sent again. */
  tries: z.number().int().nonnegative(),
  /** When to call, or, of a call that is being made, until when nobody else does. `null`: it is over. */
  nextAt: z.string().nullable(),
  /** The JSON text, the same in every call. */
  body: z.string(),
  createdAt: z.string(),
  deliveredAt: z.string().nullable(),
  /** How often a person had it sent again. */
  replays: z.number().int().nonnegative(),
  ver: z.number().int().positive(),
});
export type Delivery = z.infer<typeof Delivery>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What is waited before each further call. Standard Webhooks' own schedule, with a minute for its first seconds: we look once a minute. */
const webhookWaitsMs = [1, 5, 30, 120, 300, 600, 840, 1_200, 1_440].map((minutes) => minutes * minuteMs);
/** A rep's lead cools: after three minutes they are told in another way. */
const noticeWaitsMs = [minuteMs, 2 * minuteMs];
/** Whoever asks a rep's news to wait longer is asked no more: the rep is told in another way. */
const longestRetryAfterMs = { notification: 3 * minuteMs, webhook: hourMs };
const keptAttempts = 20;

/** As long as nobody else may make the call: longer than the call may take. */
export const leaseMs = minuteMs;
export const callTimeoutMs = 10_000;

/** Names a call: the same change to the same endpoint is one delivery. It is the `webhook-id` by which a receiver knows a repetition. */
export function deliveryIdOf(
  order: Pick<Delivery, 'handoffId' | 'what' | 'endpoint'> & { readonly key: string },
): string {
  return stableId('delivery', order.handoffId, order.key, order.what, order.endpoint);
}

/**
 * `impossible`: nothing was called, and nothing will be until somebody mends the secret; or ever, for what is not so any more
 * (`overtaken`).
 */
export type Called =
  | OutboundAnswer
  | {
      readonly outcome: 'impossible';
      readonly reason: 'unknown-endpoint' | 'unreadable-endpoint' | 'no-secret' | 'overtaken';
    };

/** The delivery after a call that began at `startedAt` and ended at `now`, both epoch milliseconds. */
export function afterCall(delivery: Delivery, called: Called, startedAt: number, now: number): Delivery {
  const tries = delivery.tries + 1;
  const attempt = { at: iso(startedAt), ms: Math.max(0, now - startedAt), ...said(called) };
  const tried = {
    ...delivery,
    tries,
    attempts: [...delivery.attempts, attempt].slice(-keptAttempts),
    ver: delivery.ver + 1,
  };
  if (called.outcome === 'answered' && called.status >= 200 && called.status < 300)
    return { ...tried, status: 'delivered', nextAt: null, deliveredAt: iso(now) };
  const askedMs = retryAfterMs(called, now);
  const waitMs = isHopeless(delivery, called, askedMs) ? undefined : waitsOf(delivery)[tries - 1];
  if (waitMs === undefined) return { ...tried, status: 'failed', nextAt: null };
  return { ...tried, nextAt: iso(now + Math.max(waitMs, Math.min(askedMs, longestRetryAfterMs[delivery.purpose]))) };
}

function said(called: Called): { readonly status?: number; readonly error?: string } {
  return called.outcome === 'answered' ? { status: called.status } : { error: called.reason };
}

function waitsOf({ purpose }: Delivery): readonly number[] {
  return purpose === 'notification' ? noticeWaitsMs : webhookWaitsMs;
}

/** Would another call be answered the same? A rep's channel that does not take it today is not waited for. */
function isHopeless({ purpose, channel }: Delivery, called: Called, askedMs: number): boolean {
  if (purpose === 'notification' && askedMs > longestRetryAfterMs.notification) return true;
  if (called.outcome === 'refused' || called.outcome === 'impossible') return true;
  if (called.outcome === 'failed') {
    // Slack and Teams know no repetition by its id: nobody is to read the same twice there.
    if (channel !== 'webhook' && called.mayHaveArrived) return true;
    return called.reason === 'redirect' && purpose === 'notification';
  }
  if (called.status === 410) return true;
  const mayPass = called.status === 408 || called.status === 425 || called.status === 429;
  return purpose === 'notification' && called.status >= 400 && called.status < 500 && !mayPass;
}

/** How long they ask us to wait (RFC 9110 § 10.2.3): seconds, or a date. */
function retryAfterMs(called: Called, now: number): number {
  const asked = called.outcome === 'answered' ? called.retryAfter : undefined;
  if (asked === undefined) return 0;
  const ms = /^\d{1,9}$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}

/** A person has it sent again: as if for the first time, under the same id, and in the hand of whoever reopens it. */
export function reopened(delivery: Delivery, now: number): Delivery {
  const { replays, ver } = delivery;
  return { ...delivery, status: 'pending', tries: 0, nextAt: iso(now + leaseMs), replays: replays + 1, ver: ver + 1 };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
