import { localDay, nextDay, startOfDay } from '../leads/calendar.ts';
import { logFault } from '../runtime/log.ts';
import type { Send } from './send.ts';
import type { SendingQuotaStore } from './sending-quota.store.ts';
import {
  isFresh,
  type Later,
  lackOf,
  lateMs,
  nextSlot,
  type SendingQuota,
  type SesQuota,
  type SlotRequest,
} from './sending-quota.ts';
import type { SendingSwitchStore } from './sending-switch.store.ts';
import { letsThrough, type SendingSwitch } from './sending-switch.ts';
import { warmUpLimit } from './warm-up.ts';

type Purpose = Send['purpose'];

/** `go`: claim and send at once. `later`: not before `at` (epoch milliseconds). */
export type Admission =
  | { readonly outcome: 'go' }
  | { readonly outcome: 'later'; readonly at: number; readonly because: Later['because'] | 'paused' };

/** What every message passes before it is claimed, so that all workers together send no more than SES takes (I-M5). */
export interface SendingGate {
  admit(purpose: Purpose): Promise<Admission>;
}

export interface GateDeps {
  readonly quotas: SendingQuotaStore;
  readonly switches: Pick<SendingSwitchStore, 'get'>;
  readonly readSesQuota: () => Promise<SesQuota>;
  /** The account's, whose days the warm-up counts. */
  readonly timeZone: string;
  readonly warmUpFrom: string | undefined;
  readonly now: () => number;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** The claim itself checks the switch; a worker looks at it so seldom only to take no slots in vain. */
const switchFreshMs = 5_000;
const pausedMs = 5 * 60_000;
/** A worker that SES does not tell its quota asks again after this. */
const askAgainMs = 30_000;
/** So often a worker tries before it lets the message wait: others were faster each time, or the machine stands still. */
const attempts = 20;

/** One worker's gate. All take their slots from one item, which DynamoDB lets them do about a thousand times a second. */
export function sendingGate(deps: GateDeps): SendingGate {
  const { quotas, now, pause } = deps;
  let known: SendingQuota | null = null;
  let seen: { readonly at: number; readonly switched: SendingSwitch } | null = null;
  let askedInVainAt = Number.NEGATIVE_INFINITY;
  return { admit };

  async function admit(purpose: Purpose): Promise<Admission> {
    if (await isPaused(purpose)) return { outcome: 'later', at: now() + pausedMs, because: 'paused' };
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const slot = await take(purpose);
      if (typeof slot === 'object') return slot;
      if (slot > now()) await pause(Math.ceil(slot - now()));
      if (now() <= slot + lateMs) return { outcome: 'go' };
      // Missed: together with the next one it might be one too many in a second.
    }
    return { outcome: 'later', at: now(), because: 'rate' };
  }

  async function isPaused(purpose: Purpose): Promise<boolean> {
    if (!seen || now() - seen.at > switchFreshMs) seen = { at: now(), switched: await deps.switches.get() };
    // No sequence has an empty name: this asks about all of them.
    return !letsThrough(seen.switched, { purpose, sequence: '' });
  }

  /** A slot of this message's own. */
  async function take(purpose: Purpose): Promise<number | Later> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const request = requestOf(purpose);
      const slot = nextSlot(await freshQuota(), request);
      if (slot.outcome === 'later') {
        // The next message looks again: a quota may have been raised.
        known = null;
        return slot;
      }
      known = await quotas.take(slot);
      if (known === null) continue;
      // Others took theirs at the same moment: only the table knows who was one too many.
      const lack = lackOf(known, request, 0);
      if (lack === null) return known.nextSlotAt - slot.spacingMs;
      known = null;
      await quotas.giveBack(slot);
      return lack;
    }
    return { outcome: 'later', at: now(), because: 'rate' };
  }

  /** What is taken by now, with what SES allows as of the last ten minutes, or as it was when it could be asked. */
  async function freshQuota(): Promise<SendingQuota> {
    // Another worker may have asked since.
    const before = known && isFresh(known, now()) ? known : await quotas.get();
    if (isFresh(before, now()) || now() - askedInVainAt < askAgainMs) return before;
    try {
      await quotas.note(before, await deps.readSesQuota(), now());
    } catch (error) {
      logFault('send-quota-unread', error);
      askedInVainAt = now();
    }
    // Another worker may have asked, and been answered, at the same moment.
    return quotas.get();
  }

  function requestOf(purpose: Purpose): SlotRequest {
    const day = localDay(new Date(now()).toISOString(), deps.timeZone);
    return {
      ...{ purpose, now: now(), day },
      dayEndsAt: Date.parse(startOfDay(nextDay(day), deps.timeZone)),
      warmUpLimit: warmUpLimit(deps.warmUpFrom, day),
    };
  }
}
