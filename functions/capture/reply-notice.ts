import type { Account } from '../leads/account.ts';
import { MessageRequested } from '../leads/bus-event.ts';
import { localDay } from '../leads/calendar.ts';
import type { Lead } from '../leads/lead.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import type { AnsweredMessage } from './reply.store.ts';
import type { ReplyDecision } from './reply.ts';

/** A reply as it is told to whoever is to answer it. */
export interface ToldReply {
  readonly activityId: string;
  /** When it came in, ISO. */
  readonly at: string;
  readonly lead: Lead;
  /** Who says that they wrote it; null when nobody can tell. */
  readonly writer: string | null;
  readonly subject: string;
  /** What they wrote themselves, with its lines; null when the mail cannot be read. */
  readonly text: string | null;
  readonly decision: Exclude<ReplyDecision, { kind: 'ignored' }>;
}

/** For whoever is to answer it: the mail itself is not kept. */
const toldLength = 4_000;

/** Two programs that answer each other must not fill a mailbox; what is not told any more is on the lead's page. */
const maxNoticesPerDay = 10;

/**
 * Tells the team of a reply, of which they answer the writer by pressing Reply; null when they have been told of ten replies of
 * this lead today, in their time zone. `messages`: all about the lead. Those that come in at one instant may be told beyond ten.
 */
export function replyNotice(
  reply: ToldReply,
  messages: readonly AnsweredMessage[],
  { account, baseUrl }: { readonly account: Account; readonly baseUrl: string },
): OutgoingEvent | null {
  const { activityId, lead, writer, subject, text, decision } = reply;
  const dayOf = (instant: string) => localDay(instant, account.timeZone);
  // Told before and not noted down: it is its own notice that is there.
  const told = messages.filter(
    ({ sequence, run, firstAt }) => sequence === 'reply' && run !== activityId && dayOf(firstAt) === dayOf(reply.at),
  ).length;
  if (told >= maxNoticesPerDay) return null;
  const email = writer ?? lead.emailAsTyped;
  return toEvent(MessageRequested, {
    ...{ leadId: lead.leadId, sequence: 'reply', run: activityId, step: 1, template: 'reply' },
    language: account.language,
    to: { kind: 'team', email: account.replyTo, name: account.senderName },
    data: {
      name: typeof lead.attributes.name === 'string' ? lead.attributes.name : '',
      email,
      // Whoever forges an address does not get our answer.
      replyTo: decision.verified ? email : lead.email,
      subject,
      excerpt: cut(text ?? '', toldLength),
      readable: text !== null,
      optOut: decision.kind === 'opt-out',
      verified: decision.verified,
      /** Somebody else than the lead has answered. */
      colleague: decision.from === 'other',
      lastOfDay: told === maxNoticesPerDay - 1,
      leadUrl: `${baseUrl}/leads/${lead.leadId}`,
    },
    // Somebody waits for an answer: told twice is better than not told.
    policy: 'atLeastOnce',
  });
}

/** Lines kept, other control characters not. */
function cut(text: string, length: number): string {
  return text
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .slice(0, length)
    .toWellFormed();
}
