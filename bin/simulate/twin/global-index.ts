import { type Item, validationError } from './item.ts';
import type { Key } from './table.ts';

/** A global secondary index: its own keys, and which other attributes it holds. */
export interface IndexShape {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Left out: all attributes. */
  readonly holds?: readonly string[];
}

export interface GlobalIndex extends IndexShape {
  /** @throws ValidationException for an item whose index keys are no text. */
  check(item: Item | null): void;
  /** The index will know of this write at `visibleAt` (epoch ms). */
  note(key: Key, item: Item | null, visibleAt: number): void;
  /** What the index knows at an instant: of each item some state that it had, not always the latest. */
  items(now: number): Iterable<Item>;
}

export function globalIndex(shape: IndexShape): GlobalIndex {
  const { partitionKey, sortKey, holds } = shape;
  const known = new Map<string, Item>();
  let waiting: { id: string; item: Item | null; visibleAt: number }[] = [];
  const isListed = (item: Item | null): item is Item =>
    item !== null && item[partitionKey] !== undefined && item[sortKey] !== undefined;
  const projected = (item: Item): Item =>
    holds
      ? Object.fromEntries(
          ['pk', 'sk', partitionKey, sortKey, ...holds].flatMap((name) =>
            item[name] === undefined ? [] : [[name, item[name]]],
          ),
        )
      : item;
  return {
    ...shape,
    check(item) {
      for (const name of item ? [partitionKey, sortKey] : [])
        if (item?.[name] !== undefined && (typeof item[name] !== 'string' || item[name] === ''))
          throw validationError(`Type mismatch for Index Key ${name}`);
    },
    note({ pk, sk }, item, visibleAt) {
      const id = `${pk}\u0000${sk}`;
      if (!isListed(item) && !known.has(id) && !waiting.some((each) => each.id === id)) return;
      waiting.push({ id, item: isListed(item) ? projected(item) : null, visibleAt });
    },
    items(now) {
      const later: typeof waiting = [];
      const held = new Set<string>();
      // Writes to one item arrive in their order; a write that is late keeps back those to the same item that follow it.
      for (const each of waiting) {
        if (each.visibleAt > now || held.has(each.id)) {
          held.add(each.id);
          later.push(each);
        } else if (each.item) known.set(each.id, each.item);
        else known.delete(each.id);
      }
      waiting = later;
      return known.values();
    },
  };
}
