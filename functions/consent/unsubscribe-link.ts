import * as z from 'zod';
import { type LinkKeys, linkToken, readLinkToken } from '../leads/link-token.ts';

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
  return linkToken('unsubscribe', [leadId, sequence, run, step], keys);
}

/** What a token says, if we signed it; null for every other text, and for every reason alike. */
export function readUnsubscribeToken(token: string, keys: LinkKeys): UnsubscribeLink | null {
  const [leadId, sequence, run, step, ...more] = readLinkToken('unsubscribe', token, keys) ?? [];
  return more.length > 0 ? null : (Link.safeParse({ leadId, sequence, run, step }).data ?? null);
}
