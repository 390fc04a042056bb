import type { Handoff } from '../handoff/handoff.ts';
import { repOf, type Team } from '../handoff/team.ts';
import { calendarOf, workingMinutesBetween } from '../handoff/working-time.ts';
import { localTimeOf } from '../leads/local-time.ts';
import { handoffsText } from './handoffs-text.ts';
import { html, type Markup } from './markup.ts';
import { figure, type Reader } from './reader.ts';

/** How long there is still time to accept, or when somebody is looked for again. */
export interface TimeLeft {
  /** ISO. */
  readonly until: string;
  /** 0 or less when it is over. */
  readonly leftMs: number;
  /** Of the rep; `null` while nobody has it. */
  readonly workingMinutes: number | null;
  /** The clock on which it is told: the rep's, else the account's. */
  readonly timeZone: string;
}

/** What the clock of a hand-off says at `now` (epoch milliseconds); `null` where none runs. */
export function timeLeft(
  { status, dueAt, rep: id }: Pick<Handoff, 'status' | 'dueAt' | 'rep'>,
  {
    team,
    account,
    now,
  }: { readonly team: Team; readonly account: { readonly timeZone: string }; readonly now: number },
): TimeLeft | null {
  if (dueAt === null || (status !== 'assigned' && status !== 'queued')) return null;
  const untilMs = Date.parse(dueAt);
  const rep = repOf(team, id);
  return {
    until: dueAt,
    leftMs: untilMs - now,
    workingMinutes: rep && workingMinutesBetween(calendarOf(rep, team, account), now, untilMs),
    timeZone: rep?.timeZone ?? account.timeZone,
  };
}

const minuteMs = 60_000;
/** From here on seconds count, and the colour says so. */
const soonMs = 5 * minuteMs;

/**
 * `until 10:32 · 12 min left`. While every minute left is a working one, a script counts it down; else the working minutes stand,
 * for nobody counts down a weekend.
 */
export function clockText(left: TimeLeft, reader: Reader): Markup {
  const text = handoffsText[reader.language];
  if (left.workingMinutes === null)
    return html`<span class="faint">${text.lookedForAt} ${shownTime(left, reader)}</span>`;
  if (left.leftMs <= 0) return html`<strong class="left soon">${text.timeIsUp}</strong>`;
  const isRunning = left.leftMs - left.workingMinutes * minuteMs < 1000;
  const remains = isRunning
    ? html`<strong class="left ${left.leftMs < soonMs && 'soon'}" data-left="${Math.round(left.leftMs)}" data-over="${text.timeIsUp}"><span data-left-time>${minutesLeft(left.leftMs)}</span> ${text.minutesLeft}</strong>`
    : html`<strong class="left">${text.workingMinutesLeft(figure(Math.ceil(left.workingMinutes), reader))}</strong>`;
  return html`<span class="faint">${text.until} ${shownTime(left, reader)} ·</span> ${remains}`;
}

/** Whole minutes; in the last five the seconds too. The script that counts writes it the same way. */
function minutesLeft(ms: number): string {
  if (ms >= soonMs) return String(Math.floor(ms / minuteMs));
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A time of today, or of a weekday; with the zone's name where it is not the account's. */
function shownTime({ until, timeZone }: TimeLeft, reader: Reader): Markup {
  return html`<time datetime="${until}">${timeThere(Date.parse(until), timeZone, reader)}</time>`;
}

/** `10:32`, `Mon 09:20`, `Mon, 4 Jan, 09:20`; with the zone's name where it is not the account's. */
export function timeThere(atMs: number, timeZone: string, reader: Reader): string {
  const isToday = localTimeOf(atMs, timeZone).day === localTimeOf(reader.nowMs, timeZone).day;
  const isThisWeek = Math.abs(atMs - reader.nowMs) < 6 * 24 * 60 * minuteMs;
  return new Intl.DateTimeFormat(reader.language === 'en' ? 'en-GB' : reader.language, {
    ...{ timeZone, hour: '2-digit', minute: '2-digit' },
    ...(!isToday && { weekday: 'short' }),
    ...(!isToday && !isThisWeek && { day: 'numeric', month: 'short' }),
    ...(timeZone !== reader.timeZone && { timeZoneName: 'short' }),
  }).format(atMs);
}

/** `12 min`, `3 h 5 min`. */
export function duration(ms: number, reader: Pick<Reader, 'language'>): string {
  const minutes = Math.round(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${figure(minutes, reader)} min` : `${figure(hours, reader)} h ${minutes % 60} min`;
}
