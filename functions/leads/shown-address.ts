import { domainToASCII, domainToUnicode } from 'node:url';

export interface ShownAddress {
  readonly text: string;
  /** A sentence for whoever is about to trust the address; `null` when it is what it looks like. */
  readonly warning: string | null;
}

const mixed = 'The domain mixes alphabets and may imitate another one: it is shown in its ASCII form.';
const unusual = 'The domain has letters that are easily taken for others: it is shown in its ASCII form.';

/**
 * An address as a page may show it: in its own letters where they are what they look like, else with the domain in Punycode and a
 * warning (I-N3). Takes an address as typed or normalised; before the @ there is only ASCII in either.
 */
export function shownAddress(email: string): ShownAddress {
  const at = email.lastIndexOf('@') + 1;
  const ascii = domainToASCII(email.slice(at)).toLowerCase();
  // What is no domain at all says so by its looks, as far as it is made of visible ASCII.
  if (ascii === '' && /^[\x20-\x7e]*$/.test(email)) return { text: email, warning: null };
  if (!ascii.includes('xn--')) return { text: email.slice(0, at) + (ascii || '?'), warning: ascii ? null : unusual };
  const unicode = domainToUnicode(ascii);
  const warning = faultOf(unicode);
  return { text: email.slice(0, at) + (warning === null ? unicode : ascii), warning };
}

function faultOf(domain: string): string | null {
  // Neither a letter, a mark nor a digit: a picture, a mark of direction, or a label that does not decode.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || /(^|\.)xn--/.test(domain) || phonetic.test(domain)) return unusual;
  if (!domain.split('.').every(isOneScript)) return mixed;
  return looksLatin.test(domain) && /\p{Script=Latin}/u.test(domain) ? mixed : null;
}

/** Scripts with letters drawn like Latin ones: beside any Latin letter, the `com` at the end included, they are not shown. */
const looksLatin = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u;

/** Latin letters that no language writes a name with: ɡ beside g, ɑ beside a. */
const phonetic = /[\u0250-\u02ff\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/;

/** Sets of scripts that belong to one way of writing, Latin included where it does (UTS #39 §5.2, highly restrictive). */
const writings = [
  /^[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}\p{Script=Inherited}]*$/u,
  /^[\p{Script=Latin}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]*$/u,
  /^[\p{Script=Latin}\p{Script=Han}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]*$/u,
  ...[
    ...['Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Thaana', 'Ethiopic', 'Thai', 'Lao', 'Khmer'],
    ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
    ...['Myanmar', 'Tibetan'],
  ].map((script) => new RegExp(`^[\\p{Script=${script}}\\p{Script=Common}\\p{Script=Inherited}]*$`, 'u')),
];

function isOneScript(label: string): boolean {
  return writings.some((writing) => writing.test(label));
}
