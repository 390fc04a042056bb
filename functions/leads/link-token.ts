import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/**
 * The keys that sign links, as the secret holds them: `{"current":"k2","k1":"…","k2":"…"}`. A new key is added and made current;
 * old ones stay, since every link ever sent must work (I-C4).
 */
export const LinkKeys = z
  .object({ current: z.string() })
  .catchall(z.string().min(16))
  .refine((keys) => keys.current !== 'current' && keys[keys.current] !== undefined, 'current names no key');
export type LinkKeys = z.infer<typeof LinkKeys>;

/** Throws when the secret is not what the template makes: without keys no link can be made, and no mail may go without one. */
export function readLinkKeys(secret: string): LinkKeys {
  return LinkKeys.parse(JSON.parse(secret));
}

/** The shortest signature that is still out of reach of guessing (RFC 2104 § 5: no less than half the hash). */
export const shortMacBytes = 16;

/**
 * Signs what a link says: `base64url(kid.field.field…).mac`, safe in an address as it is. Bound to its purpose: a link made for
 * one thing, signed by the same key, does nothing else.
 */
export function linkToken(
  purpose: string,
  fields: readonly (string | number)[],
  keys: LinkKeys,
  macBytes = 32,
): string {
  const kid = keys.current;
  const payload = Buffer.from([kid, ...fields.map(escaped)].join('.')).toString('base64url');
  return `${payload}.${mac(purpose, payload, keyOf(keys, kid), macBytes).toString('base64url')}`;
}

/** The fields of a token that we signed for this purpose; null for every other text, and for every reason alike. */
export function readLinkToken(
  purpose: string,
  token: string,
  keys: LinkKeys,
  macBytes = 32,
): readonly (string | undefined)[] | null {
  const [payload = '', signature = '', ...rest] = token.split('.');
  const [kid = '', ...fields] = Buffer.from(payload, 'base64url').toString().split('.');
  // An unknown key is compared all the same, so that it takes as long as a wrong signature.
  const expected = mac(purpose, payload, keyOf(keys, kid), macBytes);
  const given = Buffer.from(signature, 'base64url');
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  return isOurs && keyOf(keys, kid) !== '' && rest.length === 0 ? fields.map(unescaped) : null;
}

function keyOf(keys: LinkKeys, kid: string): string {
  return kid !== 'current' && Object.hasOwn(keys, kid) ? (keys[kid] ?? '') : '';
}

function mac(purpose: string, payload: string, key: string, bytes: number): Buffer {
  return createHmac('sha256', key).update(`${purpose}.${payload}`).digest().subarray(0, bytes);
}

// A run is named after an activity, and a site may name its activities with dots in them.
function escaped(field: string | number): string {
  return String(field).replaceAll('%', '%25').replaceAll('.', '%2E');
}

function unescaped(field: string): string {
  return field.replaceAll('%2E', '.').replaceAll('%25', '%');
}
