import { describe, expect, it } from 'vitest';
import { Weekday } from '../../../functions/leads/account.ts';
import { localDayOf, nextAllowed, type SendWindow, untilLocal } from '../../../functions/nurture/send-window.ts';

const everyDay = Weekday.options;
const workdays = everyDay.slice(0, 5);
const night = { from: '22:00', to: '07:00' };
const allowed = (at: string, zone: string, window: SendWindow = { quietHours: night, sendDays: everyDay }) =>
  new Date(nextAllowed(Date.parse(at), zone, window)).toISOString();
const until = (at: string, zone: string, shown: { weekdays?: Weekday[]; time?: string }) =>
  new Date(untilLocal(Date.parse(at), zone, shown)).toISOString();

describe('when an e-mail may go', () => {
  it('is at once by day, and at seven after a night, by the clock of the lead', () => {
    expect(allowed('2026-11-23T13:00:00Z', 'America/Sao_Paulo')).toBe('2026-11-23T13:00:00.000Z');
    expect(allowed('2026-11-24T01:00:00Z', 'America/Sao_Paulo')).toBe('2026-11-24T10:00:00.000Z');
    expect(allowed('2026-11-24T04:00:00Z', 'America/Sao_Paulo')).toBe('2026-11-24T10:00:00.000Z');
    expect(allowed('2026-11-24T01:00:00Z', 'Asia/Tokyo')).toBe('2026-11-24T01:00:00.000Z');
  });

  it('begins at the very minute that the night ends, and ends at the one that it begins', () => {
    expect(allowed('2026-11-23T06:59:59.999Z', 'UTC')).toBe('2026-11-23T07:00:00.000Z');
    expect(allowed('2026-11-23T07:00:00Z', 'UTC')).toBe('2026-11-23T07:00:00.000Z');
    expect(allowed('2026-11-23T21:59:59.999Z', 'UTC')).toBe('2026-11-23T21:59:59.999Z');
    expect(allowed('2026-11-23T22:00:00Z', 'UTC')).toBe('2026-11-24T07:00:00.000Z');
  });

  it('is any time when there are no quiet hours, or when they end as they begin', () => {
    for (const quietHours of [null, { from: '09:00', to: '09:00' }]) {
      const window = { quietHours, sendDays: everyDay };
      expect(allowed('2026-11-23T03:00:00Z', 'UTC', window)).toBe('2026-11-23T03:00:00.000Z');
    }
  });

  it('knows quiet hours that do not go over midnight', () => {
    const siesta = { quietHours: { from: '12:00', to: '14:00' }, sendDays: everyDay };
    expect(allowed('2026-11-23T12:30:00Z', 'UTC', siesta)).toBe('2026-11-23T14:00:00.000Z');
  });

  it('waits for a send day, and then for the morning of it', () => {
    // From Friday night to Monday morning.
    const window = { quietHours: night, sendDays: workdays };
    expect(allowed('2026-11-28T01:30:00Z', 'America/Sao_Paulo', window)).toBe('2026-11-30T10:00:00.000Z');
    expect(allowed('2026-11-28T12:00:00Z', 'UTC', { quietHours: null, sendDays: ['saturday'] })).toBe(
      '2026-11-28T12:00:00.000Z',
    );
  });

  it('is when the clocks go forward, if the quiet hours end in the hour that is skipped', () => {
    const window = { quietHours: { from: '22:00', to: '02:30' }, sendDays: everyDay };
    expect(allowed('2026-03-08T05:00:00Z', 'America/New_York', window)).toBe('2026-03-08T07:00:00.000Z');
  });

  it('is not in quiet hours that begin again when the clocks go back', () => {
    // 01:10 for the second time: the first 01:30 has passed, the second has not.
    const window = { quietHours: { from: '22:00', to: '01:30' }, sendDays: everyDay };
    expect(allowed('2026-11-01T06:10:00Z', 'America/New_York', window)).toBe('2026-11-01T06:30:00.000Z');
  });

  it('refuses a week without a day', () => {
    expect(() => nextAllowed(0, 'UTC', { quietHours: null, sendDays: [] })).toThrow('name at least one weekday');
    expect(() => untilLocal(0, 'UTC', { weekdays: [] })).toThrow('name at least one weekday');
  });
});

describe('a wait until a weekday and a time', () => {
  it('ends at the next one, by the clock of the lead', () => {
    const shown = { weekdays: ['tuesday', 'wednesday'] satisfies Weekday[], time: '09:00' };
    expect(until('2026-11-23T12:00:00Z', 'America/Sao_Paulo', shown)).toBe('2026-11-24T12:00:00.000Z');
    expect(until('2026-11-24T12:00:00Z', 'America/Sao_Paulo', shown)).toBe('2026-11-24T12:00:00.000Z');
    expect(until('2026-11-24T12:00:00.001Z', 'America/Sao_Paulo', shown)).toBe('2026-11-25T12:00:00.000Z');
    expect(until('2026-11-25T13:00:00Z', 'America/Sao_Paulo', shown)).toBe('2026-12-01T12:00:00.000Z');
  });

  it('is over at once on such a day, where no time is said, and begins with the day otherwise', () => {
    expect(until('2026-11-23T15:00:00Z', 'UTC', { weekdays: ['monday'] })).toBe('2026-11-23T15:00:00.000Z');
    expect(until('2026-11-24T15:00:00Z', 'UTC', { weekdays: ['monday'] })).toBe('2026-11-30T00:00:00.000Z');
    expect(until('2026-11-24T15:00:00Z', 'UTC', {})).toBe('2026-11-24T15:00:00.000Z');
  });

  it('is once on a day whose clocks show the time twice, and once on a day whose clocks skip it', () => {
    const half = { time: '01:30' };
    expect(until('2026-11-01T04:00:00Z', 'America/New_York', half)).toBe('2026-11-01T05:30:00.000Z');
    expect(until('2026-11-01T05:30:00.001Z', 'America/New_York', half)).toBe('2026-11-02T06:30:00.000Z');
    expect(until('2026-03-08T05:00:00Z', 'America/New_York', { time: '02:30' })).toBe('2026-03-08T07:00:00.000Z');
    expect(until('2026-03-08T07:00:00.001Z', 'America/New_York', { time: '02:30' })).toBe('2026-03-09T06:30:00.000Z');
  });
});

it('counts a day by the calendar of the lead', () => {
  expect(localDayOf(Date.parse('2026-11-23T23:30:00Z'), 'Asia/Tokyo')).toBe('2026-11-24');
  expect(localDayOf(Date.parse('2026-11-23T02:30:00Z'), 'America/Sao_Paulo')).toBe('2026-11-22');
});
