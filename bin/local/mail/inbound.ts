import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Buckets } from '../buckets/buckets.ts';
import { transaction } from '../storage/database.ts';
import { headerOf, type MailContent, readMail } from './mail.ts';
import { iso } from './ses-events.ts';
import { inboundId } from './ses-wire.ts';

/** A rule of the template by which SES takes mail in: whose, and into which bucket, and which topic hears of it. */
export interface ReceiptRule {
  readonly name: string;
  /** Addresses, domains (every address there), domains with a leading dot (every domain below); none means everybody. */
  readonly recipients: readonly string[];
  readonly actions: readonly { readonly bucket: string; readonly prefix: string; readonly topic?: string }[];
}

const Verdict = z
  .string()
  .transform((word) => word.toUpperCase())
  .pipe(z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED']))
  .default('PASS');

/** What SES found out about a mail. */
export const Verdicts = z.object({ spf: Verdict, dkim: Verdict, dmarc: Verdict, spam: Verdict, virus: Verdict });
export type Verdicts = z.infer<typeof Verdicts>;

/** A mail as it comes over the wire. */
export interface IncomingMail {
  readonly raw: Uint8Array;
  /** The envelope's; default what the mail itself says. Empty: nobody, as automatic answers are sent. */
  readonly from?: string;
  readonly to?: readonly string[];
  readonly verdicts: Verdicts;
}

export type Receipt =
  | { readonly outcome: 'received'; readonly messageId: string }
  /** Nobody here takes mail for any of the recipients: a mail server would say so and be done. */
  | { readonly outcome: 'nobody'; readonly recipients: readonly string[] }
  | { readonly outcome: 'unreadable'; readonly reason: string };

export interface InboundDeps {
  readonly db: DatabaseSync;
  readonly rules: readonly ReceiptRule[];
  readonly buckets: Pick<Buckets, 'put'>;
  publish(topicArn: string, message: string): void;
  now(): number;
  newId(): string;
  write<T>(work: () => T): Promise<T>;
}

/** The receiving half of SES. */
export interface Inbound {
  /** Stores the mail and tells the topic, in one transaction; durable when it resolves. */
  receive(mail: IncomingMail): Promise<Receipt>;
  /** Whether a rule takes mail for this address. */
  takes(address: string): boolean;
}

export function openInbound({ db, rules, buckets, publish, now, newId, write }: InboundDeps): Inbound {
  const rulesFor = (recipients: readonly string[]) =>
    rules
      .map((rule) => ({ rule, ours: recipients.filter((address) => isFor(rule, address)) }))
      .filter(({ ours }) => ours.length > 0);
  return {
    takes: (address) => rulesFor([address]).length > 0,
    async receive({ raw, from, to, verdicts }) {
      const content = await readMail(raw).catch((error: unknown) => String(error));
      if (typeof content === 'string') return { outcome: 'unreadable', reason: content };
      const recipients = to ?? [...content.to, ...content.cc, ...content.bcc];
      const matched = rulesFor(recipients);
      if (matched.length === 0) return { outcome: 'nobody', recipients };
      const at = now();
      const messageId = inboundId(newId());
      const source = from ?? content.senders[0] ?? '';
      const bytes = Buffer.concat([Buffer.from(headersOfSes(source, verdicts)), raw]);
      await write(() =>
        transaction(db, () => {
          for (const { rule, ours } of matched)
            for (const { bucket, prefix, topic } of rule.actions) {
              const objectKey = `${prefix}${messageId}`;
              buckets.put({ bucket, key: objectKey, bytes });
              if (topic === undefined) continue;
              const action = { type: 'S3', topicArn: topic, bucketName: bucket, objectKeyPrefix: prefix, objectKey };
              const receipt = { ...receiptOf(at, ours, verdicts), action };
              const mail = mailOf(content, { at, messageId, source, recipients });
              publish(topic, JSON.stringify({ notificationType: 'Received', mail, receipt }));
            }
        }),
      );
      return { outcome: 'received', messageId };
    },
  };
}

function isFor({ recipients }: ReceiptRule, given: string): boolean {
  const address = given.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return (
    recipients.length === 0 ||
    recipients
      .map((recipient) => recipient.toLowerCase())
      .some((wanted) => wanted === address || wanted === domain || (wanted.startsWith('.') && domain.endsWith(wanted)))
  );
}

function receiptOf(at: number, recipients: readonly string[], verdicts: Verdicts) {
  const { spf, dkim, dmarc, spam, virus } = verdicts;
  return {
    timestamp: iso(at),
    processingTimeMillis: 1,
    recipients,
    spamVerdict: { status: spam },
    virusVerdict: { status: virus },
    spfVerdict: { status: spf },
    dkimVerdict: { status: dkim },
    dmarcVerdict: { status: dmarc },
    // Said only of a mail that fails.
    ...(dmarc === 'FAIL' && { dmarcPolicy: 'quarantine' }),
  };
}

function mailOf(
  content: MailContent,
  envelope: { at: number; messageId: string; source: string; recipients: readonly string[] },
) {
  const { at, messageId, source, recipients } = envelope;
  return {
    timestamp: iso(at),
    source,
    messageId,
    destination: recipients,
    headersTruncated: false,
    headers: content.headers,
    commonHeaders: {
      returnPath: source,
      from: [content.from],
      date: headerOf(content, 'date') ?? '',
      to: content.to,
      messageId: headerOf(content, 'message-id') ?? '',
      subject: content.subject,
    },
  };
}

/** What SES puts on top of every mail it stores. */
function headersOfSes(source: string, { spf, dkim, dmarc, spam, virus }: Verdicts): string {
  const results = [`spf=${spf}`, `dkim=${dkim}`, `dmarc=${dmarc}`].join('; ').toLowerCase();
  const lines = [
    `Return-Path: <${source}>`,
    `X-SES-Spam-Verdict: ${spam}`,
    `X-SES-Virus-Verdict: ${virus}`,
    `Authentication-Results: amazonses.com; ${results};`,
  ];
  return lines.map((line) => `${line.replace(/[\r\n]/g, '')}\r\n`).join('');
}
