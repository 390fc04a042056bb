import type { CapturedActivity, Properties } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email-address.ts';
import { stableId } from '../leads/lead-id.ts';
import { splitLinkId } from '../leads/link-id.ts';
import { EmailEvent, isKnownEvent, type Mail, NamedEvent, type PartOf } from './email-event-shape.ts';
import { plainText } from './plain-properties.ts';

/** What SES told us about one message, as an activity; or why it is none. */
export type EmailEventOutcome =
  | { readonly outcome: 'activity'; readonly activity: CapturedActivity }
  | { readonly outcome: 'ignored'; readonly reason: string };

/** Turns one SES event into the activity it stands for. Any value is answered, none throws; the same event has the same id. */
export function emailActivityOf(event: unknown): EmailEventOutcome {
  const named = NamedEvent.safeParse(event);
  if (!named.success) return ignored('not-about-a-message');
  const eventType = named.data.eventType ?? named.data.notificationType;
  const parsed = EmailEvent.safeParse({ ...named.data, eventType });
  if (!parsed.success) return ignored(isKnownEvent(eventType) ? 'incomplete' : 'unknown-event-type');
  return activityOf(parsed.data);
}

function ignored(reason: string): EmailEventOutcome {
  return { outcome: 'ignored', reason };
}

function activityOf(event: EmailEvent): EmailEventOutcome {
  switch (event.eventType) {
    case 'Send':
      return about(event.mail, { event: 'Send', type: 'email.sent', at: event.mail.timestamp });
    case 'Delivery':
      return about(event.mail, { event: 'Delivery', type: 'email.delivered', at: event.delivery.timestamp });
    case 'Open': {
      const { timestamp, ...fetched } = event.open;
      return about(event.mail, { event: 'Open', type: 'email.opened', at: timestamp, properties: told(fetched) });
    }
    case 'Click': {
      const { timestamp, ...fetched } = event.click;
      // Apart, so that rules and people see the address as it was written.
      const properties = told({ ...fetched, ...splitLinkId(fetched.link) });
      return about(event.mail, { event: 'Click', type: 'email.clicked', at: timestamp, properties });
    }
    case 'Bounce':
      return bounce(event.mail, event.bounce);
    case 'Complaint':
      return complaint(event.mail, event.complaint);
    case 'Subscription':
      return subscription(event.mail, event.subscription);
    case 'Reject':
      return about(event.mail, {
        ...{ event: 'Reject', type: 'email.rejected', at: event.mail.timestamp },
        properties: told({ reason: event.reject.reason }),
      });
    case 'DeliveryDelay':
      return about(event.mail, {
        ...{ event: 'DeliveryDelay', type: 'email.delayed', at: event.deliveryDelay.timestamp },
        properties: told({ reason: event.deliveryDelay.delayType }),
      });
    case 'Rendering Failure':
      return about(event.mail, {
        ...{ event: 'Rendering Failure', type: 'email.rendering-failed', at: event.mail.timestamp },
        properties: told({ reason: event.failure.errorMessage }),
      });
    case 'Received':
      return ignored('inbound-mail');
  }
}

function bounce(
  mail: Mail,
  { timestamp, bounceType, bounceSubType, bouncedRecipients }: PartOf<'bounce'>,
): EmailEventOutcome {
  const [recipient] = bouncedRecipients;
  return about(mail, {
    event: 'Bounce',
    type: 'email.bounced',
    at: timestamp,
    // Not the diagnostic text: servers repeat the address in it.
    properties: told({ bounceType, bounceSubType, status: recipient?.status }),
    recipient: recipient?.emailAddress,
  });
}

function complaint(
  mail: Mail,
  { timestamp, complaintFeedbackType, complainedRecipients }: PartOf<'complaint'>,
): EmailEventOutcome {
  // Somebody took the message out of the spam folder: the opposite of a complaint.
  if (complaintFeedbackType === 'not-spam') return ignored('not-spam');
  return about(mail, {
    event: 'Complaint',
    type: 'email.complained',
    at: timestamp,
    properties: told({ complaintFeedbackType }),
    recipient: complainedRecipients[0]?.emailAddress,
  });
}

function subscription(
  mail: Mail,
  { timestamp, source, newTopicPreferences, oldTopicPreferences }: PartOf<'subscription'>,
): EmailEventOutcome {
  const left = (preferences: typeof newTopicPreferences) => [
    ...(preferences?.unsubscribeAll ? ['*'] : []),
    ...(preferences?.topicSubscriptionStatus ?? [])
      .filter(({ subscriptionStatus }) => subscriptionStatus === 'OptOut')
      .map(({ topicName }) => topicName),
  ];
  const before = left(oldTopicPreferences);
  // Coming back needs the person's own, evidenced opt-in (I-C2); SES's list is not where we keep it.
  if (!left(newTopicPreferences).some((topic) => !before.includes(topic))) return ignored('nobody-left-a-list');
  return about(mail, {
    event: 'Subscription',
    type: 'email.unsubscribed',
    at: timestamp,
    properties: told({ method: source }),
  });
}

function about(
  mail: Mail,
  {
    event,
    type,
    at,
    properties = {},
    recipient,
  }: { event: string; type: string; at: string; properties?: Properties; recipient?: string | undefined },
): EmailEventOutcome {
  const { lead, audience, sequence, run, step, send, template, variant } = firstOf(mail.tags);
  if (audience === 'team') return ignored('to-a-colleague');
  const email = normaliseEmail(bare(recipient ?? mail.destination[0] ?? ''));
  // A person may have another mailbox by the time that this one gives it back. Where we sent it, not where it was forwarded to.
  const mailbox = event === 'Bounce' ? normaliseEmail(bare(mail.destination[0] ?? '')) : null;
  if (lead === undefined && email === null) return ignored('to-nobody-we-can-name');
  return {
    outcome: 'activity',
    activity: {
      activityId: stableId('ses', mail.messageId, event, ...occasion(event, at, properties)),
      type,
      occurredAt: at,
      source: 'ses',
      subject:
        lead !== undefined
          ? { leadId: lead, ...(mailbox !== null && { email: mailbox }) }
          : { email: email ?? undefined },
      properties: {
        messageId: mail.messageId,
        sentAt: mail.timestamp,
        ...told({ sequence, run, step, send, template, variant }),
        ...properties,
      },
      attributes: {},
      consents: [],
      quiet: false,
    },
  };
}

/**
 * What tells two events of one kind about one message apart. Most happen once to a message with its one recipient, so that what was
 * lost and is asked for later, with a time that differs by a part of a second, is the same thing as what was told.
 */
function occasion(event: string, at: string, { link, bounceType }: Properties): readonly string[] {
  if (event === 'Bounce') return [typeof bounceType === 'string' ? bounceType : ''];
  return ['Open', 'Click', 'DeliveryDelay', 'Subscription'].includes(event)
    ? [typeof link === 'string' ? link : '', at]
    : [];
}

function firstOf(tags: Mail['tags']): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(tags).map(([name, [value]]) => [name, value || undefined]));
}

/** `Name <address>` as well as the address alone. */
function bare(mailbox: string): string {
  return /<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox;
}

/** Only what is known: nothing is stored for a tag or a header that was not there. */
function told(values: Readonly<Record<string, string | null | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value == null ? [] : [[name, plainText(value)]])),
  );
}
