import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingMinutes,
  calendarOf,
  nextOpening,
  type WorkCalendar,
  whyAway,
  workingMinutesBetween,
} from '../../../functions/handoff/working-time.ts';
import type { Weekday } from '../../../functions/leads/account.ts';
import { localTimeOf } from '../../../functions/leads/local-time.ts';

const workdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const weekend: Weekday[] = ['saturday', 'sunday'];

function aCalendar(given: Partial<WorkCalendar> = {}): WorkCalendar {
  return {
    timeZone: 'America/Sao_Paulo',
    workingHours: [{ days: workdays, from: '09:00', to: '18:00' }],
    holidays: new Map(),
    leave: [],
    ...given,
  };
}

/** The instant at which a clock there shows this, the first of two. */
function at(shown: string, timeZone = 'America/Sao_Paulo'): number {
  return Temporal.PlainDateTime.from(shown).toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds;
}

function shownAt(instant: number | null, timeZone = 'America/Sao_Paulo'): string | null {
  if (instant === null) return null;
  const { day, time } = localTimeOf(instant, timeZone);
  return `${day}T${time}`;
}

describe('working time', () => {
  it('goes from Friday evening over a weekend and a holiday to Tuesday morning', () => {
    const calendar = aCalendar({ holidays: new Map([['2026-09-07', 'Independence']]) });
    const due = addWorkingMinutes(calendar, at('2026-09-04T17:45'), 30);
    expect(shownAt(due)).toBe('2026-09-08T09:15');
    expect(workingMinutesBetween(calendar, at('2026-09-04T17:45'), due)).toBe(30);
  });

  it.each([
    ['America/New_York', '2026-03-06T17:45', '2026-03-09', '2026-03-10T09:15'],
    ['America/New_York', '2026-10-30T17:45', '2026-11-02', '2026-11-03T09:15'],
    ['Australia/Lord_Howe', '2026-04-03T17:45', '2026-04-06', '2026-04-07T09:15'],
    ['Australia/Lord_Howe', '2026-10-02T17:45', '2026-10-05', '2026-10-06T09:15'],
  ])(
    'opens by the clock on the wall in %s whatever the clocks did on the weekend after %s',
    (timeZone, friday, holiday, due) => {
      const calendar = aCalendar({ timeZone, holidays: new Map([[holiday, 'A day off']]) });
      expect(shownAt(addWorkingMinutes(calendar, at(friday, timeZone), 30), timeZone)).toBe(due);
    },
  );

  it('counts real minutes on a night on which the clocks change', () => {
    const night = aCalendar({
      timeZone: 'America/New_York',
      workingHours: [{ days: ['sunday'], from: '00:00', to: '06:00' }],
    });
    const worked = (day: string) =>
      workingMinutesBetween(night, at(`${day}T00:00`, 'America/New_York'), at(`${day}T12:00`, 'America/New_York'));
    expect([worked('2026-03-01'), worked('2026-03-08'), worked('2026-11-01')]).toEqual([360, 300, 420]);
  });

  it('works a repeated time twice, and not what lies between its two showings', () => {
    const late = aCalendar({
      timeZone: 'America/New_York',
      workingHours: [{ days: ['sunday'], from: '01:30', to: '01:45' }],
    });
    const from = at('2026-11-01T00:00', 'America/New_York');
    expect(workingMinutesBetween(late, from, at('2026-11-01T12:00', 'America/New_York'))).toBe(30);
    expect(addWorkingMinutes(late, from, 20) - addWorkingMinutes(late, from, 15)).toBe(50 * 60_000);
  });

  it('knows lunch, and that hours of one day may stand in any order and overlap', () => {
    const calendar = aCalendar({
      workingHours: [
        { days: workdays, from: '13:00', to: '18:00' },
        { days: workdays, from: '09:00', to: '12:00' },
        { days: ['monday'], from: '11:00', to: '13:30' },
      ],
    });
    expect(shownAt(addWorkingMinutes(calendar, at('2026-03-03T11:50'), 20))).toBe('2026-03-03T13:10');
    expect(shownAt(addWorkingMinutes(calendar, at('2026-03-02T11:50'), 20))).toBe('2026-03-02T12:10');
  });

  it('goes over midnight by two entries', () => {
    const calendar = aCalendar({
      workingHours: [
        { days: ['monday'], from: '22:00', to: '24:00' },
        { days: ['tuesday'], from: '00:00', to: '02:00' },
      ],
    });
    expect(shownAt(addWorkingMinutes(calendar, at('2026-03-02T23:50'), 30))).toBe('2026-03-03T00:20');
    expect(whyAway(calendar, at('2026-03-02T23:59'))).toBeNull();
    expect(whyAway(calendar, at('2026-03-03T02:00'))).toEqual({ reason: 'hours' });
  });

  it('is round the clock where nobody has named hours, but not on leave and holidays', () => {
    const calendar = aCalendar({
      workingHours: undefined,
      holidays: new Map([['2026-03-04', 'A day off']]),
      leave: [{ from: '2026-03-05', until: '2026-03-06' }],
    });
    expect(addWorkingMinutes(aCalendar({ workingHours: undefined }), at('2026-03-01T03:00'), 45)).toBe(
      at('2026-03-01T03:45'),
    );
    expect(shownAt(addWorkingMinutes(calendar, at('2026-03-03T23:50'), 30))).toBe('2026-03-07T00:20');
  });

  it('says why somebody is away: leave before a holiday before hours', () => {
    const calendar = aCalendar({
      holidays: new Map([
        ['2026-12-24', 'Christmas Eve'],
        ['2026-12-25', 'Christmas'],
      ]),
      leave: [{ from: '2026-12-25', until: '2027-01-03' }],
    });
    expect(whyAway(calendar, at('2026-12-24T10:00'))).toEqual({ reason: 'holiday', detail: 'Christmas Eve' });
    expect(whyAway(calendar, at('2026-12-25T10:00'))).toEqual({ reason: 'leave', detail: '2027-01-03' });
    expect(whyAway(calendar, at('2026-12-23T18:00'))).toEqual({ reason: 'hours' });
    expect(whyAway(calendar, at('2026-12-23T17:59'))).toBeNull();
    expect(shownAt(nextOpening(calendar, at('2026-12-23T18:00')))).toBe('2027-01-04T09:00');
  });

  it('opens at once for who is there', () => {
    expect(nextOpening(aCalendar(), at('2026-03-02T10:00:30'))).toBe(at('2026-03-02T10:00:30'));
  });

  it('comes to an end where nobody ever comes', () => {
    const gone = aCalendar({ leave: [{ from: '2026-01-01', until: '9999-12-31' }] });
    const now = at('2026-03-02T10:00');
    expect(nextOpening(gone, now)).toBeNull();
    const tenYears = 10 * 365 * 24 * 60;
    expect(addWorkingMinutes(gone, now, 30)).toBe(now + tenYears * 60_000);
    expect(workingMinutesBetween(gone, now, now + tenYears * 60_000)).toBe(0);
    expect(workingMinutesBetween(aCalendar(), now, now - 60_000)).toBe(0);
  });

  it('takes from the team and the account what a rep leaves out', () => {
    const holidays = [{ id: 'brazil', days: [{ day: '2026-09-07', name: 'Independence' }] }];
    const calendar = calendarOf({ holidays: 'brazil' }, { holidays }, { timeZone: 'Europe/Lisbon' });
    expect(calendar).toEqual({
      timeZone: 'Europe/Lisbon',
      workingHours: undefined,
      holidays: new Map([['2026-09-07', 'Independence']]),
      leave: [],
    });
    expect(calendarOf({ timeZone: 'Asia/Tokyo' }, { holidays }, { timeZone: 'UTC' }).holidays.size).toBe(0);
  });
});

