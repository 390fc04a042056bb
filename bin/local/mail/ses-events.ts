import * as z from 'zod';
import type { BusEvent } from '../events/bus.ts';
import type { Mail } from './mail.ts';

/**
 * What SES publishes to EventBridge: its `eventType`, the envelope's `detail-type`, the key its own part stands under,
 * and how a configuration set names it in `MatchingEventTypes`.
 */
export const kinds = {
  Send: kind('Send', 'Email Sent', 'send'),
  Delivery: kind('Delivery', 'Email Delivered', 'delivery'),
  Open: kind('Open', 'Email Opened', 'open'),
  Click: kind('Click', 'Email Clicked', 'click'),
  Bounce: kind('Bounce', 'Email Bounced', 'bounce'),
  Complaint: kind('Complaint', 'Email Complaint Received', 'complaint'),
  Reject: kind('Reject', 'Email Rejected', 'reject'),
  DeliveryDelay: kind('DeliveryDelay', 'Email Delivery Delayed', 'deliveryDelay'),
  Subscription: kind('Subscription', 'Email Subscribed', 'subscription'),
  RenderingFailure: kind('Rendering Failure', 'Email Rendering Failed', 'failure', 'renderingFailure'),
};

export interface EventKind {
  readonly eventType: string;
  readonly detailType: string;
  readonly part: string;
  readonly matching: string;
}

function kind(eventType: string, detailType: string, part: string, matching = part): EventKind {
  return { eventType, detailType, part, matching };
}

/** One thing that happened to a message: `part` is the body under the kind's key, `at` epoch milliseconds. */
export interface MailEvent {
  readonly kind: EventKind;
  readonly at: number;
  readonly part: Readonly<Record<string, unknown>>;
}

/** The account and region the events say they come from. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

/** `event` of `mail` as EventBridge carries it on the default bus. */
export function busEvent(mail: Mail, event: MailEvent, home: Home, id: string): BusEvent {
  return {
    version: '0',
    id,
    'detail-type': event.kind.detailType,
    source: 'aws.ses',
    account: home.account,
    time: wholeSeconds(event.at),
    region: home.region,
    resources: configurationSetArns(mail.configurationSet, home),
    detail: { eventType: event.kind.eventType, mail: mailObject(mail, home), [event.kind.part]: event.part },
  };
}

