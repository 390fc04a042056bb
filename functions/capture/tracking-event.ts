import type { CapturedActivity } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email-address.ts';
import { stableId } from '../leads/lead-id.ts';
import type { Forms } from './form.ts';
import { plainText } from './plain-properties.ts';
import { attributesOf, detailsOf } from './tracking-details.ts';
import { TrackingMessage } from './tracking-message.ts';
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

export interface TrackingContext {
  /** What the route says the message is, when it says so. */
  readonly type?: string | undefined;
  readonly sentAt?: unknown;
  /** When it reached us, in epoch milliseconds. */
  readonly receivedAt: number;
  readonly userAgent?: string | undefined;
  /** What a lead may be known for: the fields that the playbook's forms declare (I-F3). */
  readonly forms: Forms;
  /** What the account has opted in to ask for, though it is sensitive (requirements §2.20). */
  readonly sensitiveAttributes: readonly string[];
}

/** Takes one identify, track, page or alias message for the activity it tells of. Any value is answered, none throws. */
export function readTracking(sent: unknown, context: TrackingContext): TrackingOutcome {
  const parsed = TrackingMessage.safeParse(sent);
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
      attributes: attributesOf(message, context),
      consents: [],
      origin,
      quiet: false,
    },
  };
}

function refused(code: string, path: string, message: string): TrackingOutcome {
  return { outcome: 'refused', fault: { code, message, path } };
}

function typeOf(kind: string, { event }: TrackingMessage): string | TrackingOutcome {
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

function subjectOf(kind: string, message: TrackingMessage): CapturedActivity['subject'] | undefined {
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
function occurredAtOf({ timestamp, sentAt }: TrackingMessage, context: TrackingContext): string | null {
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
function activityIdOf(
  sent: unknown,
  { messageId }: TrackingMessage,
  kind: string,
  { receivedAt }: TrackingContext,
): string {
  // What looks like an id of our own making is hashed like any odd one: a client must not take a form's id before the form does.
  if (messageId && /^[\w.:@+-]{8,128}$/.test(messageId) && !/^[a-z2-7]{32}$/.test(messageId)) return messageId;
  if (messageId) return stableId('tracker', messageId);
  return stableId('tracker', kind, JSON.stringify(sent), isoOf(receivedAt).slice(0, 'yyyy-mm-ddThh:mm:ss'.length));
}