/** Zones that skip and repeat whole hours, half hours, and hours around midnight. */
const zones = [
  ...[
    'America/Sao_Paulo',
    'America/New_York',
    'America/St_Johns',
    'America/Nuuk',
    'America/Havana',
    'America/Asuncion',
  ],
  ...[
    'Europe/London',
    'Atlantic/Azores',
    'Africa/Casablanca',
    'Africa/Cairo',
    'Asia/Beirut',
    'Asia/Gaza',
    'Asia/Kolkata',
  ],
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Pacific/Auckland', 'America/Santiago', 'Antarctica/Troll', 'UTC'],
];

/** Instants near which clocks change, and others, from 2024 to 2030. */
const moment = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    from: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 11, 31) }),
    isAtChange: fc.boolean(),
    hours: fc.integer({ min: -60, max: 60 }),
  })
  .map(({ timeZone, from, isAtChange, hours }) => {
    const somewhere = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
    const change = isAtChange ? somewhere.getTimeZoneTransition('next') : null;
    return { timeZone, fromMs: (change ?? somewhere).epochMilliseconds + hours * 3_600_000 };
  });

const timeOfDay = fc.constantFrom(
  ...['00:00', '00:30', '01:15', '01:45', '02:00', '02:30', '03:00', '09:00', '12:00', '18:00', '23:30', '24:00'],
);
const hours = fc
  .record({
    days: fc.constantFrom<Weekday[]>(workdays, weekend, [...workdays, ...weekend]),
    from: timeOfDay,
    to: timeOfDay,
  })
  .filter(({ from, to }) => from < to);

const situation = fc
  .record({ moment, workingHours: fc.array(hours, { maxLength: 3 }), leaveIn: fc.integer({ min: -1, max: 5 }) })
  .map(({ moment: { timeZone, fromMs }, workingHours, leaveIn }) => {
    const today = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone).toPlainDate();
    const [from, until] = [today.add({ days: leaveIn }), today.add({ days: leaveIn + 2 })].map(String);
    const leave = leaveIn < 0 || !from || !until ? [] : [{ from, until }];
    const holidays = new Map([[today.add({ days: 1 }).toString(), 'A day off']]);
    const calendar = aCalendar({ timeZone, leave, holidays, workingHours: workingHours[0] && workingHours });
    return { calendar, fromMs };
  });

describe('the laws of working time', () => {
  it('has what was added between the two ends', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 1, max: 3_000 }), ({ calendar, fromMs }, minutes) => {
        const due = addWorkingMinutes(calendar, fromMs, minutes);
        expect(workingMinutesBetween(calendar, fromMs, due)).toBe(minutes);
        // Somebody was there until that very moment.
        expect(whyAway(calendar, due - 1)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('finds the earliest opening', () => {
    fc.assert(
      fc.property(situation, ({ calendar, fromMs }) => {
        const opening = nextOpening(calendar, fromMs) ?? Number.NaN;
        expect(whyAway(calendar, opening)).toBeNull();
        expect(workingMinutesBetween(calendar, fromMs, opening)).toBe(0);
        if (opening > fromMs) expect(whyAway(calendar, opening - 1)).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('is as many minutes as whose clock shows working hours, minute by minute', () => {
    fc.assert(
      fc.property(situation, ({ calendar, fromMs: someMs }) => {
        const fromMs = someMs - (someMs % 60_000);
        const minutes = Array.from({ length: 48 * 60 }, (_, minute) => fromMs + minute * 60_000);
        const there = minutes.filter((minute) => whyAway(calendar, minute) === null).length;
        expect(workingMinutesBetween(calendar, fromMs, fromMs + 48 * 3_600_000)).toBe(there);
      }),
      { numRuns: 60 },
    );
  });
});
