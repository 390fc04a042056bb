import type { Activity, Properties } from '../leads/activity.ts';
import { splitLinkId } from '../leads/link-id.ts';

/** What speaks for a machine, and how strongly, from 0 (nothing) to 1 (certain). */
export interface Sign {
  readonly weight: number;
  readonly reason: string;
}

/** An open or a click while it is judged: what is known of it, and what was found to speak for a machine or for a person. */
export interface Reaction {
  readonly activityId: string;
  readonly isClick: boolean;
  readonly atMs: number;
  readonly messageId: string | undefined;
  /** Where it led, without the id of the link. */
  readonly link: string | undefined;
  readonly linkId: string | undefined;
  readonly userAgent: string | undefined;
  readonly ipAddress: string | undefined;
  readonly isBotEvent: string | undefined;
  /** When SES took the message, in epoch milliseconds; NaN when nobody says. */
  readonly sentAtMs: number;
  readonly signs: Sign[];
  /** They read the page that the link leads to. */
  isProven: boolean;
}

export function reactionOf({ activityId, type, occurredAt, properties }: Activity): Reaction {
  const { link, linkId } = splitLinkId(textOf(properties, 'link') ?? '');
  return {
    activityId,
    isClick: type === 'email.clicked',
    atMs: Date.parse(occurredAt),
    messageId: textOf(properties, 'messageId'),
    link: link === '' ? undefined : link,
    linkId: linkId ?? textOf(properties, 'linkId'),
    userAgent: textOf(properties, 'userAgent')?.trim(),
    ipAddress: textOf(properties, 'ipAddress'),
    isBotEvent: textOf(properties, 'isBotEvent'),
    sentAtMs: Date.parse(textOf(properties, 'sentAt') ?? ''),
    signs: [],
    isProven: false,
  };
}

export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' ? value : undefined;
}
