/** An item as the twin keeps it: plain values, never changed once stored. */
export type Item = Readonly<Record<string, unknown>>;

// DynamoDB's limit for one item, and what one character of text takes at most.
const bytesPerItem = 400 * 1024;
const bytesPerCharacter = 3;

/** The error DynamoDB answers with when a request makes no sense. Never tried again. */
export function validationError(message: string): Error {
  return named('ValidationException', message);
}

export function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/**
 * What DynamoDB would keep of an item: a copy without what is `undefined`.
 * @throws ValidationException for values that it does not take, and for more than 400 KB.
 */
export function stored(item: Item): Item {
  const kept = copyOfMap(item);
  if (sizeOf(kept) > bytesPerItem) throw validationError('Item size has exceeded the maximum allowed size');
  return kept;
}

function copyOf(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw validationError(`a number that DynamoDB has not: ${value}`);
    case 'object':
      if (value === null || value instanceof Uint8Array) return value;
      if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(copyOf);
      if (isPlain(value)) return copyOfMap(value);
  }
  throw validationError(`Unsupported type passed: ${String(value)}`);
}

function copyOfMap(map: Item): Item {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(map)) {
    const value = map[name];
    if (value !== undefined) copy[name] = copyOf(value);
  }
  return copy;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Bytes an item takes: counted in characters as long as that cannot be near the limit, since counting bytes takes its time. */
export function sizeOf(item: Item): number {
  const characters = charactersOf(item);
  return characters * bytesPerCharacter < bytesPerItem ? characters : Buffer.byteLength(JSON.stringify(item));
}

function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (value instanceof Uint8Array) return value.length;
  let characters = 3;
  if (Array.isArray(value)) for (const each of value) characters += 1 + charactersOf(each);
  else for (const [name, each] of Object.entries(value)) characters += 1 + name.length + charactersOf(each);
  return characters;
}

/** Are two values the same to DynamoDB? Maps whatever the order of their names. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [ours, theirs] = [Object.entries(a), new Map(Object.entries(b))];
  if (Array.isArray(a) !== Array.isArray(b) || ours.length !== theirs.size) return false;
  return ours.every(([name, value]) => theirs.has(name) && same(value, theirs.get(name)));
}
