import MailComposer from 'nodemailer/lib/mail-composer';
import type { InboxMessage } from '../inbox/inbox.ts';
import { bareAddresses } from './mail.ts';

/** Where an answer to a message goes. */
export function replyToOf({ headers, from }: Pick<InboxMessage, 'headers' | 'from'>): string {
  return bareAddresses(headers['reply-to'] ?? from)[0] ?? '';
}

/** The raw answer of a message's first recipient, as a mail client writes it; or as a mailbox does whose owner is away. */
export async function composeReply(
  message: InboxMessage,
  reply: { readonly text: string; readonly isAutomatic: boolean; readonly at: number; readonly id: string },
): Promise<Buffer> {
  const { text, isAutomatic, at, id } = reply;
  const from = message.to[0] ?? '';
  const answered = message.headers['message-id'] ?? '';
  const quoted = (message.text ?? '').split('\n').map((line) => `> ${line}`);
  const automatic = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' };
  const composer = new MailComposer({
    from,
    to: replyToOf(message),
    subject: isAutomatic ? `Automatic reply: ${message.subject}` : `Re: ${message.subject.replace(/^re:\s*/i, '')}`,
    date: new Date(at),
    messageId: `<${id}@${from.split('@')[1] ?? 'localhost'}>`,
    inReplyTo: answered,
    references: [message.headers.references, answered].filter(Boolean).join(' '),
    headers: isAutomatic ? automatic : {},
    text: isAutomatic ? text : `${text}\n\nOn ${message.headers.date}, ${message.from} wrote:\n${quoted.join('\n')}\n`,
  });
  return composer.compile().build();
}
