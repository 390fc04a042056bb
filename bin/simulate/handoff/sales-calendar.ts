import type { Rep, Team } from '../../../functions/handoff/team.ts';
import { timeZone } from '../models.ts';

// Zones whose clocks never change: what they show is a sum, and nobody has to believe the code that is being checked.
const offsetMinutes: Readonly<Record<string, number>> = { 'America/Sao_Paulo': -180, 'Asia/Tokyo': 540, UTC: 0 };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const minuteMs = 60_000;
// Hours begin and end at full ten minutes here.
const strideMs = 10 * minuteMs;

export type AwayReason = 'leave' | 'holiday' | 'hours';

/** The day at an instant by the clock of a rep: 2026-03-02. */
export function dayOf(rep: Pick<Rep, 'timeZone'> | null, atMs: number): string {
  return shown(rep?.timeZone, atMs).slice(0, 10);
}

/** Why a rep is not there at an instant, by arithmetic alone. */
export function awayReason(rep: Rep, { holidays }: Team, atMs: number): AwayReason | null {
  const text = shown(rep.timeZone, atMs);
  const [day, time] = [text.slice(0, 10), text.slice(11, 16)];
  if (rep.leave?.some(({ from, until }) => from <= day && day <= until)) return 'leave';
  const calendar = holidays.find(({ id }) => id === rep.holidays);
  if (calendar?.days.some((holiday) => holiday.day === day)) return 'holiday';
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()];
  const isThere =
    rep.workingHours?.some(
      ({ days, from, to }) => days.some((each) => each === weekday) && from <= time && time < to,
    ) ?? true;
  return isThere ? null : 'hours';
}

/** When so many minutes of a rep's working time have passed, stride by stride. */
export function workedUntil(rep: Rep, team: Team, fromMs: number, minutes: number): number {
  if (!rep.workingHours && !rep.leave && !rep.holidays) return fromMs + minutes * minuteMs;
  let left = minutes * minuteMs;
  for (let at = fromMs; ; ) {
    const next = Math.floor(at / strideMs) * strideMs + strideMs;
    if (awayReason(rep, team, at) === null) {
      if (left <= next - at) return at + left;
      left -= next - at;
    }
    at = next;
  }
}

function shown(zone = timeZone, atMs: number): string {
  return new Date(atMs + (offsetMinutes[zone] ?? 0) * minuteMs).toISOString();
}
