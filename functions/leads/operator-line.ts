import * as z from 'zod';

/** Neither a space nor one of the characters that take no room: zero-width ones, fillers, joiners and the like. */
const visible = /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * A line that a colleague writes about a lead, such as a reason or their own name: 1 to `maxLength` characters, something to be seen
 * among them, and no line breaks. What turns the direction of writing is dropped: it would turn the page around the line too.
 */
export function operatorLine(what: string, maxLength: number) {
  const error = `Write ${what} in 1 to ${maxLength} characters.`;
  return z
    .string({ error })
    .transform((text) =>
      text
        .toWellFormed()
        .normalize('NFC')
        .replace(/\p{Bidi_Control}+/gu, '')
        .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .trim(),
    )
    .pipe(z.string().regex(visible, { error }).max(maxLength, { error }));
}
