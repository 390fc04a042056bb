import * as z from 'zod';
import type { CapturedActivity, Properties } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email-address.ts';
import { stableId } from '../leads/lead-id.ts';
import type { Forms } from './form.ts';
import { originOf } from './origin.ts';
import { plainProperties, plainText } from './plain-properties.ts';
import { typeOfEvent } from './tracking-names.ts';

/** What is wrong with one event that was sent: it can never succeed as it stands. */
export interface TrackingFault {
  readonly code: string;
  readonly message: string;
  readonly path: string;
}

export type TrackingOutcome =
  | { readonly outcome: 'activity'; readonly activity: CapturedActivity }
  | { readonly outcome: 'ignored'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly fault: TrackingFault };

const Id = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(256)).nullish().catch(null);
const Text = z.string().nullish().catch(null);
const Bag = z.record(z.string(), z.unknown()).nullish().catch(null);

/** A Segment message as clients of all ages send it: unknown members are left alone, members of the wrong type are left out. */
const Message = z.object({
  type: Text,
  action: Text,
  event: Text,
  name: Text,
  messageId: Text,
  userId: Id,
  user_id: Id,
  anonymousId: Id,
  previousId: Id,
  timestamp: z.unknown().optional(),
  sentAt: z.unknown().optional(),
  properties: Bag,
  traits: Bag,
  context: z
    .object({ traits: Bag, page: Bag, campaign: Bag, userAgent: Text, user_agent: Text, locale: Text })
    .nullish()
    .catch(null),
});
type Message = z.infer<typeof Message>;

export interface TrackingContext {
  /** What the route says the message is, when it says so. */
  readonly type?: string | undefined;
  readonly sentAt?: unknown;
  /** When it reached us, in epoch milliseconds. */
  readonly receivedAt: number;
  readonly userAgent?: string | undefined;
  /** What a lead may be known for: the fields that the playbook's forms declare (I-F3). */
  readonly forms: Forms;
}

/** Takes one identify, track, page or alias message for the activity it tells of. Any value is answered, none throws. */
export function readTracking(sent: unknown, context: TrackingContext): TrackingOutcome {
  const parsed = Message.safeParse(sent);
  if (!parsed.success) return refused('not-an-object', '', 'Send a JSON object.');
  const message = parsed.data;
  const kind = context.type ?? message.type ?? message.action ?? '';
  if (kind === 'group' || kind === 'screen') return { outcome: 'ignored', reason: `${kind} has no meaning here` };
  const type = typeOf(kind, message);
  if (typeof type !== 'string') return type;
  const subject = subjectOf(kind, message);
  if (!subject) return refused('no-subject', 'anonymousId', 'Say who did it: userId, anonymousId or traits.email.');
  const occurredAt = occurredAtOf(message, context);
  if (occurredAt === null) return refused('not-a-time', 'timestamp', 'Write it like 2026-11-02T12:00:00.000Z.');
  const { properties, origin } = detailsOf(kind, message, context);
  return {
    outcome: 'activity',
    activity: {
      activityId: activityIdOf(sent, message, kind, context),
      type,
      occurredAt,
      source: 'tracker',
      subject,
      properties,
      attributes: attributesOf(message, context.forms),
      consents: [],
      origin,
      quiet: false,
    },
  };
}

function refused(code: string, path: string, message: string): TrackingOutcome {
  return { outcome: 'refused', fault: { code, message, path } };
}

function typeOf(kind: string, { event }: Message): string | TrackingOutcome {
  switch (kind) {
    case 'identify':
    case 'alias':
      return 'visitor.identified';
    case 'page':
      return 'page.viewed';
    case 'track': {
      if (!event?.trim()) return refused('no-event', 'event', 'Name the event, such as "Trial Started".');
      const named = typeOfEvent(event);
      if (named.outcome === 'known') return named.type;
      return refused(
        'reserved-event',
        'event',
        'Only Ripen itself records this: post the form to /f/{formId} instead.',
      );
    }
    default:
      return refused('unknown-type', 'type', 'Send type identify, track, page or alias.');
  }
}

function subjectOf(kind: string, message: Message): CapturedActivity['subject'] | undefined {
  const { traits, context, properties } = message;
  const typed = [traits?.email, context?.traits?.email, kind === 'track' ? properties?.email : undefined].find(
    (email) => typeof email === 'string' && normaliseEmail(email) !== null,
  );
  const emailAsTyped = typeof typed === 'string' ? typed.trim() : undefined;
  const email = emailAsTyped === undefined ? null : normaliseEmail(emailAsTyped);
  const userId = plainId(message.userId ?? message.user_id);
  const anonymousId = plainId(kind === 'alias' ? message.previousId : message.anonymousId);
  if (email === null && userId === undefined && anonymousId === undefined) return undefined;
  return {
    ...(email !== null && { email, emailAsTyped }),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
  };
}

