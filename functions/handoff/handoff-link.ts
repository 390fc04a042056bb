import * as z from 'zod';
import { type LinkKeys, linkToken, readLinkToken } from '../leads/link-token.ts';

/** Whom a hand-off was given to, and when in its life. It names the lead by their id only: no address ever stands in a link. */
const Link = z.object({
  leadId: z.string().min(1),
  cycle: z.coerce.number().int().positive(),
  /** The link acts for this turn alone: once the lead has gone on to somebody else, it only shows. */
  turn: z.coerce.number().int().nonnegative(),
  /** The rep, or the manager, to whom it was sent. */
  rep: z.string().min(1),
});
export type HandoffLink = z.infer<typeof Link>;

/** The token of the link by which a rep answers, from any channel. It does not expire: the hand-off itself says what still counts. */
export function handoffToken({ leadId, cycle, turn, rep }: HandoffLink, keys: LinkKeys): string {
  return linkToken('handoff', [leadId, cycle, turn, rep], keys);
}

/** What a token says, if we signed it; null for every other text, and for every reason alike. */
export function readHandoffToken(token: string, keys: LinkKeys): HandoffLink | null {
  const [leadId, cycle, turn, rep, ...more] = readLinkToken('handoff', token, keys) ?? [];
  return more.length > 0 ? null : (Link.safeParse({ leadId, cycle, turn, rep }).data ?? null);
}
