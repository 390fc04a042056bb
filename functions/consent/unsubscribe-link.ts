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

/** The message whose unsubscribe link this is. It names the person by their id only: no address ever stands in a link. */
const Link = z.object({
  leadId: z.string().min(1),
  sequence: z.string().min(1),
  run: z.string().min(1),
  step: z.coerce.number().int(),
});
export type UnsubscribeLink = z.infer<typeof Link>;

/** The token of a link: `base64url(kid.lead.sequence.run.step).mac`. It does not expire: the right to say no does not either. */
export function unsubscribeToken({ leadId, sequence, run, step }: UnsubscribeLink, keys: LinkKeys): string {
  const kid = keys.current;
  const payload = Buffer.from([kid, leadId, sequence, run, step].join('.')).toString('base64url');
  return `${payload}.${mac(payload, keyOf(keys, kid)).toString('base64url')}`;
}

/** The unsubscribe address of a message. Rejects while the keys cannot be read: no mail goes without a way out. */
export function unsubscribeUrls(
  baseUrl: string,
  secret: () => Promise<string>,
): (message: UnsubscribeLink) => Promise<string> {
  return async (message) => `${baseUrl}/u/${unsubscribeToken(message, readLinkKeys(await secret()))}`;
}

/** What a token says, if we signed it; null for every other text, and for every reason alike. */
export function readUnsubscribeToken(token: string, keys: LinkKeys): UnsubscribeLink | null {
  const [payload = '', signature = '', ...rest] = token.split('.');
  const [kid = '', leadId, sequence, run, step, ...more] = Buffer.from(payload, 'base64url').toString().split('.');
  // An unknown key is compared all the same, so that it takes as long as a wrong signature.
  const expected = mac(payload, keyOf(keys, kid));
  const given = Buffer.from(signature, 'base64url');
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isOurs || keyOf(keys, kid) === '' || rest.length > 0 || more.length > 0) return null;
  return Link.safeParse({ leadId, sequence, run, step }).data ?? null;
}

function keyOf(keys: LinkKeys, kid: string): string {
  return kid !== 'current' && Object.hasOwn(keys, kid) ? (keys[kid] ?? '') : '';
}

/** Bound to its purpose: a link made for something else, signed by the same key, does not unsubscribe. */
function mac(payload: string, key: string): Buffer {
  return createHmac('sha256', key).update(`unsubscribe.${payload}`).digest();
}
