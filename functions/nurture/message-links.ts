import { preferencesToken, unsubscribeToken } from '../consent/unsubscribe-link.ts';
import { linkIdOf } from '../leads/link-id.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { type Order, recipientId } from './send.ts';

/** What is signed for one message: its way out, and an id for each of its links. */
export interface MessageLinks {
  readonly unsubscribeUrl: string;
  /** Where the person says what they want to get. */
  readonly preferencesUrl: string;
  /** The id of the message's `link`-th different link, from 1. */
  readonly linkIdOf: (link: number) => string;
}

/** Signs the links of messages. Rejects while the keys cannot be read: no mail goes without a way out. */
export function messageLinks(baseUrl: string, secret: () => Promise<string>): (order: Order) => Promise<MessageLinks> {
  return async (order) => {
    const keys = readLinkKeys(await secret());
    const { leadId, sequence, run, step } = order;
    const message = { leadId, sequence, run, step };
    const recipient = { ...message, leadId: recipientId(order) };
    return {
      unsubscribeUrl: `${baseUrl}/u/${unsubscribeToken(recipient, keys)}`,
      preferencesUrl: `${baseUrl}/preferences/${preferencesToken(recipient, keys)}`,
      linkIdOf: (link) => linkIdOf({ ...message, link }, keys),
    };
  };
}
