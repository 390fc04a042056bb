import * as z from 'zod';
import type { MessageFate } from './message-fate.ts';
import type { Insights } from './message-insights.ts';

const hourMs = 60 * 60_000;

/** SES usually tells within seconds; before this long has passed nobody asks. */
export const askAfterMs = 6 * hourMs;
/** A server that is away is tried again for most of a day, and SES's own answers come late: after three days nothing more comes. */
export const giveUpAfterMs = 72 * hourMs;

/** How a night went: stored, so that the gap can be seen by day. */
export const Reconciliation = z.object({
  /** When it began. */
  at: z.string(),
  /** How many messages nobody had told of for six hours. */
  overdue: z.number().int(),
  /** Of how many SES was asked, and knew more than it had told. */
  asked: z.number().int(),
  found: z.number().int(),
  /** How many were given up, in this night. */
  unknown: z.number().int(),
  /** Why SES could not be asked; without VDM it answers nothing. */
  closed: z.string().optional(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** An SES event, in its own words: the room that takes SES's events in makes of it what it would have made of the event itself. */
export interface FoundEvent {
  readonly eventType: string;
  readonly mail: { readonly messageId: string; readonly [name: string]: unknown };
  readonly [part: string]: unknown;
}

/**
 * The events of a message that decide whether it arrived, as SES would have published them. Opens and clicks are not among them:
 * SES does not tell whose they were, and what may be a machine's counts for nothing.
 */
export function eventsFound(fate: MessageFate, { EmailTags, Insights: recipients }: Insights): readonly FoundEvent[] {
  const tags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  return recipients.flatMap(({ Destination, Events }) => {
    const about = { messageId: fate.messageId, timestamp: fate.sentAt, destination: [Destination], tags };
    const recipient = [{ emailAddress: Destination }];
    return Events.flatMap(({ Timestamp, Type, Details: { Bounce, Complaint } }): FoundEvent[] => {
      const timestamp = Timestamp.toISOString();
      switch (Type) {
        case 'SEND':
          return [{ eventType: 'Send', mail: { ...about, timestamp }, send: {} }];
        case 'DELIVERY':
          return [{ eventType: 'Delivery', mail: about, delivery: { timestamp } }];
        case 'BOUNCE':
          return [
            {
              eventType: 'Bounce',
              mail: about,
              bounce: {
                ...{ timestamp, bouncedRecipients: recipient },
                bounceType: asInEvents(Bounce?.BounceType ?? 'UNDETERMINED'),
                bounceSubType: Bounce?.BounceSubType ?? null,
              },
            },
          ];
        case 'COMPLAINT':
          return [
            {
              eventType: 'Complaint',
              mail: about,
              complaint: {
                ...{ timestamp, complainedRecipients: recipient },
                complaintFeedbackType: Complaint?.ComplaintFeedbackType ?? null,
              },
            },
          ];
        case 'REJECT':
          return [{ eventType: 'Reject', mail: about, reject: { reason: null } }];
        case 'RENDERING_FAILURE':
          return [{ eventType: 'Rendering Failure', mail: about, failure: { errorMessage: null } }];
        default:
          return [];
      }
    });
  });
}

/** `PERMANENT` here is `Permanent` there. */
function asInEvents(word: string): string {
  return `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`;
}
