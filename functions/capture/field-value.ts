import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { normaliseEmail } from '../leads/email-address.ts';
import { countryCode } from './country-code.ts';
import type { FormField } from './form.ts';
import { numberOf } from './number-text.ts';

/** What may be wrong with one answer, by name: the JSON answer and the page say it each in their own words. */
export type FieldFault =
  | 'required'
  | 'not-text'
  | 'given-twice'
  | 'not-plain-text'
  | 'too-long'
  | 'not-an-email'
  | 'not-a-number'
  | 'not-an-option'
  | 'not-a-country'
  | 'not-a-web-address';

export type FieldAnswer =
  | { readonly outcome: 'given'; readonly value: string | number }
  | { readonly outcome: 'left-out' }
  | { readonly outcome: 'refused'; readonly fault: FieldFault };

/** Reads the answers to one field as the form declares it. Nothing is cut or guessed: what does not fit is refused. */
export function readField(field: FormField, answers: readonly unknown[], country?: string): FieldAnswer {
  const texts = [...new Set(answers.map(asText))];
  if (texts.length > 1) return refused('given-twice');
  const [text = ''] = texts;
  if (text === null) return refused('not-text');
  // A JSON number has no marks to misread: 1.234 is what it says.
  const [answer] = answers;
  if (field.type === 'number' && typeof answer === 'number')
    return Math.abs(answer) < 1e15 ? given(answer) : refused('not-a-number');
  // An address is taken as it is typed: composing would make an ASCII k of the Kelvin sign, and one mailbox of two (I-N2).
  const value = (field.type === 'email' ? text : text.normalize('NFC'))
    .replace(/\r\n?/g, field.type === 'textarea' ? '\n' : '$&')
    .trim();
  if (value === '') return field.required ? refused('required') : { outcome: 'left-out' };
  if (!isPlainText(field.type === 'textarea' ? value.replace(/[\n\t]/g, '') : value)) return refused('not-plain-text');
  if ([...value].length > field.maxLength) return refused('too-long');
  return readValue(field, value, country);
}

function readValue({ type, options = [] }: FormField, value: string, country: string | undefined): FieldAnswer {
  switch (type) {
    case 'email':
      return normaliseEmail(value) === null ? refused('not-an-email') : given(value);
    case 'number':
      return givenOr('not-a-number', numberOf(value));
    case 'select':
      return options.includes(value) ? given(value) : refused('not-an-option');
    case 'url':
      return isWebAddress(value) ? given(value) : refused('not-a-web-address');
    case 'tel':
      return given(phoneNumber(value, country));
    case 'country':
      return givenOr('not-a-country', countryCode(value));
    case 'text':
    case 'textarea':
      return given(value);
  }
}

function given(value: string | number): FieldAnswer {
  return { outcome: 'given', value };
}

function givenOr(fault: FieldFault, value: string | number | null | undefined): FieldAnswer {
  return value === null || value === undefined ? refused(fault) : given(value);
}

function refused(fault: FieldFault): FieldAnswer {
  return { outcome: 'refused', fault };
}

/** The text of one answer; `null` for what is neither text nor a number nor yes or no. Safe on anything JSON can say. */
export function asText(answer: unknown): string | null {
  if (typeof answer === 'string') return answer;
  return typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : null;
}

/** One line that any store, header and page can take: no control character, no line separator, no half of a character. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\u2028\u2029\uFFFD]/u.test(text);
}

/** In international form when it is a number somewhere, such as +5521999998888; else as typed: a person can still read it. */
function phoneNumber(typed: string, country: string | undefined): string {
  const region: CountryCode | undefined = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(typed, region);
  return phone?.isValid() ? phone.number : typed;
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
