import * as z from 'zod';

/** Somebody said at that instant (ISO) that a visitor is them; `null`: it was somebody who is erased. */
export const Identification = z.object({ leadId: z.string().nullable(), at: z.string() });
export type Identification = z.infer<typeof Identification>;

/** So many are told apart however late they arrive; whoever came before them is forgotten first, and the item stays small. */
const most = 25;

/**
 * Who a visitor has been, oldest first, with one more identification. The same for any order in which they are told; the very same
 * list when this one is known, or is too old to matter.
 */
export function identifiedBy(known: readonly Identification[], added: Identification): readonly Identification[] {
  const isAdded = ({ leadId, at }: Identification) => leadId === added.leadId && at === added.at;
  if (known.some(isAdded)) return known;
  const kept = [...known, added].sort(inOrder).slice(-most);
  return kept.some(isAdded) ? kept : known;
}

/** Whose an activity of this instant is: who had said so last, or else who said so first. */
export function ownerAt(identified: readonly Identification[], at: string): string | null {
  return (identified.findLast((one) => one.at <= at) ?? identified[0])?.leadId ?? null;
}

function inOrder(a: Identification, b: Identification): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const [one, other] = [a.leadId ?? '', b.leadId ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}
