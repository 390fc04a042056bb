import type { Mail } from './mail.ts';
import { iso, kinds, type MailEvent } from './ses-events.ts';
import { sesId } from './ses-wire.ts';

/** Who the local mail client says it is: a person in a common browser, at an address reserved for documentation. */
export const person = {
  ipAddress: '192.0.2.10',
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
};

/** A machine that fetches everything in a mail before anyone reads it. */
export const scanner = { ipAddress: '198.51.100.7', userAgent: 'Mozilla/5.0' };

export type Reader = typeof person;

export function openEvent(at: number, reader: Reader): MailEvent {
  return { kind: kinds.Open, at, part: { timestamp: iso(at), ...reader } };
}

export function clickEvent(
  at: number,
  reader: Reader,
  link: { readonly url: string; readonly tags: Readonly<Record<string, readonly string[]>> | null },
): MailEvent {
  return { kind: kinds.Click, at, part: { timestamp: iso(at), ...reader, link: link.url, linkTags: link.tags } };
}

const failures = {
  unknown: { type: 'Permanent', subType: 'General', status: '5.1.1', code: 'smtp; 550 5.1.1 user unknown' },
  'no-domain': { type: 'Permanent', subType: 'General', status: '5.4.4', code: 'smtp; 550 5.4.4 Invalid domain' },
  suppressed: {
    type: 'Permanent',
    subType: 'Suppressed',
    status: '5.1.1',
    code: 'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
  },
  'out-of-office': { type: 'Transient', subType: 'General', status: '', code: '' },
} as const;

export function bounceEvent(at: number, recipients: readonly string[], failure: keyof typeof failures): MailEvent {
  const { type, subType, status, code } = failures[failure];
  const bouncedRecipients = recipients.map((emailAddress) =>
    status === '' ? { emailAddress } : { emailAddress, action: 'failed', status, diagnosticCode: code },
  );
  return {
    kind: kinds.Bounce,
    at,
    part: {
      feedbackId: sesId(at, `bounce ${recipients.join()} ${at}`),
      bounceType: type,
      bounceSubType: subType,
      bouncedRecipients,
      timestamp: iso(at),
      ...(failure === 'out-of-office' ? {} : { reportingMTA: 'dns; mx.local.invalid' }),
    },
  };
}

export function complaintEvent(at: number, recipients: readonly string[]): MailEvent {
  return {
    kind: kinds.Complaint,
    at,
    part: {
      feedbackId: sesId(at, `complaint ${recipients.join()} ${at}`),
      complaintSubType: null,
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp: iso(at),
      userAgent: 'Ripen local inbox',
      complaintFeedbackType: 'abuse',
      arrivalDate: iso(at),
    },
  };
}

const twelveHoursMs = 43_200_000;

/** The mailbox is full for now: SES goes on trying. */
export function delayEvent(at: number, recipients: readonly string[]): MailEvent {
  const diagnosticCode = 'smtp; 452 4.2.2 Mailbox full';
  return {
    kind: kinds.DeliveryDelay,
    at,
    part: {
      timestamp: iso(at),
      delayType: 'MailboxFull',
      expirationTime: iso(at + twelveHoursMs),
      delayedRecipients: recipients.map((emailAddress) => ({ emailAddress, status: '4.2.2', diagnosticCode })),
      reportingMTA: 'mx.local.invalid',
    },
  };
}

/** SES has found a virus in the message: it took it, and delivers it to nobody. */
export function rejectEvent(at: number): MailEvent {
  return { kind: kinds.Reject, at, part: { reason: 'Bad content' } };
}

type Fate = 'delivered' | 'complaint' | keyof typeof failures;

const simulator = new Map<string, Fate>([
  ['bounce', 'unknown'],
  ['suppressionlist', 'suppressed'],
  ['ooto', 'out-of-office'],
  ['complaint', 'complaint'],
]);

/** What becomes of mail to `address`: the SES mailbox simulator's own, nobody under `.invalid`, else delivered. */
function fateOf(address: string): Fate {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  if (domain === 'simulator.amazonses.com') return simulator.get(local.split('+')[0] ?? '') ?? 'delivered';
  return domain === 'invalid' || domain.endsWith('.invalid') ? 'no-domain' : 'delivered';
}

/**
 * Everything SES reports about `mail` by itself, in order. Each kind is a millisecond after the one before, so that a
 * timeline sorted by time tells the story in order.
 */
export function deliveryEvents(mail: Mail): MailEvent[] {
  const sentAt = mail.acceptedAt;
  const fates = Map.groupBy(mail.destinations, fateOf);
  const arrived = mail.destinations.filter((address) => arrives(fateOf(address)));
  const events: MailEvent[] = [{ kind: kinds.Send, at: sentAt, part: {} }];
  if (arrived.length > 0) events.push(delivery(sentAt, arrived));
  for (const [fate, recipients] of fates) {
    if (fate === 'complaint') events.push(complaintEvent(sentAt + 2, recipients));
    else if (fate !== 'delivered') events.push(bounceEvent(sentAt + (arrives(fate) ? 2 : 1), recipients, fate));
  }
  return events;
}

/** Whether anyone can have opened `mail`: one recipient got it. */
export function wasDelivered(mail: Mail): boolean {
  return mail.destinations.some((address) => arrives(fateOf(address)));
}

function arrives(fate: Fate): boolean {
  return fate === 'delivered' || fate === 'complaint' || fate === 'out-of-office';
}

function delivery(sentAt: number, recipients: readonly string[]): MailEvent {
  const part = {
    timestamp: iso(sentAt + 1),
    processingTimeMillis: 1,
    recipients,
    smtpResponse: '250 2.0.0 OK: kept in the local inbox',
    reportingMTA: 'local.invalid',
  };
  return { kind: kinds.Delivery, at: sentAt + 1, part };
}
