import type { Account } from '../leads/account.ts';
import type { Because, Enrollment } from './enrollment.ts';
import { capped, type Frequency } from './frequency.ts';
import { nextAllowed } from './send-window.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** For so long after somebody has done something they are there, and an answer is welcome at any hour. */
const answerMs = 30 * minuteMs;
/** A walk of higher priority that brings an e-mail so soon goes first. */
const soonMs = 7 * dayMs;

export interface Surroundings {
  /** Every walk of the lead. */
  readonly walks: readonly Enrollment[];
  readonly frequency: Frequency;
  readonly account: Pick<Account, 'quietHours' | 'sendDays' | 'caps'>;
  readonly now: number;
}

/** Until when a walk's e-mail must wait, and for what; null: it may go now, as far as the lead is concerned (I-M5). */
export function holdBack(
  walk: Enrollment,
  { walks, frequency, account, now }: Surroundings,
): { readonly at: number; readonly because: Because } | null {
  const { timeZone } = walk;
  if (!isAnswer(walk, now)) {
    if (walks.some((other) => goesFirst(other, walk, now)))
      return { at: nextAllowed(now + dayMs, timeZone, account), because: 'priority' };
    const allowed = nextAllowed(now, timeZone, account);
    if (allowed > now) {
      const anyDay = nextAllowed(now, timeZone, { ...account, sendDays: everyDay });
      return { at: allowed, because: anyDay === allowed ? 'quiet-hours' : 'send-day' };
    }
  }
  return capped(frequency, walk, account, { account, timeZone, now });
}

const everyDay: Account['sendDays'] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Is this e-mail the answer to what the lead has done a moment ago? Nothing was waited for in between. */
function isAnswer({ begunAt, enrolledAt, plannedAt }: Enrollment, now: number): boolean {
  return plannedAt === enrolledAt && now - Date.parse(begunAt) < answerMs;
}

function goesFirst(other: Enrollment, walk: Enrollment, now: number): boolean {
  return (
    other.sequence !== walk.sequence &&
    other.priority > walk.priority &&
    other.status === 'active' &&
    other.because !== 'wait-for' &&
    other.because !== 'paused' &&
    other.dueAt !== null &&
    Date.parse(other.dueAt) < now + soonMs
  );
}
