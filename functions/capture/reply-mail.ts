import { convert } from 'html-to-text';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { normaliseEmail } from '../leads/email-address.ts';

/** A mail that came in, as far as it matters whether a person wrote it, and what. */
export interface ReplyMail {
  /** Who it says it is from; null when that is no address. */
  readonly from: string | null;
  readonly messageId: string;
  readonly subject: string;
  /** The mail's text with everything it quotes. */
  readonly text: string;
  /** The value of a header, by its name in lower case; the first, when there are several. */
  readonly header: (name: string) => string | undefined;
}

/** All that is known of a mail that cannot be read. */
export const unreadable: ReplyMail = { from: null, messageId: '', subject: '', text: '', header: () => undefined };

/** Deeper than any mail program nests; a mail that is deeper was made to be. */
const maxNestingDepth = 20;

/** Reads a raw mail, whole or cut off anywhere. Null when it cannot be read at all; never rejects. */
export async function readReplyMail(raw: Uint8Array): Promise<ReplyMail | null> {
  try {
    // A mail that is attached whole is not what this person wrote.
    return toReplyMail(await PostalMime.parse(raw, { maxNestingDepth, forceRfc822Attachments: true }));
  } catch {
    return null;
  }
}

function toReplyMail(email: Email): ReplyMail {
  return {
    from: addressOf(email.from),
    messageId: email.messageId?.trim() ?? '',
    subject: email.subject ?? '',
    text: textOf(email),
    header: (name) => email.headers.find(({ key }) => key === name)?.value.trim(),
  };
}

function addressOf(from: Address | undefined): string | null {
  return from?.address ? normaliseEmail(from.address) : null;
}

/** Where mail programs put the mail that is answered. */
const quotes = ['blockquote', '.gmail_quote', '.gmail_attr', '.moz-cite-prefix', '.yahoo_quoted'];

function textOf({ text, html }: Email): string {
  if (text !== undefined && text.trim() !== '') return text;
  return convert(html ?? '', {
    wordwrap: false,
    limits: { maxInputLength: 200_000, maxDepth: 50 },
    selectors: [
      ...quotes.map((selector) => ({ selector, format: 'skip' })),
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
    ],
  });
}
