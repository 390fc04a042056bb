import type { Publish } from '../runtime/publish.ts';
import type { ChangeStore } from './change.store.ts';

/** How long a worker has to deal with a due thing before it is told again. */
const patienceMs = 5 * 60_000;
const perShard = 250;

export interface SweepDeps {
  readonly changes: ChangeStore;
  readonly publish: Publish;
  readonly now: () => number;
}

/**
 * Publishes what is due, then moves each thing five minutes on: the worker deletes it when the work is done, and if the worker
 * dies the thing is due again. Also publishes outbox rows that the stream has overlooked for as long. Answers until when nothing
 * will be due, so that a clock that travels can skip the empty minutes.
 */
export async function sweepDue({
  changes,
  publish,
  now,
}: SweepDeps): Promise<{ published: number; idleUntil: string }> {
  const at = now();
  const iso = (instant: number) => new Date(instant).toISOString();
  let published = 0;
  for (;;) {
    const things = await changes.due(iso(at), perShard);
    await publish(things.map(({ detailType, detail }) => ({ detailType, detail })));
    for (const thing of things) await changes.defer(thing, iso(at + patienceMs));
    published += things.length;
    if (things.length < perShard) break;
  }
  const overlooked = await changes.overlooked(iso(at - patienceMs));
  await publish(overlooked.map(({ detailType, detail }) => ({ detailType, detail })));
  for (const row of overlooked) await changes.forget(row);
  return { published: published + overlooked.length, idleUntil: (await changes.nextDueAt()) ?? iso(at + 86_400_000) };
}
