import * as z from 'zod';

/** A line that a colleague writes about a lead, such as a reason or their own name: 1 to `maxLength` characters, no line breaks. */
export function operatorLine(what: string, maxLength: number) {
  const error = `Write ${what} in 1 to ${maxLength} characters.`;
  return z
    .string({ error })
    .transform((text) =>
      text
        .toWellFormed()
        .normalize('NFC')
        .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .trim(),
    )
    .pipe(z.string().min(1, { error }).max(maxLength, { error }));
}
