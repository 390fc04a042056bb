import * as z from 'zod';
import { type LinkKeys, linkToken, readLinkToken } from '../leads/link-token.ts';

/** The message whose link this is. It names the person by their id only: no address ever stands in a link. */
const Link = z.object({
  leadId: z.string().min(1),
  sequence: z.string().min(1),
  run: z.string().min(1),
  step: z.coerce.number().int(),
});
export type UnsubscribeLink = z.infer<typeof Link>;

/** The token of a link: `base64url(kid.lead.sequence.run.step).mac`. It does not expire: the right to say no does not either. */
export function unsubscribeToken(link: UnsubscribeLink, keys: LinkKeys): string {
  return tokenFor('unsubscribe', link, keys);
}

/** What a token says, if we signed it; null for every other text, and for every reason alike. */
export function readUnsubscribeToken(token: string, keys: LinkKeys): UnsubscribeLink | null {
  return readTokenFor('unsubscribe', token, keys);
}

/** The token of the page on which the person says what they want: as lasting as the other, and good for nothing else. */
export function preferencesToken(link: UnsubscribeLink, keys: LinkKeys): string {
  return tokenFor('preferences', link, keys);
}

export function readPreferencesToken(token: string, keys: LinkKeys): UnsubscribeLink | null {
  return readTokenFor('preferences', token, keys);
}

type Purpose = 'unsubscribe' | 'preferences';

function tokenFor(purpose: Purpose, { leadId, sequence, run, step }: UnsubscribeLink, keys: LinkKeys): string {
  return linkToken(purpose, [leadId, sequence, run, step], keys);
}

function readTokenFor(purpose: Purpose, token: string, keys: LinkKeys): UnsubscribeLink | null {
  const [leadId, sequence, run, step, ...more] = readLinkToken(purpose, token, keys) ?? [];
  return more.length > 0 ? null : (Link.safeParse({ leadId, sequence, run, step }).data ?? null);
}
