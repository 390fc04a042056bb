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

/** Signs the links of messages. Rejects while the keys cannot be read: no mail goes without a way out. */
export function messageLinks(
  { baseUrl, replyDomain }: { readonly baseUrl: string; readonly replyDomain: string | undefined },
  secret: () => Promise<string>,
): (order: Order) => Promise<MessageLinks> {
  return async (order) => {
    const keys = readLinkKeys(await secret());
    const { leadId, sequence, run, step } = order;
    const message = { leadId, sequence, run, step };
    const recipient = { ...message, leadId: recipientId(order) };
    return {
      unsubscribeUrl: `${baseUrl}/u/${unsubscribeToken(recipient, keys)}`,
      preferencesUrl: `${baseUrl}/preferences/${preferencesToken(recipient, keys)}`,
      ...(replyDomain !== undefined &&
        order.to.kind === 'lead' && { replyTo: replyAddress(message, keys, replyDomain) }),
      linkIdOf: (link) => linkIdOf({ ...message, link }, keys),
    };
  };
}
