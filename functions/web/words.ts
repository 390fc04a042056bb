/** The sentence with a capital at its start: rules and activities are written to stand inside one. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A field's name as people read it: `company_size` as `Company size`. */
export function label(name: string): string {
  return capital(name.replaceAll(/[_-]+/g, ' '));
}
