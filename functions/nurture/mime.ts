import MailComposer from 'nodemailer/lib/mail-composer';
import type { Message } from './message.ts';

/**
 * The raw message: text and HTML parts, one recipient, and both unsubscribe headers of RFC 8058. Line
 * breaks never reach a header, whoever wrote the value.
 */
export function toMime(message: Message, now: number): Promise<Buffer> {
  const { from, to, replyTo, subject, html, text, unsubscribeUrl } = message;
  return new MailComposer({
    from,
    to,
    replyTo,
    subject,
    html,
    text,
    date: new Date(now),
    headers: {
      'List-Unsubscribe': `<${new URL(unsubscribeUrl).href}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    // A template names no files and fetches nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
  })
    .compile()
    .build();
}
