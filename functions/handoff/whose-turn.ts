import { noPlace, type Roster } from './roster.ts';
import type { Method, Rep } from './team.ts';

/** Who comes first, second …, and what is left to remember of it. */
export interface Order {
  /** Never empty where reps are given: the first one gets the lead. */
  readonly reps: readonly string[];
  /** What weighted turns leave each of them with, in thousandths of a lead; empty for the other methods. */
  readonly credits: Readonly<Record<string, number>>;
}

/**
 * In which order reps come who could all take a lead. `reps` in the order of the team; `weightOf`: their shares.
 *
 * Weighted turns are smooth: everybody is credited their weight, who has most gets the lead and pays for it with the weight of all.
 * So 2:1 gives A B A, A B A, never a run of leads to one rep, and exactly 2:1 in the long run.
 */
export function inOrder(method: Method, reps: readonly Rep[], roster: Roster, weightOf: (rep: Rep) => number): Order {
  const placeOf = ({ id }: Rep) => roster.places[id] ?? noPlace;
  // Who has waited longest. Sorting keeps the order of the team between two who never had a lead.
  const byWait = reps.toSorted((a, b) => placeOf(a).lastTurn - placeOf(b).lastTurn);
  if (method === 'round-robin') return { reps: byWait.map(({ id }) => id), credits: {} };
  if (method === 'least-busy') {
    const byLoad = byWait.toSorted((a, b) => placeOf(a).open - placeOf(b).open);
    return { reps: byLoad.map(({ id }) => id), credits: {} };
  }
  const weighed = byWait.map((rep) => ({
    id: rep.id,
    credit: placeOf(rep).credit,
    weight: thousandths(weightOf(rep)),
  }));
  const credited = weighed.map(({ id, credit, weight }) => ({ id, credit: credit + weight }));
  const byCredit = credited.toSorted((a, b) => b.credit - a.credit);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return {
    reps: byCredit.map(({ id }) => id),
    credits: Object.fromEntries(byCredit.map(({ id, credit }, index) => [id, index === 0 ? credit - total : credit])),
  };
}

/** Whole numbers add up the same in every order; nobody has so small a share that it is nothing. */
function thousandths(weight: number): number {
  return Math.max(1, Math.round(weight * 1000));
}
