import type { Account } from '../leads/account.ts';
import { ActivityCaptured } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { isReplyTo, type ReplyAddress, readReplyAddress } from '../leads/reply-address.ts';
import { log } from '../runtime/log.ts';
import { type OutgoingEvent, type Publish, toEvent } from '../runtime/publish.ts';
import { plainText } from './plain-properties.ts';
import type { ReplyStore } from './reply.store.ts';
import { dangerOf, replyDecision } from './reply.ts';
import type { ReplyMailStore } from './reply-mail.store.ts';
import { type ReplyMail, readReplyMail, unreadable } from './reply-mail.ts';
import { replyNotice, type ToldReply } from './reply-notice.ts';
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
 * nothing. The mail goes once that is published, readable or not, so that it outlives nobody; it has one id, so that twice is once.
 */
export async function receiveReply(said: unknown, deps: ReplyDeps): Promise<void> {
  const notification = ReplyNotification.safeParse(said);
  if (!notification.success) return log('reply-ignored', { reason: 'no-received-mail' });
  const { mail, receipt } = notification.data;
  const heard = await listen(notification.data, deps);
  if (heard.outcome === 'reply') await deps.publish(heard.events);
  const details = heard.outcome === 'reply' ? heard.ids : { reason: heard.reason };
  log(`reply-${heard.outcome}`, { received: mail.messageId, ...details });
  await deps.mails.remove(receipt.action);
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
  const decision = replyDecision(mail ?? unreadable, notification, lead, deps.account);
  if (decision.kind === 'ignored') return ignored(decision.reason);
  return replied({ notification, mail, lead, address, decision }, deps);
}

function ignored(reason: string): Heard {
  return { outcome: 'ignored', reason };
}

interface Reply {
  readonly notification: ReplyNotification;
  /** Null when it cannot be read. */
  readonly mail: ReplyMail | null;
  readonly lead: Lead;
  readonly address: ReplyAddress;
  readonly decision: ToldReply['decision'];
}

/** In the ledger, where it explains a score. */
const excerptLength = 500;

async function replied(reply: Reply, deps: ReplyDeps): Promise<Heard> {
  const { notification, mail, lead, address, decision } = reply;
  const messages = await deps.replies.messagesTo(lead.leadId);
  // Not there when the message's record is gone.
  const answered = messages.find((each) => isReplyTo(address, each));
  const type = typeOf(decision);
  // Its own Message-ID: a mail that is received twice is one. Some senders give none.
  const messageId = stableId('reply', lead.leadId, mail?.messageId || notification.mail.messageId);
  const activityId = stableId(type, messageId);
  const at = notification.mail.timestamp;
  const text = mail && newText(mail.text);
  const subject = plainText(mail?.subject ?? '', 200);
  const captured = toEvent(ActivityCaptured, {
    activityId,
    type,
    occurredAt: at,
    source: 'ses',
    subject: { leadId: lead.leadId },
    properties: {
      messageId,
      ...(answered && { sequence: answered.sequence, run: answered.run, step: String(answered.step) }),
      ...(answered?.messageId && { inReplyTo: answered.messageId }),
      subject,
      excerpt: plainText(text ?? '', excerptLength),
      from: decision.from,
      ...(decision.kind === 'opt-out' && { by: 'reply' }),
    },
  });
  const told = replyNotice(
    { activityId, at, lead, writer: mail?.from ?? null, subject, text, decision },
    messages,
    deps,
  );
  const ids = { leadId: lead.leadId, activityId, type };
  return { outcome: 'reply', events: told ? [captured, told] : [captured], ids };
}

/** Who wants to be taken off has unsubscribed, by the reply instead of the link. What is not proven moves nothing. */
function typeOf({ kind, verified }: ToldReply['decision']): string {
  if (kind === 'opt-out') return 'email.unsubscribed';
  return verified ? 'email.replied' : 'email.reply-unverified';
}
