import * as z from 'zod';
import type { Send } from './send.ts';

const hourMs = 60 * 60_000;

/** A message goes at its slot or at most so much later; after that the slot is given up. */
export const lateMs = 250;
/**
 * A slot that has passed so lately is still taken. Otherwise all workers of a fast account would want the same one, the present
 * instant, and get it one by one.
 */
const passedMs = 100;
/** By how much the clocks and timers of the workers may be off. */
const skewMs = 20;
/** A worker waits for a slot that is no further away than this: a claimed second of Lambda costs more than a knock. */
const longestWaitMs = 3_000;
/** What SES allows is asked for when it is older than this. It changes when AWS raises a quota, so seldom. */
const freshMs = 10 * 60_000;
/** Marketing waits this long when nobody knows what SES allows. */
const unknownMs = 5 * 60_000;
/** After this a message that was let go has reached SES, or its claim has ended. */
const underWayMs = 60_000;
/** A day's slots count for so long: an hour's are counted together, and its last one has to be a day old. */
const countedMs = 25 * hourMs;
/** The part of the day's quota that only mail somebody waits for may use. */
const reserve = 0.1;

/** What SES allows this account, as SES said it. */
export const SesQuota = z.object({
  /** Messages a second. */
  maxSendRate: z.number(),
  /** Messages in 24 hours; below zero: as many as one likes. */
  max24HourSend: z.number(),
  /** How many it counted in the last 24 hours, those of other senders of the account too. */
  sent24Hour: z.number(),
});
export type SesQuota = z.infer<typeof SesQuota>;

/** A new account's: assumed for mail that must not wait, as long as SES does not answer. */
const sandbox: SesQuota = { maxSendRate: 1, max24HourSend: 200, sent24Hour: 0 };

/** How much of SES's rate and of the day's quota is taken: one item for all workers. */
export const SendingQuota = z.object({
  ses: SesQuota.extend({ readAt: z.string() }).nullable(),
  /** The first slot that nobody has taken. Epoch milliseconds. */
  nextSlotAt: z.number(),
  /** Slots taken by hour (`2026-11-20T12`, UTC), of the last 25 hours. */
  hours: z.record(z.string(), z.number().int()),
  /** Slots taken since SES was asked. */
  sinceRead: z.number().int(),
  /** Slots that marketing has taken, by the account's local day. */
  marketing: z.record(z.string(), z.number().int()),
});
export type SendingQuota = z.infer<typeof SendingQuota>;

/** Before the first message. */
export const unused: SendingQuota = { ses: null, nextSlotAt: 0, hours: {}, sinceRead: 0, marketing: {} };

/** A message that wants to go. */
export interface SlotRequest {
  readonly purpose: Send['purpose'];
  readonly now: number;
  /** The account's local day, the instant it ends, and how many marketing messages may go on it (null: no limit). */
  readonly day: string;
  readonly dayEndsAt: number;
  readonly warmUpLimit: number | null;
}

/** Not now: come back at `at` (epoch milliseconds). */
export interface Later {
  readonly outcome: 'later';
  readonly at: number;
  readonly because: 'daily-quota' | 'warm-up' | 'rate';
}

/** A slot to be taken for one message, if the quota is still as it was seen. */
export interface SlotToTake {
  readonly outcome: 'take';
  readonly now: number;
  /** Between these it is worth taking. */
  readonly earliest: number;
  readonly latest: number;
  /** When SES said what the spacing follows from. */
  readonly readAt: string | null;
  readonly spacingMs: number;
  /** After others that were taken before? Else it is now, since nobody has sent for a while. */
  readonly inLine: boolean;
  /** Where it counts. By the hour in which SES has the message at the latest: a little longer, never a little less than a day. */
  readonly hour: string;
  /** The local day of a marketing message; null for others. */
  readonly day: string | null;
}

/**
 * The slot that a message should take, or until when it waits. One at a time: a worker sends one message after the other, so of a
 * block it would miss most, and each one missed is lost to the day.
 */
export function nextSlot(quota: SendingQuota, request: SlotRequest): SlotToTake | Later {
  const { purpose, now, day } = request;
  const marketing = purpose === 'marketing';
  // Fail closed: what is not known to be allowed is not sent.
  if (marketing && !isFresh(quota, now)) return { outcome: 'later', at: now + unknownMs, because: 'daily-quota' };
  const lack = lackOf(quota, request, 1);
  if (lack) return lack;
  const slot = Math.max(quota.nextSlotAt, now);
  const [earliest, latest] = [now - passedMs, now + longestWaitMs];
  if (slot > latest) return { outcome: 'later', at: slot, because: 'rate' };
  return {
    outcome: 'take',
    now,
    earliest,
    latest,
    readAt: quota.ses?.readAt ?? null,
    spacingMs: spacingMs(quota.ses ?? sandbox),
    inLine: quota.nextSlotAt >= earliest,
    hour: hourOf(slot + underWayMs),
    day: marketing ? day : null,
  };
}

