import { createHash } from 'node:crypto';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';
import type { Lead } from '../leads/lead.ts';

/** Where advertisements are shown. Instagram takes Meta's file, and YouTube Google's (U4). */
export const Platform = z.enum(['meta', 'google', 'linkedin', 'tiktok'], 'choose meta, google, linkedin or tiktok');
export type Platform = z.infer<typeof Platform>;

/** The file of a platform: its own column names, and what stands there of a person, as it asks for it (docs/audiences.md). */
export interface AudienceFile {
  readonly columns: readonly string[];
  readonly row: (lead: Pick<Lead, 'email' | 'attributes'>) => readonly string[];
}

export const audienceFiles: Readonly<Record<Platform, AudienceFile>> = {
  meta: {
    columns: ['email', 'phone', 'fn', 'ln', 'country'],
    row: (lead) => {
      const { first, last } = namesOf(lead);
      const digits = phoneOf(lead).replace('+', '');
      return [lower(lead.email), digits, letters(first), letters(last), lower(countryOf(lead))].map(hashed);
    },
  },
  google: {
    columns: ['Email', 'Phone', 'First Name', 'Last Name', 'Country', 'Zip'],
    row: (lead) => [hashed(googleEmail(lead.email)), hashed(phoneOf(lead)), ...googleAddress(lead)],
  },
  // All columns of its template must be there. Names and employers would go in the clear, so they stay empty.
  linkedin: {
    columns: ['email', 'firstname', 'lastname', 'jobtitle', 'employeecompany', 'country', 'googleaid'],
    row: (lead) => [hashed(lower(lead.email)), '', '', '', '', '', ''],
  },
  tiktok: {
    columns: ['Email_SHA256', 'Phone_SHA256'],
    row: (lead) => [hashed(lower(lead.email)), hashed(phoneOf(lead))],
  },
};

/** SHA-256 in lower-case hexadecimal, of UTF-8; nothing of nothing. */
function hashed(value: string): string {
  return value === '' ? '' : createHash('sha256').update(value).digest('hex');
}

function lower(text: string): string {
  return text.trim().toLowerCase();
}

/** Google counts `ana.souza+news@gmail.com` and `anasouza@gmail.com` as one: dots and what follows a plus say nothing there. */
function googleEmail(email: string): string {
  const [name = '', domain = ''] = lower(email).split('@');
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return lower(email);
  return `${name.replace(/\+.*$/, '').replaceAll('.', '')}@${domain}`;
}

/** Google matches an address by all four or not at all, and takes the last two in the clear: less than all is better kept. */
function googleAddress(lead: Pick<Lead, 'attributes'>): readonly string[] {
  const { first, last } = namesOf(lead);
  const [country, zip] = [countryOf(lead), zipOf(lead)];
  const isWhole = [first, last, country, zip].every((part) => part !== '');
  return isWhole ? [hashed(lower(first)), hashed(lower(last)), country, zip] : ['', '', '', ''];
}

/** E.164, such as +5521987654321; nothing when it is no number anybody could dial. */
function phoneOf({ attributes }: Pick<Lead, 'attributes'>): string {
  const country = countryOf({ attributes });
  const phone = parsePhoneNumberFromString(textOf(attributes.phone), isCallable(country) ? country : undefined);
  return phone?.isValid() ? phone.number : '';
}

function isCallable(country: string): country is CountryCode {
  return isSupportedCountry(country);
}

/** The first and the last word of the name; a name of one word is a first name. */
function namesOf({ attributes: { name } }: Pick<Lead, 'attributes'>) {
  const [first = '', ...others] = textOf(name).normalize('NFC').split(/\s+/);
  return { first, last: others.at(-1) ?? '' };
}

/** In lower case and without marks, as Meta compares names; accents stay. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** ISO 3166: BR. What a file called a country and is none is left out. */
function countryOf({ attributes: { country } }: Pick<Lead, 'attributes'>): string {
  return /^[a-z]{2}$/i.test(textOf(country)) ? textOf(country).toUpperCase() : '';
}

function zipOf({ attributes: { zip, postalCode } }: Pick<Lead, 'attributes'>): string {
  const code = textOf(zip) || textOf(postalCode);
  return /^[a-z0-9][a-z0-9 -]{1,11}$/i.test(code) ? code : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