function mailObject(mail: Mail, { account, region }: Home) {
  const sender = mail.senders[0] ?? '';
  return {
    timestamp: iso(mail.acceptedAt),
    source: mail.from,
    sourceArn: `arn:aws:ses:${region}:${account}:identity/${sender}`,
    sendingAccountId: account,
    messageId: mail.messageId,
    destination: mail.destinations,
    headersTruncated: false,
    headers: mail.headers,
    commonHeaders: {
      from: [mail.from],
      to: mail.to,
      ...(mail.cc.length > 0 ? { cc: mail.cc } : {}),
      messageId: mail.messageId,
      subject: mail.subject,
    },
    // SES gives every tag as a list, the sender's own included.
    tags: {
      'ses:operation': [mail.operation],
      ...(mail.configurationSet === null ? {} : { 'ses:configuration-set': [mail.configurationSet] }),
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [sender.split('@')[1] ?? ''],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

const SesBody = z.looseObject({
  eventType: z.enum(
    Object.values(kinds).map(({ eventType }) => eventType),
    `must be one of ${Object.values(kinds)
      .map(({ eventType }) => eventType)
      .join(', ')}`,
  ),
  mail: z.looseObject({
    messageId: z.string().min(1),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
});

/**
 * What SES tells about mail that came in, and what identities notify about: not in the events' shape, and as it is put on the
 * bus, so that what is there sees that it is none of its own.
 */
const SesNotification = z.looseObject({
  eventType: z.undefined().optional(),
  notificationType: z.string().min(1).max(100),
  mail: z.looseObject({ messageId: z.string().min(1) }),
});

const Envelope = z.looseObject({
  source: z.literal('aws.ses'),
  'detail-type': z.string(),
  detail: z.unknown(),
  id: z.string().min(1).optional(),
  time: z.iso.datetime().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  resources: z.array(z.string()).optional(),
});

export type ReadEvent =
  | { readonly outcome: 'read'; readonly event: BusEvent; readonly messageId: string; readonly eventType: string }
  | { readonly outcome: 'refused'; readonly path: string; readonly message: string };

/**
 * Reads one SES event from outside: a whole EventBridge envelope, or only the body SES documents, which is then wrapped
 * as SES would. `id` and `at` (epoch milliseconds) stand in for what the envelope leaves out.
 */
export function readSesEvent(raw: unknown, home: Home, id: string, at: number): ReadEvent {
  const wrapped = z.looseObject({ 'detail-type': z.unknown() }).safeParse(raw).success;
  const envelope = Envelope.safeParse(wrapped ? raw : { source: 'aws.ses', 'detail-type': '', detail: raw });
  if (!envelope.success) return refused(envelope.error, []);
  const notification = SesNotification.safeParse(envelope.data.detail);
  if (notification.success) {
    const { notificationType, mail } = notification.data;
    const event = enveloped(envelope.data, {
      id,
      detailType: wrapped ? envelope.data['detail-type'] : `Email ${notificationType}`,
      at,
      home,
      resources: [],
      detail: notification.data,
    });
    return { outcome: 'read', event, messageId: mail.messageId, eventType: notificationType };
  }
  const body = SesBody.safeParse(envelope.data.detail);
  const inDetail = wrapped ? ['detail'] : [];
  if (!body.success) return refused(body.error, inDetail);

  const { eventType, mail } = body.data;
  const kind = Object.values(kinds).find((each) => each.eventType === eventType);
  if (kind === undefined) throw new Error(`${eventType} passed the schema and is in no kind: keep both in one place`);
  if (wrapped && envelope.data['detail-type'] !== kind.detailType) {
    return { outcome: 'refused', path: 'detail-type', message: `SES sends ${eventType} as "${kind.detailType}"` };
  }
  if (!z.looseObject({}).safeParse(body.data[kind.part]).success) {
    return {
      outcome: 'refused',
      path: [...inDetail, kind.part].join('.'),
      message: `a ${eventType} event carries the object "${kind.part}"`,
    };
  }
  const resources = configurationSetArns(mail.tags?.['ses:configuration-set']?.[0] ?? null, home);
  const event = enveloped(envelope.data, { id, detailType: kind.detailType, at, home, resources, detail: body.data });
  return { outcome: 'read', event, messageId: mail.messageId, eventType };
}

/** The event in its envelope; what the given envelope leaves out is filled in. */
function enveloped(
  given: z.infer<typeof Envelope>,
  made: {
    readonly id: string;
    readonly detailType: string;
    readonly at: number;
    readonly home: Home;
    readonly resources: string[];
    readonly detail: object;
  },
): BusEvent {
  return {
    version: '0',
    id: given.id ?? made.id,
    'detail-type': made.detailType,
    source: 'aws.ses',
    account: given.account ?? made.home.account,
    time: given.time ?? wholeSeconds(made.at),
    region: given.region ?? made.home.region,
    resources: given.resources ?? made.resources,
    detail: made.detail,
  };
}

function refused(error: z.ZodError, under: readonly string[]): ReadEvent {
  const issue = error.issues[0];
  return {
    outcome: 'refused',
    path: [...under, ...(issue?.path ?? []).map(String)].join('.'),
    message: issue?.message ?? 'this is not an SES event',
  };
}

function configurationSetArns(name: string | null, { account, region }: Home): string[] {
  return name === null ? [] : [`arn:aws:ses:${region}:${account}:configuration-set/${name}`];
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** EventBridge's `time` has no fraction. */
function wholeSeconds(at: number): string {
  return `${iso(at).slice(0, 19)}Z`;
}
