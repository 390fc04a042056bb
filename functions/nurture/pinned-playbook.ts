import type * as z from 'zod';
import type { PlaybookStore } from '../leads/playbook.store.ts';

/**
 * One part of the playbook by version: the running one from the bundle, older ones from the table, since a walk ends by the words
 * it began with (Q21). A version never changes, so each is read once per function instance. Throws on a version nobody stored.
 */
export function pinned<Part>(
  part: 'sequences' | 'emails',
  schema: z.ZodType<Part>,
  running: { readonly version: string; readonly content: Part },
  store: Pick<PlaybookStore, 'get'>,
): (version: string) => Promise<Part> {
  const known = new Map([[running.version, Promise.resolve(running.content)]]);
  return (version) => {
    const found = known.get(version);
    if (found) return found;
    const reading = read(version);
    known.set(version, reading);
    // A failed read is not remembered.
    reading.catch(() => known.delete(version));
    return reading;
  };

  async function read(version: string): Promise<Part> {
    const content = await store.get(version, part);
    if (content === null)
      throw new Error(`playbook ${version} is not in the table: deploy stores it, so deploy it again`);
    return schema.parse(content);
  }
}
