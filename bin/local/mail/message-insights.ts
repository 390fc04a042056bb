import * as z from 'zod';
import type { Mail } from './mail.ts';
import type { ListedEvent } from './ses-store.ts';

/** The answer of SES v2 to GetMessageInsights. `Timestamp` is epoch seconds, as its REST-JSON has it. */
export interface MessageInsights {
  readonly MessageId: string;
  readonly FromEmailAddress: string;
  readonly Subject: string;
  readonly EmailTags: readonly { readonly Name: string; readonly Value: string }[];
  readonly Insights: readonly {
    readonly Destination: string;
    readonly Isp: string;
    readonly Events: readonly InsightsEvent[];
  }[];
}

interface InsightsEvent {
  readonly Timestamp: number;
  readonly Type: string;
  readonly Details?: object;
}

/** Everything that SES knows of `mail`, per recipient: also what nobody was told of. */
export function messageInsights(mail: Mail, events: readonly ListedEvent[]): MessageInsights {
  return {
    MessageId: mail.messageId,
    FromEmailAddress: mail.from,
    Subject: mail.subject,
    EmailTags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
    Insights: mail.destinations.map((Destination) => ({
      Destination,
      Isp: 'UNKNOWN_ISP',
      Events: events.flatMap((event) => insightsEvent(event, Destination)),
    })),
  };
}

const Recipients = z.array(z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() }));
const Detail = z.object({
  delivery: z.object({ recipients: z.array(z.string()) }).optional(),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string(), bouncedRecipients: Recipients }).optional(),
  complaint: z
    .object({
      complaintSubType: z.string().nullish(),
      complaintFeedbackType: z.string().nullish(),
      complainedRecipients: Recipients,
    })
    .optional(),
});

/** The event as `recipient` has lived it; nothing when it is about the others. */
function insightsEvent({ eventType, at, detail }: ListedEvent, recipient: string): InsightsEvent[] {
  const told = { Timestamp: at / 1000, Type: insightsType(eventType) };
  const { delivery, bounce, complaint } = Detail.safeParse(detail).data ?? {};
  if (delivery && !delivery.recipients.includes(recipient)) return [];
  if (bounce) {
    const about = bounce.bouncedRecipients.find(({ emailAddress }) => emailAddress === recipient);
    const Bounce = {
      BounceType: bounce.bounceType.toUpperCase(),
      BounceSubType: bounce.bounceSubType,
      ...(about?.diagnosticCode && { DiagnosticCode: about.diagnosticCode }),
    };
    return about ? [{ ...told, Details: { Bounce } }] : [];
  }
  if (!complaint) return [told];
  if (!complaint.complainedRecipients.some(({ emailAddress }) => emailAddress === recipient)) return [];
  const Complaint = {
    ...(complaint.complaintSubType && { ComplaintSubType: complaint.complaintSubType }),
    ...(complaint.complaintFeedbackType && { ComplaintFeedbackType: complaint.complaintFeedbackType }),
  };
  return [{ ...told, Details: { Complaint } }];
}

/** `Rendering Failure` is RENDERING_FAILURE there, `DeliveryDelay` DELIVERY_DELAY. */
function insightsType(eventType: string): string {
  return eventType.replace(/([a-z])\s?([A-Z])/g, '$1_$2').toUpperCase();
}