function plainId(id: string | null | undefined): string | undefined {
  return id == null ? undefined : plainText(id).trim() || undefined;
}

const earliest = Date.UTC(2000, 0);

/**
 * When it happened by our clock: the client's time, corrected by how far the client's clock is off (`sentAt` against the time of
 * receipt), and never in the future. `null` when the client names a time that is none.
 */
function occurredAtOf({ timestamp, sentAt }: Message, context: TrackingContext): string | null {
  if (timestamp === undefined || timestamp === null || timestamp === '') return isoOf(context.receivedAt);
  const at = timeOf(timestamp);
  if (at === null) return null;
  const sent = timeOf(context.sentAt) ?? timeOf(sentAt);
  const corrected = sent === null ? at : at + (context.receivedAt - sent);
  return isoOf(Math.min(context.receivedAt, Math.max(earliest, corrected)));
}

function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** The client's own id, so that a message sent again is the same activity; else what makes it the same within a second. */
function activityIdOf(sent: unknown, { messageId }: Message, kind: string, { receivedAt }: TrackingContext): string {
  if (messageId && /^[\w.:@+-]{8,128}$/.test(messageId)) return messageId;
  if (messageId) return stableId('tracker', messageId);
  return stableId('tracker', kind, JSON.stringify(sent), isoOf(receivedAt).slice(0, 'yyyy-mm-ddThh:mm:ss'.length));
}

function detailsOf(
  kind: string,
  message: Message,
  context: TrackingContext,
): { properties: Properties; origin: CapturedActivity['origin'] } {
  const sent = plainProperties(message.properties);
  const page = plainProperties(message.context?.page);
  const text = (...values: readonly unknown[]) => values.find((value) => typeof value === 'string' && value !== '');
  const url = text(message.properties?.url, message.context?.page?.url);
  const referrer =
    text(sent.referrer, page.referrer) ?? (sent.referrer === '' || page.referrer === '' ? '' : undefined);
  const campaign = plainProperties(message.context?.campaign);
  const origin = originOf({
    ...Object.fromEntries(['source', 'medium', 'term', 'content'].map((name) => [name, text(campaign[name])])),
    campaign: asText(text(campaign.name)),
    referrer: asText(referrer),
    page: asText(url),
  });
  const userAgent = message.context?.userAgent ?? message.context?.user_agent ?? context.userAgent;
  // An address is the subject's, not a property: properties stay when a person is erased.
  const { email, search, ...rest } = sent;
  return {
    origin,
    properties: {
      ...rest,
      ...(kind === 'page'
        ? pageProperties(message, sent, page)
        : kind === 'track'
          ? trackProperties(message, sent)
          : {}),
      ...(origin.landingPage !== undefined && { url: origin.landingPage }),
      ...(userAgent && { userAgent: plainText(userAgent).slice(0, 512) }),
    },
  };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function pageProperties({ name, properties, context }: Message, sent: Properties, page: Properties): Properties {
  const url = asText(properties?.url) ?? asText(context?.page?.url);
  const path = asText(sent.path) ?? asText(page.path) ?? (url && URL.canParse(url) ? new URL(url).pathname : undefined);
  const title = asText(sent.title) ?? asText(page.title);
  return {
    // Without query and fragment: people are known to be named in both.
    ...(path !== undefined && { path: path.split(/[?#]/, 1)[0] ?? '' }),
    ...(title !== undefined && { title }),
    ...(name && { name: plainText(name) }),
  };
}

/** Segment's words for what the scoring rules call otherwise. */
function trackProperties({ event }: Message, sent: Properties): Properties {
  const messageId = sent.messageId ?? sent.email_id;
  const link = sent.link ?? sent.link_url;
  const subject = sent.subject ?? sent.appointment_id ?? sent.appointmentId ?? sent.conversation_id;
  return {
    event: plainText(event ?? '').slice(0, 256),
    ...(messageId !== undefined && { messageId }),
    ...(link !== undefined && { link }),
    ...(subject !== undefined && { subject }),
  };
}

/** Traits that the playbook's forms know as fields; `firstName` and `lastName` make a name. */
function attributesOf({ traits, context }: Message, forms: Forms): CapturedActivity['attributes'] {
  const told = plainProperties({ ...context?.traits, ...traits });
  const name =
    told.name ?? [told.firstName ?? told.first_name, told.lastName ?? told.last_name].filter(Boolean).join(' ');
  const company = plainProperties(told.company);
  const known = { ...told, name, company: company.name ?? told.company };
  const declared = new Set(Object.values(forms.forms).flatMap(({ fields }) => fields.map((field) => field.name)));
  const attributes: Record<string, string | number> = {};
  for (const [field, value] of Object.entries(known)) {
    if (field === 'email' || !declared.has(field)) continue;
    if (typeof value === 'number') attributes[field] = value;
    if (typeof value === 'string' && value.trim() !== '') attributes[field] = value.trim().slice(0, 200).toWellFormed();
  }
  return attributes;
}
