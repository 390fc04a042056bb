import { addressMark } from '../consent/address-mark.ts';
import { preferencesToken, unsubscribeToken } from '../consent/unsubscribe-link.ts';
import { linkIdOf } from '../leads/link-id.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { replyAddress } from '../leads/reply-address.ts';
import { type Order, recipientId } from './send.ts';

/** What is signed for one message: its way out, and an id for each of its links. */
export interface MessageLinks {
  readonly unsubscribeUrl: string;
  /** Where the person says what they want to get. */
  readonly preferencesUrl: string;
  /** Where an answer is received for us; left out: nowhere, and it goes to the account's own mailbox. */
  readonly replyTo?: string;
  /** The id of the message's `link`-th different link, from 1. */
  readonly linkIdOf: (link: number) => string;
}

/** Signs the links of one message to this lead, as it was read for the claim; null for a colleague's. */
export type SignLinks = (order: Order, lead: { readonly email: string } | null) => Promise<MessageLinks>;

/** Signs the links of messages. Rejects while the keys cannot be read: no mail goes without a way out. */
export function messageLinks(
  { baseUrl, replyDomain }: { readonly baseUrl: string; readonly replyDomain: string | undefined },
  secret: () => Promise<string>,
): SignLinks {
  return async (order, lead) => {
    const keys = readLinkKeys(await secret());
    const { leadId, sequence, run, step } = order;
    const message = { leadId, sequence, run, step };
    const recipient = { ...message, leadId: recipientId(order) };
    const address = order.to.kind === 'team' ? order.to.email : lead?.email;
    const sentTo = addressMark(address ?? '', keys);
    return {
      unsubscribeUrl: `${baseUrl}/u/${unsubscribeToken(recipient, keys)}`,
      preferencesUrl: `${baseUrl}/preferences/${preferencesToken({ ...recipient, sentTo }, keys)}`,
      ...(replyDomain !== undefined &&
        order.to.kind === 'lead' && { replyTo: replyAddress(message, keys, replyDomain) }),
      linkIdOf: (link) => linkIdOf({ ...message, link }, keys),
    };
  };
}
