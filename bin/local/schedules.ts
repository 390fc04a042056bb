/**
 * The first instant strictly after `after` (both epoch milliseconds) at which the schedule fires; Infinity when it never
 * will again. `cron(…)` and `at(…)` are read in `timeZone` (IANA name), UTC when none is given: EventBridge rules are UTC.
 */
export function nextFire(expression: string, after: number, timeZone = 'UTC'): number {
  throw new Error(`not yet: ${expression} ${after} ${timeZone}`);
}
