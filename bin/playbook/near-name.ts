/** How many letters may be wrong for a name still to be taken for a slip of the pen. */
const slipLetters = 2;

/** The name that was probably meant; `undefined` when none is near. In a short name every letter counts. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  const most = Math.min(slipLetters, Math.floor(name.length / 3));
  const [near] = known
    .map((each) => ({ each, letters: distance(name, each) }))
    .filter(({ letters }) => letters <= most)
    .sort((a, b) => a.letters - b.letters);
  return near?.each;
}

/** `did you mean "pricing"?`, or all there is to choose from. */
export function meantOrAny(name: string, known: readonly string[]): string {
  const near = nearName(name, known);
  return near === undefined ? `use one of ${known.join(', ')}` : `did you mean "${near}"?`;
}

/**
 * How many letters must be put in, left out, changed or swapped with the next to make one name of the other (Damerau-Levenshtein);
 * capitals count half.
 */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  let rowBefore = row;
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const [above = 0, diagonal = 0, left = 0] = [row[column + 1], row[column], next[column]];
      const isSwapped = column > 0 && letter === to[column - 1] && other === from[index - 1];
      const swapped = isSwapped ? (rowBefore[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(above + 1, left + 1, diagonal + change(letter, other), swapped));
    }
    [rowBefore, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}

function change(letter: string, other: string): number {
  if (letter === other) return 0;
  return letter.toLowerCase() === other.toLowerCase() ? 0.5 : 1;
}
