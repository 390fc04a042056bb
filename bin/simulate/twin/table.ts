import { conditionOf, type Given } from './expression.ts';
import { type GlobalIndex, globalIndex, type IndexShape } from './global-index.ts';
import { type Item, sizeOf, stored, validationError } from './item.ts';
import { updateOf } from './update.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What a table looks like: `pk` and `sk` are its keys, as of every table of this product. */
export interface TableShape {
  /** Index name → sort key beside `pk`. */
  readonly local: Readonly<Record<string, string>>;
  readonly global: Readonly<Record<string, IndexShape>>;
}

/** One write; without a condition it always holds. */
export interface TwinWrite {
  readonly kind: 'put' | 'update' | 'delete' | 'check';
  readonly key: Key;
  readonly item?: Item;
  readonly update?: string | undefined;
  readonly condition?: string | undefined;
  readonly given: Given;
}

export interface TwinQuery {
  readonly index?: string | undefined;
  readonly condition: string;
  readonly filter?: string | undefined;
  readonly given: Given;
  readonly limit?: number | undefined;
  readonly after?: Item | undefined;
  readonly backwards: boolean;
}

/** What a write did to one item; `null` where there is none. */
export interface Change {
  readonly before: Item | null;
  readonly after: Item | null;
}

export interface TableTwin {
  get(key: Key): Item | undefined;
  /** All or nothing: positions of the writes whose conditions do not hold, or none when all are written. */
  write(writes: readonly TwinWrite[]): readonly number[];
  query(query: TwinQuery): { readonly items: readonly Item[]; readonly last: Item | undefined };
  /** Everything, for checks and for comparing. */
  all(): readonly Item[];
}

export interface TwinOptions {
  readonly now: () => number;
  /** How much later than the table a global index knows of the next write, in ms. */
  readonly lagMs: () => number;
  readonly onWritten: (changes: readonly Change[]) => void;
}

const bytesPerPage = 1024 * 1024;

/** A DynamoDB table in memory. Items are never changed once stored, so readers may keep them. */
export function tableTwin(shape: TableShape, { now, lagMs, onWritten }: TwinOptions): TableTwin {
  const partitions = new Map<string, Map<string, Item>>();
  const indexes = new Map<string, GlobalIndex>(
    Object.entries(shape.global).map(([name, index]) => [name, globalIndex(index)]),
  );
  const get = ({ pk, sk }: Key) => partitions.get(pk)?.get(sk);

  function set(key: Key, item: Item | null): void {
    const partition = partitions.get(key.pk) ?? new Map<string, Item>();
    if (item) partition.set(key.sk, item);
    else partition.delete(key.sk);
    partitions.set(key.pk, partition);
    for (const index of indexes.values()) index.note(key, item, now() + lagMs());
  }

  function write(writes: readonly TwinWrite[]): readonly number[] {
    const failed = writes.flatMap(({ key, condition, given }, place) =>
      condition === undefined || conditionOf(condition)(get(key), given) ? [] : [place],
    );
    if (failed.length > 0) return failed;
    const changes = writes
      .filter(({ kind }) => kind !== 'check')
      .map((each) => ({ key: each.key, before: get(each.key) ?? null, after: written(each, get(each.key)) }));
    // Only now, so that a write which makes no sense leaves its neighbours undone.
    for (const { after } of changes) for (const index of indexes.values()) index.check(after);
    for (const { key, after } of changes) set(key, after);
    onWritten(changes);
    return [];
  }

  function query({ index, condition, filter, given, limit, after, backwards }: TwinQuery) {
    const global = index === undefined ? undefined : indexes.get(index);
    const sortKey = index === undefined ? 'sk' : (global?.sortKey ?? shape.local[index]);
    if (sortKey === undefined) throw validationError(`The table does not have the specified index: ${index}`);
    const candidates = global ? global.items(now()) : (partitions.get(partitionOf(condition, given))?.values() ?? []);
    const holds = conditionOf(condition);
    const found = [...candidates].filter((item) => item[sortKey] !== undefined && holds(item, given));
    const compare = (a: Item, b: Item) => (placeOf(a, sortKey) < placeOf(b, sortKey) ? -1 : 1);
    found.sort(backwards ? (a, b) => compare(b, a) : compare);
    const first = after
      ? found.findIndex((item) => compare(after, item) * (backwards ? -1 : 1) < 0 && !isAt(item, after))
      : 0;
    const page = pageOf(first < 0 ? [] : found.slice(first), limit);
    const passes = filter === undefined ? () => true : conditionOf(filter);
    const end = page.items.at(-1);
    return {
      items: page.items.filter((item) => passes(item, given)),
      last: page.isWhole || !end ? undefined : keysOf(end, sortKey, global?.partitionKey),
    };
  }

  return {
    get,
    write,
    query,
    all: () => [...partitions.values()].flatMap((partition) => [...partition.values()]),
  };
}

function written({ kind, key, item, update, given }: TwinWrite, before: Item | undefined): Item | null {
  if (kind === 'delete') return null;
  if (kind === 'put') return stored(item ?? {});
  return stored(update === undefined ? (before ?? { ...key }) : updateOf(update)(before ?? { ...key }, given));
}

/** The partition that a key condition names: `pk = :pk`. */
function partitionOf(condition: string, { values }: Given): string {
  const name = /(?:^|\W)pk\s*=\s*(:\w+)/.exec(condition)?.[1];
  if (name === undefined) throw validationError(`Query condition missed key schema element: pk in ${condition}`);
  return String(values[name]);
}

/** Where an item stands in a list: items of one sort key in the order of their own keys. */
function placeOf(item: Item, sortKey: string): string {
  return sortKey === 'sk' ? String(item.sk) : `${item[sortKey]}\u0000${item.pk}\u0000${item.sk}`;
}

function isAt(item: Item, place: Item): boolean {
  return item.pk === place.pk && item.sk === place.sk;
}

function keysOf(item: Item, sortKey: string, partitionKey: string | undefined): Item {
  const { pk, sk } = item;
  return {
    pk,
    sk,
    [sortKey]: item[sortKey],
    ...(partitionKey !== undefined && { [partitionKey]: item[partitionKey] }),
  };
}

/** At most `limit` items and about a megabyte. */
function pageOf(
  items: readonly Item[],
  limit = Number.POSITIVE_INFINITY,
): { items: readonly Item[]; isWhole: boolean } {
  let bytes = 0;
  for (const [place, item] of items.entries()) {
    bytes += sizeOf(item);
    // As DynamoDB does: a page that reaches its limit has a next one, even when nothing is on it.
    if (place + 1 >= limit || bytes >= bytesPerPage) return { items: items.slice(0, place + 1), isWhole: false };
  }
  return { items, isWhole: true };
}
