import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime, { type Address, addressParser, decodeWords } from 'postal-mime';
import * as z from 'zod';

/** What a raw message says about itself, whatever its encodings. */
export const MailContent = z.object({
  /** As a person reads it: `Ripen <hello@example.com>`. */
  from: z.string(),
  /** Every address the message names as its sender: From and Sender. */
  senders: z.array(z.string()).readonly(),
  to: z.array(z.string()).readonly(),
  cc: z.array(z.string()).readonly(),
  bcc: z.array(z.string()).readonly(),
  subject: z.string(),
  /** In the order and spelling of the message, values still encoded: that is what SES repeats in its events. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
  html: z.string().nullable(),
  text: z.string().nullable(),
});
export type MailContent = z.infer<typeof MailContent>;

/** A message SES accepted, as the runner keeps it. `acceptedAt` is epoch milliseconds on the pipeline's clock. */
export const Mail = MailContent.extend({
  messageId: z.string(),
  acceptedAt: z.number(),
  /** The envelope's recipients, Bcc included: who the message really goes to. */
  destinations: z.array(z.string()).readonly(),
  tags: z.record(z.string(), z.string()).readonly(),
  configurationSet: z.string().nullable(),
  /** The API action that accepted it. */
  operation: z.string(),
});
export type Mail = z.infer<typeof Mail>;

/** Reads a raw MIME message. Throws when its nesting or headers are beyond what a mail server would take. */
export async function readMail(raw: Uint8Array): Promise<MailContent> {
  const email = await PostalMime.parse(raw);
  const from = mailboxes(email.from && [email.from]);
  return {
    from: from.map(spelled).join(', '),
    senders: [...from, ...mailboxes(email.sender && [email.sender])].map(({ address }) => address),
    to: mailboxes(email.to).map(({ address }) => address),
    cc: mailboxes(email.cc).map(({ address }) => address),
    bcc: mailboxes(email.bcc).map(({ address }) => address),
    subject: email.subject ?? '',
    headers: email.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    html: email.html ?? null,
    text: email.text ?? null,
  };
}

/** Composes the raw message of a SendEmail call, so that simple and raw mail take one way from here on. */
export async function composeMail(parts: {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
}): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: parts.from,
    to: [...parts.to],
    cc: [...parts.cc],
    replyTo: [...parts.replyTo],
    subject: parts.subject,
    ...(parts.html === null ? {} : { html: parts.html }),
    ...(parts.text === null ? {} : { text: parts.text }),
  });
  return composer.compile().build();
}

/** The bare addresses of a header-like list: `Ana <ana@example.com>, b@example.com`. */
export function bareAddresses(list: string): string[] {
  return mailboxes(addressParser(list, { flatten: true })).map(({ address }) => address);
}

/** The value of the first header called `name` (lower case), decoded for reading. */
export function headerOf(mail: Pick<MailContent, 'headers'>, name: string): string | null {
  const header = mail.headers.find((each) => each.name.toLowerCase() === name);
  return header ? decodeWords(header.value) : null;
}

function mailboxes(addresses: readonly Address[] | undefined): { name: string; address: string }[] {
  return (
    (addresses ?? [])
      .flatMap((each) => each.group ?? [each])
      // An address without its domain is read as a name: it must be refused later, not dropped here.
      .map(({ name, address }) => (address ? { name, address } : { name: '', address: name }))
      .filter(({ address }) => address !== '')
  );
}

function spelled({ name, address }: { name: string; address: string }): string {
  return name === '' ? address : `${name} <${address}>`;
}
