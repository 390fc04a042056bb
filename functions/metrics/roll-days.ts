import { localDay, nextDay, startOfDay } from '../leads/calendar.ts';
import type { SequenceDayStore } from '../leads/sequence-day.store.ts';
import type { DayIndexStore } from './day-index.store.ts';
import { tallyDay } from './fold-day.ts';
import { tallySequences } from './fold-sequences.ts';
import type { SnapshotStore } from './snapshot.store.ts';
import { sameFigures, snapshotOf } from './snapshot.ts';

/** A day is closed this long after its end, when what was under way at midnight has arrived. */
const graceMs = 10 * 60_000;
/** The day index may lag behind the ledger: a mark is taken away only by a fold that began this long after it was made. */
const settledMs = 60_000;
/** Days that are still open are looked for this far back. */
const lookBackDays = 40;

export interface RollDeps {
  readonly index: DayIndexStore;
  readonly snapshots: SnapshotStore;
  readonly sequences: Pick<SequenceDayStore, 'ofDay' | 'save'>;
  readonly timeZone: string;
  /** The playbook's content hash. */
  readonly modelVersion: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Roll {
  /** The days that got a new revision. */
  readonly restated: readonly string[];
  /** Nothing needs rolling before this instant (ISO), unless rows change. */
  readonly idleUntil: string;
}

/**
 * Brings the snapshots up to date: counts every day whose rows have changed, closes the days that are over, and with `rebuild` counts
 * today and yesterday again from the ledger, whatever has been marked. Running it twice changes nothing the second time.
 */
export async function rollDays({ rebuild }: { readonly rebuild: boolean }, deps: RollDeps): Promise<Roll> {
  const now = deps.now();
  const today = dayOf(now, deps);
  const changed = await deps.index.changedDays();
  const recent = await deps.snapshots.days(dayOf(now - lookBackDays * 86_400_000, deps), today);
  const overdue = recent.filter(({ day, closed }) => !closed && closesAt(day, deps) <= now);
  const again = rebuild ? [dayOf(Date.parse(startOfDay(today, deps.timeZone)) - 1, deps), today] : [];
  const days = new Set([...changed, ...overdue].map(({ day }) => day).concat(again));
  const settled = changed.filter(({ at }) => Date.parse(at) <= now - settledMs);
  const restated: string[] = [];
  // The newest first: that is where people look. Marks go with the days as they are counted, so that a run which is cut short
  // after a thousand days has done a thousand.
  for (const some of chunks([...days].sort().reverse(), daysAtOnce)) {
    const changes = await Promise.all(some.map((day) => rollDay(day, deps)));
    restated.push(...some.filter((_, index) => changes[index]));
    await Promise.all(settled.filter(({ day }) => some.includes(day)).map((mark) => deps.index.unmark(mark)));
  }
  const wakeAt = changed.filter((mark) => !settled.includes(mark)).map(({ at }) => Date.parse(at) + settledMs);
  return { restated: restated.sort(), idleUntil: iso(Math.min(closesAt(today, deps), ...wakeAt)) };
}

/** An import changes hundreds of days at once: so many are counted side by side. */
const daysAtOnce = 8;

function chunks<Item>(items: readonly Item[], size: number): readonly Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

/** Counts one day from the ledger. True when there is a new revision: a figure has changed, or the day could be closed. */
async function rollDay(day: string, deps: RollDeps): Promise<boolean> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const outcome = await count(day, deps);
    if (outcome !== 'conflict') return outcome === 'saved';
  }
  throw new Error(`day ${day}: other rolls keep writing its next revision; the coming minute counts it again`);
}

async function count(day: string, deps: RollDeps): Promise<'saved' | 'same' | 'conflict'> {
  const { index, snapshots, sequences, timeZone, modelVersion, now } = deps;
  // Before the rows: if somebody writes the next revision while we count, ours is refused rather than a step back.
  const [previous, previousSequences] = await Promise.all([snapshots.latest(day), sequences.ofDay(day)]);
  const tally = tallyDay();
  const bySequence = tallySequences();
  await Promise.all(
    index.partitions(day).map(async (pages) => {
      for await (const rows of pages)
        for (const row of rows) {
          tally.add(row);
          bySequence.add(row);
        }
    }),
  );
  const walked = await sequences.save(previousSequences, bySequence.sequences());
  if (walked === 'conflict') return walked;
  const counts = tally.counts();
  if (!previous && counts.watermark === null) return walked;
  const closed = previous?.closed === true || closesAt(day, deps) <= now();
  const revision = (previous?.revision ?? 0) + 1;
  const snapshot = snapshotOf(counts, { day, timeZone, revision, closed, modelVersion });
  return previous && sameFigures(previous, snapshot) ? walked : snapshots.save(snapshot);
}

function closesAt(day: string, { timeZone }: Pick<RollDeps, 'timeZone'>): number {
  return Date.parse(startOfDay(nextDay(day), timeZone)) + graceMs;
}

function dayOf(instant: number, { timeZone }: Pick<RollDeps, 'timeZone'>): string {
  return localDay(iso(instant), timeZone);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
