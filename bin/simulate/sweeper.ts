import type { Item } from './twin/item.ts';
import type { TableTwin } from './twin/table.ts';
import type { World } from './world.ts';

interface Sweeper {
  /** Something is on the due index or in the outbox now. */
  listed(item: Item): void;
}

/** The sweep of every minute; minutes in which there is nothing to find are left out, and so is what is due after `horizonMs` (epoch ms). */
export function sweeperOf(
  world: World,
  table: TableTwin,
  sweep: () => void,
  horizonMs = Number.POSITIVE_INFINITY,
): Sweeper {
  const minuteMs = 60_000;
  let next = Number.POSITIVE_INFINITY;
  const instantOf = ({ listPk, listSk }: Item): number => {
    const list = String(listPk);
    const at = Date.parse(String(listSk).split('#', 1)[0] ?? '');
    if (list.startsWith('DUE#')) return at;
    return list.startsWith('OUTBOX#') ? at + 5 * minuteMs : Number.POSITIVE_INFINITY;
  };
  const arm = (at: number) => {
    if (at >= next || at > horizonMs) return;
    next = at;
    world.after(at - world.now(), () => {
      if (next !== at) return;
      next = Number.POSITIVE_INFINITY;
      sweep();
      const earliest = Math.min(Number.POSITIVE_INFINITY, ...table.all().map(instantOf));
      if (Number.isFinite(earliest)) arm(Math.max(world.now() + minuteMs, earliest + minuteMs * world.chance.next()));
    });
  };
  return {
    listed(item) {
      const at = instantOf(item);
      if (Number.isFinite(at)) arm(Math.max(world.now(), at) + minuteMs * world.chance.next());
    },
  };
}
