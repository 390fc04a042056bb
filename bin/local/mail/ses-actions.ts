import { composeMail } from './mail.ts';
import { iso } from './ses-events.ts';
import type { SendQuota } from './ses-settings.ts';
import type { SesStore } from './ses-store.ts';
import { type QueryParameters, SesError } from './ses-wire.ts';

/** A message handed to SES, whichever action carried it. */
export interface Submission {
  readonly operation: string;
  readonly raw: Uint8Array;
  /** The envelope's sender, when the call names one. */
  readonly envelopeFrom: string | null;
  /** The envelope's recipients; empty means those the message itself names. */
  readonly recipients: readonly string[];
  readonly configurationSet: string | null;
  readonly tags: readonly (readonly [name: string, value: string])[];
}

/** Reads a SendRawEmail call. */
export function rawSubmission(query: QueryParameters): Submission {
  return {
    ...carried('SendRawEmail', query),
    raw: Buffer.from(required(query, 'RawMessage.Data', 'rawMessage.data'), 'base64'),
    envelopeFrom: query.get('Source'),
    recipients: query.list('Destinations'),
  };
}

/** Reads a SendEmail call, composing the message the service would. */
export async function simpleSubmission(query: QueryParameters): Promise<Submission> {
  const from = required(query, 'Source', 'source');
  const to = query.list('Destination.ToAddresses');
  const cc = query.list('Destination.CcAddresses');
  const raw = await composeMail({
    from,
    to,
    cc,
    replyTo: query.list('ReplyToAddresses'),
    subject: required(query, 'Message.Subject.Data', 'message.subject.data'),
    html: query.get('Message.Body.Html.Data'),
    text: query.get('Message.Body.Text.Data'),
  });
  const recipients = [...to, ...cc, ...query.list('Destination.BccAddresses')];
  return { ...carried('SendEmail', query), raw, envelopeFrom: query.get('ReturnPath'), recipients };
}

function carried(operation: string, query: QueryParameters) {
  return { operation, configurationSet: query.get('ConfigurationSetName'), tags: query.pairs('Tags') };
}

function required(query: QueryParameters, name: string, member: string): string {
  const value = query.get(name);
  if (value !== null) return value;
  throw new SesError(
    'ValidationError',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** The result of GetSendQuota. */
export function sendQuotaXml(quota: SendQuota, sentLast24Hours: number): string {
  return [
    `<Max24HourSend>${quota.max24HourSend}</Max24HourSend>`,
    `<MaxSendRate>${quota.maxSendRate}</MaxSendRate>`,
    `<SentLast24Hours>${sentLast24Hours}</SentLast24Hours>`,
  ].join('');
}

/** The result of GetSendStatistics: one data point per quarter of an hour, as SES counts. */
export function sendStatisticsXml(rows: ReturnType<SesStore['statistics']>): string {
  const quarters = Map.groupBy(rows, ({ quarter }) => quarter);
  const points = [...quarters].map(([quarter, counts]) => {
    const of = (eventType: string) => counts.find((row) => row.eventType === eventType)?.count ?? 0;
    return [
      `<member><Timestamp>${iso(quarter)}</Timestamp>`,
      `<DeliveryAttempts>${of('Send')}</DeliveryAttempts>`,
      `<Bounces>${of('Bounce')}</Bounces>`,
      `<Complaints>${of('Complaint')}</Complaints>`,
      `<Rejects>${of('Reject')}</Rejects></member>`,
    ].join('');
  });
  return `<SendDataPoints>${points.join('')}</SendDataPoints>`;
}