/** Why `more` messages besides those counted cannot go today, or null. With 0: has the last one been one too many? */
export function lackOf(quota: SendingQuota, request: SlotRequest, more: number): Later | null {
  const { purpose, now, day, dayEndsAt, warmUpLimit } = request;
  const ses = quota.ses ?? sandbox;
  if (sent24Hours(quota, now) + more > dailyLimit(ses, purpose) || ses.maxSendRate <= 0)
    return { outcome: 'later', at: freeAt(quota, ses, request), because: 'daily-quota' };
  const today = quota.marketing[day] ?? 0;
  if (purpose === 'marketing' && warmUpLimit !== null && today + more > warmUpLimit)
    return { outcome: 'later', at: dayEndsAt, because: 'warm-up' };
  return null;
}

/** The quota when a slot is taken; null when it is no longer as it was seen. The store says the same to DynamoDB. */
export function withSlot(quota: SendingQuota, take: SlotToTake): SendingQuota | null {
  const { now, earliest, latest, readAt, spacingMs: spacing, inLine, hour, day } = take;
  if ((quota.ses?.readAt ?? null) !== readAt) return null;
  if (quota.nextSlotAt >= earliest !== inLine || quota.nextSlotAt > latest) return null;
  return {
    ...quota,
    nextSlotAt: (inLine ? quota.nextSlotAt : now) + spacing,
    hours: { ...quota.hours, [hour]: (quota.hours[hour] ?? 0) + 1 },
    sinceRead: quota.sinceRead + 1,
    marketing: day === null ? quota.marketing : { ...quota.marketing, [day]: (quota.marketing[day] ?? 0) + 1 },
  };
}

/** The quota with what SES has just said, and without the hours and days that count no more. */
export function withSesQuota(before: SendingQuota, ses: SesQuota, now: number): SendingQuota {
  const yesterday = new Date(now - 2 * countedMs).toISOString();
  return {
    ...before,
    ses: { ...ses, readAt: new Date(now).toISOString() },
    hours: recent(before, now),
    sinceRead: 0,
    marketing: Object.fromEntries(Object.entries(before.marketing).filter(([day]) => day > yesterday.slice(0, 10))),
  };
}

/** Is what SES allows known well enough to send by? */
export function isFresh({ ses }: Pick<SendingQuota, 'ses'>, now: number): boolean {
  return ses !== null && now - Date.parse(ses.readAt) < freshMs;
}

/**
 * How many messages count for the last 24 hours. By our own count, which has what is still on its way to SES, or by SES's, which has
 * what others send through the account: whichever is more.
 */
export function sent24Hours(quota: SendingQuota, now: number): number {
  const ours = sumOf(recent(quota, now));
  return Math.max(ours, (quota.ses?.sent24Hour ?? 0) + quota.sinceRead);
}

/**
 * Between two slots, in milliseconds. A message that is late by `lateMs` and one that is not are that much closer together than their
 * slots: with the tolerances added to the second, no second has more messages than SES takes (I-M5). To the microsecond, so that many
 * of them add up as they should.
 */
export function spacingMs({ maxSendRate }: Pick<SesQuota, 'maxSendRate'>): number {
  return Math.ceil((1_000 * (1_000 + lateMs + skewMs)) / maxSendRate) / 1_000;
}

function dailyLimit({ max24HourSend }: SesQuota, purpose: SlotRequest['purpose']): number {
  if (max24HourSend < 0) return Number.POSITIVE_INFINITY;
  return purpose === 'marketing' ? Math.floor(max24HourSend * (1 - reserve)) : max24HourSend;
}

/** When there may be room in the day again: an old hour of ours stops counting, or SES is asked anew. */
function freeAt(quota: SendingQuota, ses: SesQuota, { purpose, now }: SlotRequest): number {
  const limit = dailyLimit(ses, purpose);
  const hours = Object.entries(recent(quota, now)).sort(([a], [b]) => (a < b ? -1 : 1));
  let ours = sumOf(Object.fromEntries(hours));
  for (const [hour, count] of hours) {
    if (ours < limit) break;
    ours -= count;
    if (ours < limit) return countsUntil(hour);
  }
  return now + freshMs;
}

function recent({ hours }: SendingQuota, now: number): Record<string, number> {
  return Object.fromEntries(Object.entries(hours).filter(([hour]) => now < countsUntil(hour)));
}

function countsUntil(hour: string): number {
  return Date.parse(`${hour}:00:00.000Z`) + countedMs;
}

function hourOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 'yyyy-mm-ddThh'.length);
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
