import type { Account } from '../leads/account.ts';
import { ActivityCaptured, MessageRequested } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { isReplyTo, type ReplyAddress, readReplyAddress } from '../leads/reply-address.ts';
import { log } from '../runtime/log.ts';
import { type OutgoingEvent, type Publish, toEvent } from '../runtime/publish.ts';
import { plainText } from './plain-properties.ts';
import type { AnsweredMessage, ReplyStore } from './reply.store.ts';
import { dangerOf, type ReplyDecision, replyDecision } from './reply.ts';
import type { ReplyMailStore } from './reply-mail.store.ts';
import { type ReplyMail, readReplyMail } from './reply-mail.ts';
import { ReplyNotification } from './reply-notification.ts';
import { newText } from './reply-text.ts';

export interface ReplyDeps {
  readonly mails: ReplyMailStore;
  readonly replies: ReplyStore;
  readonly leads: { get(leadId: string): Promise<Lead | null> };
  readonly linkKeys: () => Promise<string>;
  readonly account: Account;
  readonly baseUrl: string;
  readonly publish: Publish;
}

type Heard =
  | { readonly outcome: 'reply'; readonly events: readonly OutgoingEvent[]; readonly ids: Record<string, string> }
  | { readonly outcome: 'ignored'; readonly reason: string };

/**
 * Takes in one mail to a reply address: a person's becomes an activity of the lead and a message to the team, everything else
 * nothing. The mail goes once that is published; it has one id, so that twice is once. What cannot be read stays for a person.
 */
export async function receiveReply(said: unknown, deps: ReplyDeps): Promise<void> {
  const notification = ReplyNotification.safeParse(said);
  if (!notification.success) return log('reply-ignored', { reason: 'no-received-mail' });
  const { mail, receipt } = notification.data;
  const heard = await listen(notification.data, deps);
  if (heard.outcome === 'reply') await deps.publish(heard.events);
  const details = heard.outcome === 'reply' ? heard.ids : { reason: heard.reason };
  log(`reply-${heard.outcome}`, { received: mail.messageId, ...details });
  if (heard.outcome === 'reply' || heard.reason !== 'unreadable') await deps.mails.remove(receipt.action);
}

async function listen(notification: ReplyNotification, deps: ReplyDeps): Promise<Heard> {
  const keys = readLinkKeys(await deps.linkKeys());
  const address = notification.receipt.recipients.map((each) => readReplyAddress(each, keys)).find((each) => each);
  if (!address) return ignored('not-ours');
  const danger = dangerOf(notification);
  if (danger) return ignored(danger);
  // Erased since, or never there.
  const lead = await deps.leads.get(address.leadId);
  if (!lead) return ignored('unknown-lead');
  const raw = await deps.mails.read(notification.receipt.action);
  if (!raw) return ignored('taken-in-before');
  const mail = await readReplyMail(raw);
  if (!mail) return ignored('unreadable');
  const decision = replyDecision(mail, notification, lead, deps.account);
  if (decision.kind === 'ignored') return ignored(decision.reason);
  const answered = (await deps.replies.messagesTo(address.leadId)).find((each) => isReplyTo(address, each));
  return replied({ notification, mail, lead, address, answered, decision }, deps);
}

function ignored(reason: string): Heard {
  return { outcome: 'ignored', reason };
}

interface Reply {
  readonly notification: ReplyNotification;
  readonly mail: ReplyMail;
  readonly lead: Lead;
  readonly address: ReplyAddress;
  /** Undefined when the message's record is gone. */
  readonly answered: AnsweredMessage | undefined;
  readonly decision: Extract<ReplyDecision, { kind: 'reply' }>;
}

/** In the ledger, where it explains a score. */
const excerptLength = 500;
/** For whoever is to answer it: the mail itself is not kept. */
const toldLength = 4_000;

function replied(reply: Reply, { account, baseUrl }: ReplyDeps): Heard {
  const { notification, mail, lead, answered, decision } = reply;
  const type = decision.verified ? 'email.replied' : 'email.reply-unverified';
  // Its own Message-ID: a mail that is received twice is one. Some senders give none.
  const messageId = stableId('reply', lead.leadId, mail.messageId || notification.mail.messageId);
  const activityId = stableId(type, messageId);
  const text = newText(mail.text);
  const subject = plainText(mail.subject, 200);
  const captured = toEvent(ActivityCaptured, {
    activityId,
    type,
    occurredAt: notification.mail.timestamp,
    source: 'ses',
    subject: { leadId: lead.leadId },
    properties: {
      messageId,
      ...(answered && { sequence: answered.sequence, run: answered.run, step: String(answered.step) }),
      ...(answered?.messageId && { inReplyTo: answered.messageId }),
      subject,
      excerpt: plainText(text, excerptLength),
      from: decision.from,
    },
  });
  const told = toEvent(MessageRequested, {
    ...{ leadId: lead.leadId, sequence: 'reply', run: activityId, step: 1, template: 'reply' },
    language: account.language,
    to: { kind: 'team', email: account.replyTo, name: account.senderName },
    data: {
      name: typeof lead.attributes.name === 'string' ? lead.attributes.name : '',
      email: mail.from ?? lead.emailAsTyped,
      subject,
      excerpt: cut(text, toldLength),
      verified: decision.verified,
      /** Somebody else than the lead has answered. */
      colleague: decision.from === 'other',
      leadUrl: `${baseUrl}/leads/${lead.leadId}`,
    },
    // Somebody waits for an answer: told twice is better than not told.
    policy: 'atLeastOnce',
  });
  const ids = { leadId: lead.leadId, activityId, type };
  return { outcome: 'reply', events: [captured, told], ids };
}

/** Lines kept, other control characters not. */
function cut(text: string, length: number): string {
  return text
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .slice(0, length)
    .toWellFormed();
}
