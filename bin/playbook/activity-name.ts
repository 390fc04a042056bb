import { knownActivityTypes } from '../../functions/leads/activity.ts';

/** How many letters may be wrong for a name still to be taken for a slip of the pen. */
const slipLetters = 2;

/**
 * What to write instead of an activity nobody ever does; `undefined` when there is such an activity, or when it is one of the
 * account's own, `track.<name>`. A rule on a misspelt name would be valid, and silent for ever.
 */
export function unknownActivity(type: string): string | undefined {
  if (knownActivityTypes.includes(type) || type.startsWith('track.')) return undefined;
  const near = knownActivityTypes
    .map((known) => ({ known, letters: distance(type, known) }))
    .reduce((best, next) => (next.letters < best.letters ? next : best));
  if (near.letters <= slipLetters) return `there is no activity "${type}": did you mean "${near.known}"?`;
  const alike = knownActivityTypes.filter((known) => known.split('.')[0] === type.split('.')[0]);
  const choice = alike.length > 0 ? alike : knownActivityTypes;
  return `there is no activity "${type}": use one of ${choice.join(', ')}; what you track yourself is track.<name>`;
}

/** How many letters must be put in, left out or changed to make one name of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const [above = 0, diagonal = 0, left = 0] = [row[column + 1], row[column], next[column]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
