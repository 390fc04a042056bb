import * as z from 'zod';
import type { Account } from '../leads/account.ts';
import { nextShowing } from '../leads/local-time.ts';
import type { Because } from './enrollment.ts';
import type { SendId } from './send.ts';
import { localDayOf, nextAllowed, type SendWindow } from './send-window.ts';

const Sent = z.object({
  day: z.iso.date(),
  sequence: z.string(),
  run: z.string(),
  step: z.number().int(),
  template: z.string(),
});

/**
 * The marketing e-mails of a lead's last days, by the lead's own calendar (`L#<lead>` / `F`). Every claim of one writes it on condition
 * that nobody else has: two sequences that are due at once cannot both take the day's last place (I-M5).
 */
export const Frequency = z.object({ sent: z.array(Sent), ver: z.number().int().nonnegative() });
export type Frequency = z.infer<typeof Frequency>;

export const nothingSent: Frequency = { sent: [], ver: 0 };

interface Capping {
  readonly account: Pick<Account, 'caps'>;
  readonly timeZone: string;
  readonly now: number;
}

/** Until when (epoch milliseconds) the caps leave no room for this e-mail, and which of them; null: there is room. */
export function capped(
  { sent }: Frequency,
  id: SendId,
  window: SendWindow,
  { account: { caps }, timeZone, now }: Capping,
): { readonly at: number; readonly because: Because } | null {
  const days = others(sent, id).map(({ day }) => day);
  const today = localDayOf(now, timeZone);
  const after = (day: string, by: number) => nextAllowed(startOfLocalDay(addDays(day, by), timeZone), timeZone, window);
  const lately = days.filter((day) => day > addDays(today, -7)).toSorted();
  if (lately.length >= caps.perWeek) {
    // There is room again seven days after the oldest of those that fill the week.
    const oldest = lately[lately.length - caps.perWeek] ?? today;
    return { at: after(oldest, 7), because: 'weekly-cap' };
  }
  if (days.filter((day) => day === today).length < caps.perDay) return null;
  return { at: after(today, 1), because: 'daily-cap' };
}

/** Has the lead had this very e-mail in the last eight days, by another step? Two sequences may bring the same one. */
export function hasHad(
  { sent }: Frequency,
  id: SendId & { readonly template: string },
  timeZone: string,
  now: number,
): boolean {
  return others(sent, id).some(({ template, day }) => template === id.template && isRecent(day, timeZone, now));
}

/** A day more than the caps need: a lead who moves around the world gains one. */
function isRecent(day: string, timeZone: string, now: number): boolean {
  return day >= addDays(localDayOf(now, timeZone), -8);
}

/** With this e-mail, and without what no cap looks at any more. */
export function withSent(
  { sent, ver }: Frequency,
  id: SendId & { readonly template: string },
  timeZone: string,
  now: number,
): Frequency {
  const today = localDayOf(now, timeZone);
  const { sequence, run, step, template } = id;
  const kept = others(sent, id).filter(({ day }) => isRecent(day, timeZone, now));
  return { sent: [...kept, { day: today, sequence, run, step, template }], ver: ver + 1 };
}

/** A message that is tried again stands in its own way no more than once. */
function others(sent: Frequency['sent'], { sequence, run, step }: SendId): Frequency['sent'] {
  return sent.filter((one) => one.sequence !== sequence || one.run !== run || one.step !== step);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function startOfLocalDay(day: string, timeZone: string): number {
  return nextShowing({ day, time: '00:00' }, timeZone);
}
