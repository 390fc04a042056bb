import * as z from 'zod';
import { Instant } from '../leads/activity.ts';
import { type LinkKeys, linkToken, readLinkToken } from '../leads/link-token.ts';

/** What a person is asked to confirm: one submission of one form. It names them by their id only. */
const Link = z.object({
  leadId: z.string().min(1),
  form: z.string().min(1),
  /** The submission. */
  activityId: z.string().min(1),
  /** When we asked. What they said before that, the answer is about; what they said since, it is not. */
  askedAt: Instant,
  /** Which address was asked, as `addressMark` marks it: only its owner can answer. Empty: that was not noted yet. */
  sentTo: z.string(),
});
export type ConfirmLink = z.infer<typeof Link>;

/** The token of a confirmation link. It does not expire: whoever finds the e-mail a year later may still say yes. */
export function confirmToken({ leadId, form, activityId, askedAt, sentTo }: ConfirmLink, keys: LinkKeys): string {
  return linkToken('confirm', [leadId, form, activityId, askedAt, sentTo], keys);
}

/** What a token says, if we signed it; null for every other text, and for every reason alike. */
export function readConfirmToken(token: string, keys: LinkKeys): ConfirmLink | null {
  const [leadId, form, activityId, askedAt, sentTo = '', ...more] = readLinkToken('confirm', token, keys) ?? [];
  return more.length > 0 ? null : (Link.safeParse({ leadId, form, activityId, askedAt, sentTo }).data ?? null);
}
