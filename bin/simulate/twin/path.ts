import { type Item, validationError } from './item.ts';

/** Where in an item: names of maps and places in lists. */
export type Path = readonly (string | number)[];

/** `consent.#purpose[0]`, with what `#purpose` stands for. */
export function pathOf(text: string, names: Readonly<Record<string, string>>): Path {
  return text.split('.').flatMap((part) => {
    const [name = '', ...places] = part.split('[');
    const meant = name.startsWith('#') ? names[name] : name;
    if (meant === undefined) throw validationError(`An expression attribute name used is not defined: ${name}`);
    return [meant, ...places.map((place) => Number.parseInt(place, 10))];
  });
}

/** `undefined` where there is nothing. */
export function valueAt(item: Item | undefined, path: Path): unknown {
  let value: unknown = item;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** The item with another value there, or without one when it is `undefined`. @throws when what it would stand in does not exist. */
export function withValue(item: Item, path: Path, value: unknown): Item {
  const [step, ...rest] = path;
  const name = String(step);
  if (rest.length === 0) {
    const { [name]: _, ...others } = item;
    return value === undefined ? others : { ...item, [name]: value };
  }
  const inner = item[name];
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner))
    throw validationError('The document path provided in the update expression is invalid for update');
  return { ...item, [name]: withValue({ ...inner }, rest, value) };
}
