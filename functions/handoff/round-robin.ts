import * as z from 'zod';
import type { Rep } from './team.ts';

/** Where the rotation stands: how many turns were given, and to whom the last one went. */
export const Rotation = z.object({ turns: z.number().int().nonnegative(), lastRep: z.string().nullable() });
export type Rotation = z.infer<typeof Rotation>;

/** Before anybody had a turn. */
export const startOfRotation: Rotation = { turns: 0, lastRep: null };

/**
 * Whose turn it is: the rep after the last one, in the team's order, and from the end back to the first (D3). A rep who has left
 * is stepped over by starting anew. Throws on an empty team: the playbook does not allow one.
 */
export function nextTurn(reps: readonly Rep[], rotation: Rotation): { readonly rep: Rep; readonly rotation: Rotation } {
  // The last rep's index is −1 when there is none, or when they left: then the first is next.
  const last = reps.findIndex(({ id }) => id === rotation.lastRep);
  const rep = reps[(last + 1) % reps.length];
  if (!rep) throw new Error('the team has no reps: name at least one in playbook/team.yaml');
  return { rep, rotation: { turns: rotation.turns + 1, lastRep: rep.id } };
}
