import { headerOf, type Mail } from '../mail/mail.ts';
import {
  bounceEvent,
  clickEvent,
  complaintEvent,
  delayEvent,
  openEvent,
  person,
  type Reader,
  rejectEvent,
  scanner,
  wasDelivered,
} from '../mail/mail-events.ts';
import { type EventKind, iso, kinds, type MailEvent } from '../mail/ses-events.ts';
import type { ListedEvent, MailQuery, SesStore } from '../mail/ses-store.ts';
import { linksIn, type TrackedLink } from '../mail/tracked-links.ts';

/** A message as `/_local/inbox.json` answers it. */
export interface InboxMessage {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** Lower-cased name → value; a header that stands twice has both values, one per line. */
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string | null;
  readonly text: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | null;
  readonly acceptedAt: string;
}

/** What a person cannot do by reading, and a test bench must: see `Inbox.simulate`. */
export const simulations = ['delay', 'reject', 'bounce', 'complaint', 'scanner-open', 'scanner-click'] as const;
export type Simulation = (typeof simulations)[number];

/** Every message SES accepted, and what its recipients may do with it. Unknown ids answer null, or do nothing. */
export interface Inbox {
  /** Newest first. */
  list(query?: MailQuery): InboxMessage[];
  get(messageId: string): InboxMessage | null;
  /** What is known to have happened to the message, in order. */
  events(messageId: string): readonly ListedEvent[];
  /** Whether SES put its pixel into the message and rewrote its links. */
  isTracked(messageId: string): boolean;
  /** A person opens the message. SES sees that only in a delivered and tracked HTML mail; otherwise nothing happens. */
  open(messageId: string): void;
  /** A person clicks the link number `n`: answers where it leads, null when there is no such link. */
  click(messageId: string, n: number): string | null;
  /** Its mailbox is full for now, SES finds a virus in it, its mailbox is gone, its reader complains, or a scanner opens it or follows every link in it. */
  simulate(messageId: string, simulation: Simulation): void;
}

export interface InboxDeps {
  readonly store: Pick<SesStore, 'list' | 'get' | 'events'>;
  now(): number;
  /** Whether SES tells anybody of events of this kind. */
  tracks(mail: Mail, kind: EventKind): boolean;
  /** Keeps and emits the events of a message. */
  happened(mail: Mail, events: readonly MailEvent[]): void;
}

export function openInbox({ store, now, tracks, happened }: InboxDeps): Inbox {
  const opened = (mail: Mail, reader: Reader) => {
    if (mail.html === null || !wasDelivered(mail) || !tracks(mail, kinds.Open)) return;
    happened(mail, [openEvent(now(), reader)]);
  };
  const clicked = (mail: Mail, reader: Reader, links: readonly TrackedLink[]) => {
    if (!tracks(mail, kinds.Click)) return;
    happened(
      mail,
      links.map((link) => clickEvent(now(), reader, link)),
    );
  };
  const withMail = (messageId: string, work: (mail: Mail) => void) => {
    const mail = store.get(messageId);
    if (mail !== null) work(mail);
  };
  return {
    list: (query = {}) => store.list(query).map(asRead),
    get: (messageId) => {
      const mail = store.get(messageId);
      return mail && asRead(mail);
    },
    events: (messageId) => store.events(messageId),
    isTracked(messageId) {
      const mail = store.get(messageId);
      return mail !== null && [kinds.Open, kinds.Click].some((kind) => tracks(mail, kind));
    },
    open: (messageId) => withMail(messageId, (mail) => opened(mail, person)),
    click(messageId, n) {
      const mail = store.get(messageId);
      const link = linksIn(mail?.html ?? '')[n];
      if (mail === null || link === undefined) return null;
      clicked(mail, person, [link]);
      return link.url;
    },
    simulate: (messageId, simulation) =>
      withMail(messageId, (mail) => {
        switch (simulation) {
          case 'delay':
            return happened(mail, [delayEvent(now(), mail.destinations)]);
          case 'reject':
            return happened(mail, [rejectEvent(now())]);
          case 'bounce':
            return happened(mail, [bounceEvent(now(), mail.destinations, 'unknown')]);
          case 'complaint':
            return happened(mail, [complaintEvent(now(), mail.destinations)]);
          case 'scanner-open':
            return opened(mail, scanner);
          case 'scanner-click':
            return clicked(mail, scanner, linksIn(mail.html ?? ''));
          default:
            return simulation satisfies never;
        }
      }),
  };
}

/** The message as its recipient sees it: SES replaces Message-ID and Date with its own. */
function asRead(mail: Mail): InboxMessage {
  const names = new Set(mail.headers.map(({ name }) => name.toLowerCase()));
  const headers = Object.fromEntries([...names].map((name) => [name, allOf(mail, name)]));
  return {
    messageId: mail.messageId,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    bcc: mail.bcc,
    subject: mail.subject,
    headers: {
      ...headers,
      'message-id': `<${mail.messageId}@email.amazonses.com>`,
      date: new Date(mail.acceptedAt).toUTCString().replace('GMT', '+0000'),
    },
    html: mail.html,
    text: mail.text,
    tags: mail.tags,
    configurationSet: mail.configurationSet,
    acceptedAt: iso(mail.acceptedAt),
  };
}

function allOf(mail: Mail, name: string): string {
  const same = mail.headers.filter((header) => header.name.toLowerCase() === name);
  return same.map((header) => headerOf({ headers: [header] }, name)).join('\n');
}
