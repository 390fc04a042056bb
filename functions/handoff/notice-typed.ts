/**
 * What a stranger typed, as it may stand in a notice: as long as `length` at most (in characters), without what is not seen or turns
 * the reading direction around. With `lines` its line breaks stay. Every channel escapes it besides, or has no markup at all there.
 */
export function asTyped(value: unknown, length: number, { lines = false } = {}): string {
  if (typeof value !== 'string') return '';
  const breaks = lines ? /[^\P{Cc}\n]+/gu : /\p{Cc}+/gu;
  // Cut before it is looked at closely, so that a page of text costs no more than a line.
  const clean = value
    .slice(0, 4 * length)
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(breaks, ' ')
    .replace(unseen, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  // Joiners alone are nothing to see.
  if (clean.replaceAll(/\u200c|\u200d|\ufe0f|\s/g, '') === '') return '';
  const characters = [...clean];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : clean;
}

/** What nobody sees, and marks of direction; but for the joiners that some scripts and emoji need. A blank of Braille is as unseen. */
const unseen =
  /(?!\u200c|\u200d|\ufe0f)[\p{Default_Ignorable_Code_Point}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2800]/gu;
