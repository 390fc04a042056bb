import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../bin/local/storage/database.ts';
import { openClock } from '../../../bin/local/time/clock.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;

describe('the clock', () => {
  it('is wall time until it is moved, and then stays ahead by as much', () => {
    let wall = NOON;
    const clock = openClock(openDatabase(':memory:'), undefined, () => wall);
    expect(clock.now()).toBe(NOON);
    clock.moveTo(NOON + DAY_MS);
    wall += 5;
    expect(clock.now()).toBe(NOON + DAY_MS + 5);
    expect(clock.shiftMs).toBe(DAY_MS);
  });

  it('refuses to go back, and says so', () => {
    const clock = openClock(openDatabase(':memory:'), undefined, () => NOON);
    clock.moveTo(NOON + DAY_MS);
    expect(() => clock.moveTo(NOON)).toThrow('only moves forward: it is 2026-11-21T12:00:00.000Z');
    expect(() => clock.moveTo(Number.NaN)).toThrow('not an instant');
    expect(clock.now()).toBe(NOON + DAY_MS);
  });

  it('goes on after a restart where it was, whatever start is asked for then', () => {
    const db = openDatabase(':memory:');
    openClock(db, NOON - 30 * DAY_MS, () => NOON).moveTo(NOON - 29 * DAY_MS);
    expect(openClock(db, NOON - 30 * DAY_MS, () => NOON).now()).toBe(NOON - 29 * DAY_MS);
  });

  it('may start in the past on an empty database', () => {
    const clock = openClock(openDatabase(':memory:'), NOON - 30 * DAY_MS, () => NOON);
    expect(clock.now()).toBe(NOON - 30 * DAY_MS);
    expect(clock.shiftMs).toBe(-30 * DAY_MS);
  });

  it('tells its listeners each new shift once it is stored', () => {
    const db = openDatabase(':memory:');
    const clock = openClock(db, undefined, () => NOON);
    const heard: [number, number][] = [];
    clock.onShift((shiftMs) => heard.push([shiftMs, openClock(db, undefined, () => NOON).shiftMs]));
    clock.moveTo(NOON + DAY_MS);
    expect(heard).toEqual([[DAY_MS, DAY_MS]]);
  });
});
