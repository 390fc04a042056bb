import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFire } from '../../../bin/local/events/schedules.ts';

const FRIDAY = '2026-11-20T18:00:00Z';

describe('schedules', () => {
  it.each([
    ['rate(1 minute)', '2026-11-20T10:00:00Z', '2026-11-20T10:01:00Z'],
    ['rate(1 minute)', '2026-11-20T10:00:30Z', '2026-11-20T10:01:00Z'],
    ['rate(5 minutes)', '2026-11-20T10:02:00Z', '2026-11-20T10:05:00Z'],
    ['rate(1 hour)', '2026-11-20T10:02:00Z', '2026-11-20T11:00:00Z'],
    ['rate(1 day)', '2026-11-20T10:02:00Z', '2026-11-21T00:00:00Z'],
    ['at(2026-11-20T20:00:00)', FRIDAY, '2026-11-20T20:00:00Z'],
    ['cron(0 18 ? * MON-FRI *)', FRIDAY, '2026-11-23T18:00:00Z'],
    ['cron(0/15 * * * ? *)', '2026-11-20T18:01:30Z', '2026-11-20T18:15:00Z'],
    ['cron(5,35 14 * * ? *)', FRIDAY, '2026-11-21T14:05:00Z'],
    ['cron(15 2 * * ? *)', FRIDAY, '2026-11-21T02:15:00Z'],
    ['cron(0 9 ? * 2#1 *)', FRIDAY, '2026-12-07T09:00:00Z'],
    ['cron(0 9 ? * FRI#2 *)', FRIDAY, '2026-12-11T09:00:00Z'],
    ['cron(0 9 ? * 6L *)', FRIDAY, '2026-11-27T09:00:00Z'],
    ['cron(0 9 ? * L *)', FRIDAY, '2026-11-21T09:00:00Z'],
    ['cron(0 9 L * ? *)', FRIDAY, '2026-11-30T09:00:00Z'],
    ['cron(0 9 L-3 * ? *)', FRIDAY, '2026-11-27T09:00:00Z'],
    ['cron(0 9 15W * ? *)', '2027-05-01T00:00:00Z', '2027-05-14T09:00:00Z'],
    ['cron(0 9 1W * ? *)', '2027-04-30T00:00:00Z', '2027-05-03T09:00:00Z'],
    ['cron(0 9 31W * ? *)', '2027-10-01T00:00:00Z', '2027-10-29T09:00:00Z'],
    ['cron(0 9 31 * ? *)', FRIDAY, '2026-12-31T09:00:00Z'],
    ['cron(0 9 1,30 * ? *)', '2027-02-10T00:00:00Z', '2027-03-01T09:00:00Z'],
    ['cron(0 0 29 2 ? *)', FRIDAY, '2028-02-29T00:00:00Z'],
    ['cron(0 0 ? FEB 2#5 *)', FRIDAY, '2044-02-29T00:00:00Z'],
    ['cron(0 9 1 JAN ? 2030-2031)', FRIDAY, '2030-01-01T09:00:00Z'],
  ])('%s after %s fires at %s', (expression, after, expected) => {
    expect(nextFire(expression, Date.parse(after))).toBe(Date.parse(expected));
  });

  it.each(['at(2026-11-20T18:00:00)', 'cron(0 2 * * ? 2020)', 'cron(0 2 31 2 ? *)'])(
    '%s never fires again',
    (expression) => {
      expect(nextFire(expression, Date.parse(FRIDAY))).toBe(Number.POSITIVE_INFINITY);
    },
  );

  it.each([
    ['reads the zone it is given', 'cron(0 9 * * ? *)', '2026-11-20T18:00:00Z', '2026-11-21T08:00:00Z'],
    ['reads at() in the zone', 'at(2026-11-20T20:00:00)', '2026-11-20T18:00:00Z', '2026-11-20T19:00:00Z'],
    ['skips an hour that does not exist', 'cron(30 2 * * ? *)', '2026-03-28T12:00:00Z', '2026-03-30T00:30:00Z'],
    ['fires the hour that comes twice', 'cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
    ['but only once', 'cron(30 2 * * ? *)', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
  ])('%s', (_claim, expression, after, expected) => {
    expect(nextFire(expression, Date.parse(after), 'Europe/Berlin')).toBe(Date.parse(expected));
  });

  it.each([
    ['every day', 'must be cron(…), rate(…) or at(…)'],
    ['rate(1 minutes)', 'plural'],
    ['rate(5 minute)', 'plural'],
    ['rate(0 minutes)', 'rate(0 minutes)'],
    ['at(2026-02-30T10:00:00)', 'real moment'],
    ['at(tomorrow)', 'real moment'],
    ['cron(0 9 * * ?)', 'six fields'],
    ['cron(0 9 * * * *)', 'must be ?'],
    ['cron(0 9 ? * ? *)', 'must be ?'],
    ['cron(60 9 * * ? *)', 'not between 0 and 59'],
    ['cron(x 9 * * ? *)', 'minutes'],
    ['cron(0 9 ? * 8 *)', 'daysOfWeek'],
    ['cron(0 9 ? * FRI-MON *)', 'leave nothing'],
  ])('refuses %s, saying why', (expression, reason) => {
    expect(() => nextFire(expression, 0)).toThrow(reason);
  });

  it('refuses an unknown time zone', () => {
    expect(() => nextFire('cron(0 9 * * ? *)', 0, 'Mars/Olympus')).toThrow('Mars/Olympus is not a time zone');
  });

  it('always moves forward', () => {
    const expression = fc.constantFrom(
      'rate(7 minutes)',
      'cron(0/7 3 ? * 2#5 *)',
      'cron(30 2 31 * ? *)',
      'cron(* * * * ? *)',
    );
    const after = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(
        expression,
        after,
        fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu'),
        (expression, after, zone) => {
          const next = nextFire(expression, after, zone);
          expect(next).toBeGreaterThan(after);
          expect(nextFire(expression, next - 1, zone)).toBe(next);
        },
      ),
      { numRuns: 40 },
    );
  });
});
