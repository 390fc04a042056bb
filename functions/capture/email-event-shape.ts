import * as z from 'zod';

const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const Text = z.string().max(2048).nullish().catch(null);
const Recipients = z.array(z.object({ emailAddress: z.string(), status: Text })).default([]);

const Mail = z.object({
  timestamp: Time,
  messageId: z.string().min(1),
  destination: z.array(z.string()).default([]),
  /** SES gives every tag a list of values. */
  tags: z.record(z.string(), z.array(z.string())).default({}),
});
export type Mail = z.infer<typeof Mail>;

/** Opens and clicks: who fetched it. `isBotEvent` is a word of SES's (`Likely`, `Unlikely`) and often missing: no proof of a person. */
const Fetched = { timestamp: Time, ipAddress: Text, userAgent: Text, isBotEvent: Text };

const Preferences = z
  .object({
    unsubscribeAll: z.boolean().default(false),
    topicSubscriptionStatus: z.array(z.object({ topicName: z.string(), subscriptionStatus: z.string() })).default([]),
  })
  .nullish();

/**
 * Every kind of event that SES publishes, in the words of its documentation. EventBridge and Firehose say `eventType`, the older
 * notifications through SNS `notificationType`.
 */
export const EmailEvent = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Send'), mail: Mail }),
  z.object({ eventType: z.literal('Delivery'), mail: Mail, delivery: z.object({ timestamp: Time }) }),
  z.object({ eventType: z.literal('Open'), mail: Mail, open: z.object(Fetched) }),
  z.object({ eventType: z.literal('Click'), mail: Mail, click: z.object({ ...Fetched, link: z.string() }) }),
  z.object({
    eventType: z.literal('Bounce'),
    mail: Mail,
    bounce: z.object({ timestamp: Time, bounceType: z.string(), bounceSubType: Text, bouncedRecipients: Recipients }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail: Mail,
    complaint: z.object({ timestamp: Time, complaintFeedbackType: Text, complainedRecipients: Recipients }),
  }),
  z.object({
    eventType: z.literal('Subscription'),
    mail: Mail,
    subscription: z.object({
      timestamp: Time,
      source: Text,
      newTopicPreferences: Preferences,
      oldTopicPreferences: Preferences,
    }),
  }),
  z.object({ eventType: z.literal('Reject'), mail: Mail, reject: z.object({ reason: Text }) }),
  z.object({
    eventType: z.literal('DeliveryDelay'),
    mail: Mail,
    deliveryDelay: z.object({ timestamp: Time, delayType: Text }),
  }),
  z.object({ eventType: z.literal('Rendering Failure'), mail: Mail, failure: z.object({ errorMessage: Text }) }),
  z.object({ eventType: z.literal('Received') }),
]);
export type EmailEvent = z.infer<typeof EmailEvent>;

/** The part of the event that is its kind's own: `bounce` of a Bounce. */
export type PartOf<Key extends string> = Extract<EmailEvent, Record<Key, unknown>>[Key];

/** Every event names its kind, one way or the other. */
export const NamedEvent = z.looseObject({ eventType: z.string().optional(), notificationType: z.string().optional() });

export function isKnownEvent(eventType: string | undefined): boolean {
  return EmailEvent.options.some(({ shape }) => shape.eventType.value === eventType);
}
