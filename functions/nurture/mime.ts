import MailComposer from 'nodemailer/lib/mail-composer';
import type { Message } from './message.ts';

/**
 * The raw message: text and HTML parts, one recipient, and both unsubscribe headers of RFC 8058. Line
 * breaks never reach a header, whoever wrote the value. Without those headers to a colleague: whoever is forwarded a hot lead would
 * silence the rep by one press beside the sender's name. Their way out is the link in the text.
 */
export function toMime(message: Message, now: number): Promise<Buffer> {
  const { from, to, replyTo, subject, html, text, unsubscribeUrl, tags } = message;
  return new MailComposer({
    from,
    to,
    replyTo,
    subject,
    html: withEvenLines(html),
    text: withEvenLines(text),
    date: new Date(now),
    ...(tags.audience !== 'team' && {
      headers: {
        'List-Unsubscribe': `<${new URL(unsubscribeUrl).href}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }),
    // A template names no files and fetches nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
  })
    .compile()
    .build();
}

/** With line breaks of one kind: a bare carriage return, in what somebody typed, ends a line for one mail server and not for the next. */
function withEvenLines(body: string): string {
  return body.replace(/\r\n?/g, '\n');
}
