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

/** Is it a colleague who gets our notices, and not a lead? Lead ids have no dash. */
export function isColleague(recipientId: string): boolean {
  return recipientId.startsWith('team-');
}

/** A no counts whoever has the link; a yes only from the address that the person has now. */
export interface PreferencesLink extends UnsubscribeLink {
  /** Which address the message went to, as `addressMark` marks it. Empty: that was not noted yet. */
  readonly sentTo: string;
}

/** The token of a link: `base64url(kid.lead.sequence.run.step).mac`. It does not expire: the right to say no does not either. */
export function unsubscribeToken(link: UnsubscribeLink, keys: LinkKeys): string {
  return linkToken('unsubscribe', fieldsOf(link), keys);
}

/** What a token says, if we signed it; null for every other text, and for every reason alike. */
export function readUnsubscribeToken(token: string, keys: LinkKeys): UnsubscribeLink | null {
  const [leadId, sequence, run, step, ...more] = readLinkToken('unsubscribe', token, keys) ?? [];
  return more.length > 0 ? null : (Link.safeParse({ leadId, sequence, run, step }).data ?? null);
}

/** The token of the page on which the person says what they want: as lasting as the other, and good for nothing else. */
export function preferencesToken(link: PreferencesLink, keys: LinkKeys): string {
  return linkToken('preferences', [...fieldsOf(link), link.sentTo], keys);
}

export function readPreferencesToken(token: string, keys: LinkKeys): PreferencesLink | null {
  const [leadId, sequence, run, step, sentTo = '', ...more] = readLinkToken('preferences', token, keys) ?? [];
  const link = more.length > 0 ? undefined : Link.safeParse({ leadId, sequence, run, step }).data;
  return link ? { ...link, sentTo } : null;
}

function fieldsOf({ leadId, sequence, run, step }: UnsubscribeLink): readonly (string | number)[] {
  return [leadId, sequence, run, step];
}
