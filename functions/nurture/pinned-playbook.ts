import type * as z from 'zod';
import type { PlaybookStore } from '../leads/playbook.store.ts';
import { EmailTemplates } from './email-template.ts';
import { Sequences } from './sequence.ts';

/** One part of the playbook by version. Rejects on a version nobody stored. */
export type Pinned<Part> = (version: string) => Promise<Part>;

/** What this function was bundled with, not parsed yet. */
export interface Bundled {
  readonly version: string;
  readonly content: unknown;
}

export function pinnedSequences(bundled: Bundled, store: Pick<PlaybookStore, 'get'>): Pinned<Sequences> {
  return pinned('sequences', Sequences, bundled, store);
}

export function pinnedEmails(bundled: Bundled, store: Pick<PlaybookStore, 'get'>): Pinned<EmailTemplates> {
  return pinned('emails', EmailTemplates, bundled, store);
}

/**
 * The running version from the bundle, older ones from the table, since a walk ends by the words it began with (Q21). A version
 * never changes, so each is read once per function instance.
 */
function pinned<Part>(
  part: string,
  schema: z.ZodType<Part>,
  { version: running, content }: Bundled,
  store: Pick<PlaybookStore, 'get'>,
): Pinned<Part> {
  const bundled = schema.parse(content);
  const known = new Map([[running, (async () => bundled)()]]);
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
    const stored = await store.get(version, part);
    if (stored === null)
      throw new Error(`playbook ${version} is not in the table: deploy stores it, so deploy it again`);
    return schema.parse(stored);
  }
}
