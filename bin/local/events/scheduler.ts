import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { ScheduleSpec } from '../template/blueprint-events.ts';
import type { Clock } from '../time/clock.ts';
import type { IdleAnswers } from '../time/idle-answers.ts';
import type { Bus, RuleSpec } from './bus.ts';
import { nextFire } from './schedules.ts';

/** Schedules deliver on a bus of their own, so that no rule of the template sees their events, as in EventBridge. */
export const SCHEDULE_BUS = '(schedules)';

/** Fires the schedules of the template by the pipeline's clock. Instants are epoch milliseconds. */
export interface Scheduler {
  /** The next instant at which something fires that has not said it would be idle then; Infinity when nothing ever will. */
  next(): number;
  /** Fires what is due by now, each schedule once however often it was missed. */
  fireDue(): void;
  /** Fires every schedule that comes at least once a minute, as if its minute had come. */
  fireMinutely(): void;
  /** The functions those schedules run. */
  minutelyFunctions(): readonly string[];
  /** Follows the clock from now on; while `held()` is true somebody else moves it, and fires. */
  start(held: () => boolean): void;
  stop(): void;
}

const MINUTE_MS = 60_000;
/** A laptop that slept, or a moved clock, is noticed after this long. */
const LONGEST_WAIT_MS = 30_000;

const Row = z.object({ fired_at: z.number() });

export function openScheduler(deps: {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly schedules: readonly ScheduleSpec[];
  readonly idle: IdleAnswers;
  readonly region: string;
  readonly account: string;
  newId(): string;
}): Scheduler {
  const { db, clock, schedules } = deps;
  db.exec('CREATE TABLE IF NOT EXISTS schedule (name TEXT PRIMARY KEY, fired_at INTEGER NOT NULL) STRICT');
  const insert = db.prepare('INSERT OR IGNORE INTO schedule VALUES (?, ?)');
  const update = db.prepare('UPDATE schedule SET fired_at = ? WHERE name = ?');
  const select = db.prepare('SELECT fired_at FROM schedule WHERE name = ?');
  // A schedule seen for the first time starts to count now.
  for (const { name } of schedules) insert.run(name, clock.now());
  const firedAt = (name: string) => Row.parse(select.get(name)).fired_at;
  const minutely = schedules.filter(({ expression, timeZone }) => {
    const first = nextFire(expression, clock.now(), timeZone);
    return nextFire(expression, first, timeZone) - first <= MINUTE_MS;
  });
  let timer: NodeJS.Timeout | undefined;

  return {
    next: () => Math.min(Number.POSITIVE_INFINITY, ...schedules.map(nextOf)),
    fireDue() {
      const now = clock.now();
      for (const spec of schedules) {
        if (nextFire(spec.expression, firedAt(spec.name), spec.timeZone) <= now) fire(spec, now);
      }
    },
    fireMinutely() {
      for (const spec of minutely) fire(spec, clock.now());
    },
    minutelyFunctions: () => minutely.flatMap(functionsOf),
    start(held) {
      const tick = () => {
        if (!held()) this.fireDue();
        const wait = Math.max(10, this.next() - clock.now());
        timer = setTimeout(tick, Math.min(wait, LONGEST_WAIT_MS));
      };
      tick();
    },
    stop() {
      clearTimeout(timer);
    },
  };

  /** When every target has said it is idle until then, nothing is lost by not asking before. */
  function nextOf(spec: ScheduleSpec): number {
    const { expression, timeZone } = spec;
    const next = nextFire(expression, firedAt(spec.name), timeZone);
    const idleUntil = deps.idle.until(functionsOf(spec));
    if (spec.targets.some(({ kind }) => kind !== 'function') || idleUntil <= next) return next;
    return nextFire(expression, idleUntil - 1, timeZone);
  }

  function fire(spec: ScheduleSpec, now: number): void {
    update.run(now, spec.name);
    deps.bus.put(SCHEDULE_BUS, {
      version: '0',
      id: deps.newId(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: deps.account,
      time: `${new Date(now).toISOString().slice(0, 19)}Z`,
      region: deps.region,
      resources: [spec.arn],
      detail: {},
    });
  }
}

/** The rules that bring a schedule's event to its targets, so that they get inputs, retries and dead letters as any. */
export function scheduleRules(schedules: readonly ScheduleSpec[]): RuleSpec[] {
  return schedules.map(({ name, arn, targets }) => ({
    name,
    bus: SCHEDULE_BUS,
    pattern: { resources: [arn] },
    targets,
  }));
}

function functionsOf({ targets }: ScheduleSpec): string[] {
  return targets.filter(({ kind }) => kind === 'function').map(({ name }) => name);
}
