import * as z from 'zod';
import { type LinkKeys, linkToken, readLinkToken, shortMacBytes } from './link-token.ts';

/** One link of one message to one lead. It names the person by their id only. */
export const LinkId = z.object({
  leadId: z.string().min(1),
  sequence: z.string().min(1),
  run: z.string().min(1),
  step: z.coerce.number().int(),
  /** The how manieth of the message's different links, from 1. */
  link: z.coerce.number().int().positive(),
});
export type LinkId = z.infer<typeof LinkId>;

/** The parameter that carries a link id from a message to the page it leads to, where the tracker reads it. */
export const linkIdParameter = 'ripen_lid';

/** Where the link leads that no person sees: whoever follows it is a machine. */
export const machinesPath = '/p/machines';

/** The signed id of a link: about 130 characters that nobody else can make, and that are no key to anything. */
export function linkIdOf({ leadId, sequence, run, step, link }: LinkId, keys: LinkKeys): string {
  return linkToken('link', [leadId, sequence, run, step, link], keys, shortMacBytes);
}

/** Which link it is, when we signed it; null for every other text. */
export function readLinkId(token: string, keys: LinkKeys): LinkId | null {
  const [leadId, sequence, run, step, link, ...more] = readLinkToken('link', token, keys, shortMacBytes) ?? [];
  return more.length > 0 ? null : (LinkId.safeParse({ leadId, sequence, run, step, link }).data ?? null);
}

/**
 * The address with a link id, everything else in it kept to the letter; unchanged when it has one. `and` is `&` as it is written
 * where the address stands: `&amp;` in HTML.
 */
export function withLinkId(address: string, linkId: string, and: '&' | '&amp;' = '&'): string {
  const [, page = '', fragment = ''] = beforeFragment.exec(address) ?? [];
  if (idInAddress.test(page)) return address;
  const joint = !page.includes('?') ? '?' : /(\?|&|&amp;)$/.test(page) ? '' : and;
  return `${page}${joint}${linkIdParameter}=${linkId}${fragment}`;
}

// `&#38;` in HTML is an ampersand, no fragment.
const beforeFragment = /^((?:[^#]|(?<=&)#(?=x?[\da-f]+;))*)(#.*)?$/is;

/** An address as it was written, and the link id it was sent out with, if any. */
export function splitLinkId(address: string): { readonly link: string; readonly linkId?: string } {
  const [whole, before = '', linkId = '', after = ''] = idInAddress.exec(address) ?? [];
  if (whole === undefined || linkId === '') return { link: address };
  return { link: address.replace(whole, after === '' ? '' : before), linkId };
}

const idInAddress = new RegExp(`([?&])${linkIdParameter}=([^&#]*)(&?)`);
