import { durationMs } from '../leads/duration.ts';
import { type Asked, isOneOf, isSo, lookBackMs } from '../leads/predicate.ts';
import { type Enrollment, exit } from './enrollment.ts';
import { type Place, placeAt } from './program.ts';
import { untilLocal } from './send-window.ts';
import type { Step, WaitUntil } from './sequence.ts';

const dayMs = 86_400_000;

/**
 * The walk at place `number`, planned for `plannedMs`; waits on the way are added to that instant, so a walk never stands at one.
 * `null`, or a wait with nothing behind it: the walk is over.
 */
export function comeTo(
  enrollment: Enrollment,
  program: readonly Place[],
  number: number | null,
  plannedMs: number,
  now: number,
): Enrollment {
  let at = plannedMs;
  let next = number;
  while (next !== null) {
    const place = placeAt(program, next);
    if (place.step.kind !== 'wait' || !('next' in place)) {
      const plannedAt = iso(at);
      const because = at > now ? 'wait' : null;
      return { ...enrollment, step: next, plannedAt, dueAt: plannedAt, because, ver: enrollment.ver + 1 };
    }
    at = waited(place.step, at, enrollment);
    next = place.next;
  }
  const over = { status: 'completed', dueAt: null, because: null, endedAt: iso(now) } as const;
  return { ...enrollment, ...over, ver: enrollment.ver + 1 };
}

function waited(step: Extract<Step, { kind: 'wait' }>, atMs: number, enrollment: Enrollment): number {
  if (step.duration !== undefined) return atMs + durationMs(step.duration);
  return step.until === undefined ? atMs : waitedUntil(step.until, atMs, enrollment);
}

/** A day that the activity did not tell, or that has passed, is not waited for. */
function waitedUntil(until: WaitUntil, atMs: number, { timeZone, facts }: Enrollment): number {
  if (!('property' in until)) return untilLocal(atMs, timeZone, until);
  const told = Date.parse(facts[until.property] ?? '');
  if (Number.isNaN(told)) return atMs;
  return Math.max(atMs, told - (until.before === undefined ? 0 : durationMs(until.before)));
}

/** The walk after the e-mail it stands at is over, whatever came of it: one failed send never stalls it (Q18). */
export function advance(enrollment: Enrollment, program: readonly Place[], now: number): Enrollment {
  const place = placeAt(program, enrollment.step);
  if (!('next' in place)) throw new Error(`step ${enrollment.step} of ${enrollment.sequence} is no e-mail`);
  return comeTo(enrollment, program, place.next, countedFrom(enrollment, now), now);
}

/**
 * What comes next is counted from the plan. After a day's delay or more it is counted from now: a walk that stood still for a week must
 * not make up for it in a row.
 */
function countedFrom({ plannedAt }: Enrollment, now: number): number {
  const planned = Date.parse(plannedAt);
  return now - planned > dayMs ? now : planned;
}

/**
 * Takes the walk on through everything that takes no e-mail and no more time: branches, goals, what it has waited for. Stops at an
 * e-mail, at something still to wait for, or at the end. The same object when nothing moves. `asked.history` reaches back at least
 * to `historyFrom`.
 */
export function proceed(enrollment: Enrollment, program: readonly Place[], asked: Asked, now: number): Enrollment {
  let walk = enrollment;
  // Every round leaves a place for a later one, so that there are at most as many as places; waitFor takes two.
  for (let round = 0; round < 2 * program.length && walk.status === 'active'; round++) {
    const moved = onward(walk, program, asked, now);
    if (moved === walk) break;
    walk = { ...moved, ver: enrollment.ver + 1 };
  }
  return walk;
}

function onward(walk: Enrollment, program: readonly Place[], asked: Asked, now: number): Enrollment {
  const place = placeAt(program, walk.step);
  if (Date.parse(walk.plannedAt) > now) return walk;
  const { step } = place;
  switch (step.kind) {
    case 'email':
    case 'wait':
      return walk;
    case 'exit':
      return exit(walk, 'exit-step', now);
    case 'goal':
      if (isSo(step.when, asked, now)) return exit(walk, 'goal', now);
      return comeTo(walk, program, 'next' in place ? place.next : null, countedFrom(walk, now), now);
    case 'branch': {
      const way = isSo(step.when, asked, now) ? 'then' : 'else';
      return comeTo(walk, program, 'then' in place ? place[way] : null, countedFrom(walk, now), now);
    }
    case 'waitFor':
      return 'then' in place ? awaited(walk, program, { ...place, step }, asked, now) : walk;
  }
}

type WaitFor = Extract<Step, { kind: 'waitFor' }>;

/** What it waits for has happened since the walk came here, or the time for it is over, or neither yet. */
function awaited(
  walk: Enrollment,
  program: readonly Place[],
  place: Extract<Place, { readonly then: number | null }> & { readonly step: WaitFor },
  { history }: Asked,
  now: number,
): Enrollment {
  const until = iso(Date.parse(walk.plannedAt) + durationMs(place.step.within));
  const happened = history.find(
    (activity) =>
      activity.occurredAt >= walk.plannedAt && activity.occurredAt <= until && isOneOf(place.step.activities, activity),
  );
  if (happened) return comeTo(walk, program, place.then, Date.parse(happened.occurredAt), now);
  if (Date.parse(until) <= now)
    return comeTo(walk, program, place.else, countedFrom({ ...walk, plannedAt: until }, now), now);
  if (walk.because === 'wait-for' && walk.dueAt === until) return walk;
  return { ...walk, dueAt: until, because: 'wait-for', ver: walk.ver + 1 };
}

/** From when on (ISO) the ledger must be known to take this walk on; null when its next steps ask nothing of it. */
export function historyFrom(walk: Enrollment, program: readonly Place[], now: number): string | null {
  const ahead = program.slice(walk.step - 1);
  const backs = ahead.flatMap(({ step }) => {
    if (step.kind === 'waitFor') return [now - Date.parse(walk.plannedAt)];
    return step.kind === 'branch' || step.kind === 'goal' ? [lookBackMs(step.when)] : [];
  });
  if (backs.length === 0) return null;
  const furthest = Math.max(...backs);
  return furthest === Number.POSITIVE_INFINITY ? '' : iso(now - furthest);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
