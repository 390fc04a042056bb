const mail = {
  timestamp: '2026-11-02T12:00:00.000Z',
  source: 'Clara at Orchard <hello@orchard.example>',
  sendingAccountId: '000000000000',
  messageId: '0100-message-1',
  destination: ['ana@example.com'],
  headersTruncated: false,
  headers: [{ name: 'To', value: 'ana@example.com' }],
  commonHeaders: { to: ['ana@example.com'], subject: 'Hello' },
};

const later = '2026-11-02T12:05:00.000Z';
const browser = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0';

/** The part of each kind of SES event that is its own. */
const parts = {
  Send: { send: {} },
  Delivery: {
    delivery: { timestamp: later, processingTimeMillis: 900, recipients: ['ana@example.com'], smtpResponse: '250 ok' },
  },
  Open: { open: { timestamp: later, ipAddress: '192.0.2.1', userAgent: browser } },
  Click: {
    click: {
      timestamp: later,
      ipAddress: '192.0.2.1',
      userAgent: browser,
      link: 'https://orchard.example/p/pricing',
      linkTags: { a: ['b'] },
    },
  },
  Bounce: {
    bounce: {
      timestamp: later,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'ana@example.com',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 ana@example.com unknown',
        },
      ],
      feedbackId: 'f-1',
    },
  },
  Complaint: {
    complaint: {
      timestamp: later,
      complainedRecipients: [{ emailAddress: 'ana@example.com' }],
      complaintFeedbackType: 'abuse',
      feedbackId: 'f-2',
    },
  },
  Subscription: {
    subscription: {
      contactList: 'List',
      timestamp: later,
      source: 'UnsubscribeHeader',
      newTopicPreferences: {
        unsubscribeAll: true,
        topicSubscriptionStatus: [{ topicName: 'News', subscriptionStatus: 'OptOut' }],
      },
      oldTopicPreferences: {
        unsubscribeAll: false,
        topicSubscriptionStatus: [{ topicName: 'News', subscriptionStatus: 'OptOut' }],
      },
    },
  },
  Reject: { reject: { reason: 'Bad content' } },
  DeliveryDelay: {
    deliveryDelay: {
      timestamp: later,
      delayType: 'TransientCommunicationFailure',
      delayedRecipients: [{ emailAddress: 'ana@example.com' }],
    },
  },
  'Rendering Failure': { failure: { errorMessage: 'no name', templateName: 'Welcome' } },
} as const;

export type SesEventType = keyof typeof parts;

/** One SES event about one message, as SES publishes it. `tags` are the message's; `part` replaces fields of the event's own part. */
export function aSesEvent(
  eventType: SesEventType,
  { tags = {}, part = {}, to = 'ana@example.com' }: { tags?: Record<string, string>; part?: object; to?: string } = {},
) {
  const own = Object.fromEntries(
    Object.entries(parts[eventType]).map(([name, value]) => [name, { ...value, ...part }]),
  );
  const listed = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  return {
    eventType,
    mail: { ...mail, destination: [to], tags: { 'ses:configuration-set': ['ripen'], ...listed } },
    ...own,
  };
}
