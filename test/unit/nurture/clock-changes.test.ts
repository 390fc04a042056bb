import { Temporal } from '@js-temporal/polyfill';
import { describe, expect, it } from 'vitest';
import { type QuietHours, Weekday } from '../../../functions/leads/account.ts';
import { nextAllowed, untilLocal } from '../../../functions/nurture/send-window.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const sendDays = Weekday.options;

/** Every change of the clocks from 2024 to 2035, in every zone there is; a zone without one has a day of its own to be tried on. */
const changes = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
  const found = changesOf(zone);
  return found.length > 0 ? found : [{ zone, atMs: Date.UTC(2030, 2, 31, 1) }];
});

function changesOf(zone: string) {
  const found: { zone: string; atMs: number }[] = [];
  const end = Date.UTC(2036, 0, 1);
  let next = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2024, 0, 1)).toZonedDateTimeISO(zone);
  for (;;) {
    const change = next.getTimeZoneTransition('next');
    if (!change || change.epochMilliseconds >= end) return found;
    found.push({ zone, atMs: change.epochMilliseconds });
    next = change;
  }
}

/** The night everybody has, and others that begin or end in the hour that is skipped or shown twice, or leave four hours. */
const night = { from: '22:00', to: '07:00' };
const others: readonly QuietHours[] = [
  { from: '01:15', to: '01:45' },
  { from: '22:00', to: '01:30' },
  { from: '02:30', to: '12:00' },
  { from: '23:30', to: '00:30' },
  { from: '05:00', to: '01:00' },
  { from: '21:00', to: '02:15' },
];

/** Instants around a change, in order: both sides of it to the millisecond, and the day before and after. */
const aroundMs = [-26, -24, -8, -2, -1, -0.5, 0, 0.25, 0.75, 1, 1.5, 2.5, 9, 24]
  .flatMap((hours) => (hours === 0 ? [-1, 0, 1] : [hours * hourMs]))
  .sort((a, b) => a - b);

const clock = (ms: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
const timeOf = (ms: number, zone: string) => clock(ms, zone).toPlainTime().toString().slice(0, 5);

function isQuiet(ms: number, zone: string, { from, to }: QuietHours): boolean {
  const time = timeOf(ms, zone);
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

describe('every zone, every change of its clocks from 2024 to 2035 (I-M5)', () => {
  it('is never in quiet hours, never a day late, never earlier for who comes later', { timeout: 60_000 }, () => {
    let cases = 0;
    for (const [index, { zone, atMs }] of changes.entries()) {
      for (const quietHours of [night, others[index % others.length] ?? night]) {
        let before = Number.NEGATIVE_INFINITY;
        for (const around of aroundMs) {
          const planned = atMs + around;
          const at = nextAllowed(planned, zone, { quietHours, sendDays });
          const said = `${zone} ${new Date(planned).toISOString()} ${quietHours.from}–${quietHours.to}`;
          cases += 1;
          if (isQuiet(at, zone, quietHours)) expect.fail(`${said}: in quiet hours`);
          if (at < planned || at - planned >= 24 * hourMs) expect.fail(`${said}: not within a day`);
          if (at > planned && !isQuiet(at - 1, zone, quietHours)) expect.fail(`${said}: later than need be`);
          if (at < before) expect.fail(`${said}: earlier than one planned before it`);
          if (nextAllowed(at, zone, { quietHours, sendDays }) !== at) expect.fail(`${said}: moved again`);
          before = at;
        }
      }
    }
    expect(cases).toBeGreaterThan(100_000);
  });

  it('is the first minute that is not quiet', () => {
    for (const { zone, atMs } of changes.filter((_, index) => index % 40 === 0)) {
      for (const quietHours of [night, ...others]) {
        const start = Math.ceil((atMs - 3 * hourMs) / minuteMs) * minuteMs;
        let minute = start;
        while (isQuiet(minute, zone, quietHours)) minute += 5 * minuteMs;
        expect(nextAllowed(start, zone, { quietHours, sendDays })).toBe(minute);
      }
    }
  });

  it('has one instant for a planned local time on each day, when clocks go back too', { timeout: 60_000 }, () => {
    let cases = 0;
    const nearMs = aroundMs.filter((ms) => ms >= -2 * hourMs && ms <= 2.5 * hourMs);
    for (const { zone, atMs } of changes) {
      for (const time of new Set([timeOf(atMs - 1, zone), timeOf(atMs, zone), timeOf(atMs + 30 * minuteMs, zone)])) {
        const instants = [...new Set(nearMs.map((around) => untilLocal(atMs + around, zone, { time })))];
        cases += nearMs.length;
        const days = instants.map((instant) => clock(instant, zone).toPlainDate().toString());
        if (new Set(days).size !== days.length) expect.fail(`${zone} ${time}: ${days} has it twice`);
        if (instants.some((instant, index) => instant < (instants[index - 1] ?? instant))) expect.fail(`${zone}: back`);
        for (const instant of instants) {
          if (untilLocal(instant, zone, { time }) !== instant) expect.fail(`${zone} ${time}: moved again`);
        }
      }
    }
    expect(cases).toBeGreaterThan(100_000);
  });
});
