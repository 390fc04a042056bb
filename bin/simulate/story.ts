import type { CapturedActivity } from '../../functions/leads/activity.ts';
import type { Chance } from '../demo/chance.ts';
import { doings } from './doings.ts';
import { modelNames } from './models.ts';

/** One captured activity, and when the bus gets it. */
interface Arrival {
  readonly afterMs: number;
  readonly activity: CapturedActivity;
}

/** What will happen in one history, before any fault. */
export interface Story {
  readonly startMs: number;
  readonly arrivals: readonly Arrival[];
  /** From the first to the last arrival. */
  readonly spanMs: number;
  readonly model: string;
  /** Another model becomes active in between. */
  readonly activation: { readonly afterMs: number; readonly model: string } | null;
  /** When somebody puts the dead letters back, and when sales is done with whom it has. */
  readonly redriveAfterMs: number;
  readonly closings: readonly number[];
}

/** `any`: everything may happen. `pauses`: the model changes in every history, and the scoring door stands still more often than it dies. */
export type Theme = 'any' | 'pauses';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 2, 2, 9);

/**
 * One to four people, each with up to twenty-five activities of all kinds, some together in an instant, some over months. Mostly few:
 * what goes wrong goes wrong between two or three of them, and a million small histories find more than a tenth as many long ones.
 */
export function storyOf(chance: Chance, theme: Theme = 'any'): Story {
  const people = chance.weighted([
    [1, 12],
    [2, 3],
    [3, 0.3],
    [4, 0.3],
  ]);
  const pastMs = chance.weighted([
    [2_000, 1],
    [3_600_000, 2],
    [10 * dayMs, 3],
    [29 * dayMs, 2],
  ]);
  const isBacklog = chance.happens(0.6);
  const spanMs = isBacklog
    ? chance.weighted([
        [50, 3],
        [2_000, 4],
        [10 * minuteMs, 2],
      ])
    : pastMs * (1 + chance.next());
  const activities = Array.from({ length: people }, (_, person) => {
    const length = chance.weighted([
      [chance.between(1, 4), 10],
      [chance.between(4, 8), 3],
      [chance.between(8, 25), 0.5],
    ]);
    return doings(chance, { person, length, startMs: isBacklog ? startMs - pastMs : startMs, spanMs: pastMs });
  }).flat();
  const arrivals = activities.map((activity) => ({
    activity,
    afterMs: isBacklog ? spanMs * chance.next() : arrivalMs(activity, chance),
  }));
  const lastMs = Math.max(...arrivals.map(({ afterMs }) => afterMs));
  const within = () => lastMs * chance.next() * 1.05;
  // Mostly while somebody is being recorded: a change of models in a quiet hour has nobody to race with.
  const activationMs = chance.happens(0.7) ? chance.pick(arrivals).afterMs + chance.next() * 5_000 : within();
  const model = chance.pick(modelNames);
  const others = modelNames.filter((name) => name !== model);
  return {
    startMs,
    arrivals,
    spanMs: lastMs,
    model,
    activation: chance.happens(theme === 'pauses' ? 1 : 0.4)
      ? { afterMs: activationMs, model: chance.pick(others) }
      : null,
    redriveAfterMs: within(),
    closings: chance.happens(0.5) ? [within(), within() + dayMs * chance.next()] : [],
  };
}

/** Most things are told at once; some come hours or weeks late, and some from a clock that is five minutes fast. */
function arrivalMs({ occurredAt }: CapturedActivity, chance: Chance): number {
  const lateMs = chance.weighted([
    [chance.next() * 5_000, 7],
    [chance.next() * 6 * 60 * minuteMs, 2],
    [chance.next() * 30 * dayMs, 1],
    [-chance.next() * 5 * minuteMs, 1],
  ]);
  return Math.max(0, Date.parse(occurredAt) - startMs + lateMs);
}
