import { createHash } from 'node:crypto';

/** One of several that are tried against each other, and its share of the leads among all the weights. */
export interface Weighted {
  readonly name: string;
  readonly weight: number;
}

/**
 * Which variant a lead gets at one place, such as a step of a sequence or an audience (T19): drawn by hash, so it is the same for ever,
 * in every run and every version of the playbook, and says nothing about what another place draws. The order of the variants does not
 * matter; one that is added takes its share from all the others, and of one that is taken away only its own leads move (weighted
 * rendezvous hashing).
 */
export function variantFor<V extends Weighted>(
  leadId: string,
  place: readonly (string | number)[],
  variants: readonly V[],
): V {
  // The first to ring, when each waits a chance time that is shorter the more it weighs, is each in proportion to its weight.
  const wait = ({ name, weight }: V) => -Math.log(chance([...place, name, leadId])) / weight;
  return variants.reduce((first, variant) => (wait(variant) < wait(first) ? variant : first));
}

/** A number between 0 and 1, neither of them included, that looks like chance and is always the same. */
function chance(parts: readonly (string | number)[]): number {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  return (hash.readUIntBE(0, 6) + 0.5) / 2 ** 48;
}
