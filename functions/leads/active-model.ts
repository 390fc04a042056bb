import type { ActivationStore } from './activation.store.ts';

/** For so long a version that agrees with what is seen need not be read again. Shorter than the wait of rescore-leads.ts. */
const freshMs = 30_000;

/**
 * The active model's version for those who see every lead that is written: read anew when it is half a minute old, or when what they
 * see is of another version. While no model changes that is two reads a minute.
 */
export function activeModelOf(
  activations: Pick<ActivationStore, 'get'>,
  now: () => number,
): (seen: readonly string[]) => Promise<string | null> {
  let known: { readonly version: string | null; readonly readAt: number } | null = null;
  return async (seen) => {
    const isFresh = known !== null && now() - known.readAt < freshMs;
    if (known && isFresh && seen.every((version) => version === known?.version)) return known.version;
    const readAt = now();
    known = { version: (await activations.get())?.version ?? null, readAt };
    return known.version;
  };
}
