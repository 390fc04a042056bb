import type { CapturedActivity } from '../leads/activity.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { type LinkId, readLinkId } from '../leads/link-id.ts';
import { readLinkKeys } from '../leads/link-token.ts';

export interface LinkProofDeps {
  readonly leads: Pick<LeadStore, 'get'>;
  /** The secret that signs links. */
  readonly linkKeys: () => Promise<string>;
}

/** Which of our links led to this page; `null` when none did, or when the id that says so is not of our making. */
async function linkOf({ type, properties }: CapturedActivity, { linkKeys }: LinkProofDeps): Promise<LinkId | null> {
  const { linkId } = properties;
  if (type !== 'page.viewed' || typeof linkId !== 'string') return null;
  return readLinkId(linkId, readLinkKeys(await linkKeys()));
}

/**
 * The lead whose message led an unknown visitor to this page. Only the page is theirs, not the visitor: a mail that is passed on must
 * not make two people one.
 */
export async function leadByLink(captured: CapturedActivity, deps: LinkProofDeps): Promise<string | null> {
  const link = await linkOf(captured, deps);
  return link && (await deps.leads.get(link.leadId)) ? link.leadId : null;
}

/**
 * A page view without a link id that is not of our making, or not this lead's: it would make a person of a scanner (T6). A click keeps
 * its own: alone it proves nothing, and the page is matched with it.
 */
export async function withOwnLink(
  captured: CapturedActivity,
  leadId: string,
  deps: LinkProofDeps,
): Promise<CapturedActivity> {
  if (captured.type !== 'page.viewed' || captured.properties.linkId === undefined) return captured;
  const link = await linkOf(captured, deps);
  if (link?.leadId === leadId) return captured;
  const { linkId: _, ...properties } = captured.properties;
  return { ...captured, properties };
}
