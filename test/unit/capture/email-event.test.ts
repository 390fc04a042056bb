import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailActivityOf } from '../../../functions/capture/email-event.ts';
import { emailEventIn } from '../../../functions/capture/email-event-message.ts';
import { receiveEmailEvents } from '../../../functions/capture/receive-email-events.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import { ActivityCaptured } from '../../../functions/leads/bus-event.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { aSesEvent, type SesEventType } from '../../support/ses-event.ts';

const tags = { lead: 'lead1', sequence: 'welcome', run: '1', step: '1', send: 'token', template: 'welcome-1' };

function activityOf(event: unknown): CapturedActivity | undefined {
  const result = emailActivityOf(event);
  return result.outcome === 'activity' ? CapturedActivity.parse(result.activity) : undefined;
}

describe('an SES event', () => {
  const meanings: readonly [SesEventType, string][] = [
    ['Send', 'email.sent'],
    ['Delivery', 'email.delivered'],
    ['Open', 'email.opened'],
    ['Click', 'email.clicked'],
    ['Bounce', 'email.bounced'],
    ['Complaint', 'email.complained'],
    ['Subscription', 'email.unsubscribed'],
  ];
  for (const [eventType, type] of meanings)
    it(`${eventType} is ${type}, at its own time, of the lead in its tags`, () => {
      const activity = activityOf(aSesEvent(eventType, { tags }));
      expect(activity).toMatchObject({
        type,
        source: 'ses',
        occurredAt: eventType === 'Send' ? '2026-11-02T12:00:00.000Z' : '2026-11-02T12:05:00.000Z',
        subject: { leadId: 'lead1' },
        properties: {
          messageId: '0100-message-1',
          sentAt: '2026-11-02T12:00:00.000Z',
          sequence: 'welcome',
          run: '1',
          step: '1',
          send: 'token',
          template: 'welcome-1',
        },
      });
    });

  const failures: readonly [SesEventType, string, string][] = [
    ['Reject', 'email.rejected', 'Bad content'],
    ['DeliveryDelay', 'email.delayed', 'TransientCommunicationFailure'],
    ['Rendering Failure', 'email.rendering-failed', 'no name'],
  ];
  for (const [eventType, type, reason] of failures)
    it(`${eventType} is ${type}, and says why`, () => {
      expect(activityOf(aSesEvent(eventType, { tags }))).toMatchObject({
        type,
        subject: { leadId: 'lead1' },
        properties: { reason, sequence: 'welcome', run: '1', step: '1' },
      });
    });

  it('reads the same from the older notifications', () => {
    const { eventType: notificationType, ...rest } = aSesEvent('Bounce');
    expect(emailActivityOf({ notificationType, ...rest })).toEqual(emailActivityOf(aSesEvent('Bounce')));
  });

  it('without our tags is about the address it went to', () => {
    expect(activityOf(aSesEvent('Open', { to: 'Ana <Ana@Example.com>' }))?.subject).toEqual({
      email: 'ana@example.com',
    });
  });

  it('tells a lasting bounce from a passing one, and keeps no address', () => {
    expect(activityOf(aSesEvent('Bounce'))?.properties).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'General',
      status: '5.1.1',
    });
    expect(activityOf(aSesEvent('Bounce', { part: { bounceType: 'Transient' } }))?.properties).toMatchObject({
      bounceType: 'Transient',
    });
    const { subject, ...kept } = activityOf(aSesEvent('Bounce', { tags })) ?? {};
    expect(JSON.stringify(kept)).not.toContain('ana@example.com');
    // On its way only: a mailbox that the person has left may be the one that gives it back.
    expect(subject).toMatchObject({ leadId: expect.any(String), email: 'ana@example.com' });
    expect(activityOf(aSesEvent('Complaint', { tags }))?.subject).not.toHaveProperty('email');
  });

  it('brings along who fetched the mail, and SES’s word about bots when there is one', () => {
    expect(activityOf(aSesEvent('Click'))?.properties).toMatchObject({
      link: 'https://orchard.example/p/pricing',
      userAgent: expect.stringContaining('Firefox'),
      ipAddress: '192.0.2.1',
    });
    expect(activityOf(aSesEvent('Open'))?.properties).not.toHaveProperty('isBotEvent');
    expect(activityOf(aSesEvent('Open', { part: { isBotEvent: 'Likely' } }))?.properties.isBotEvent).toBe('Likely');
  });

  it('tells a link apart from the id it was sent out with', () => {
    const link = 'https://orchard.example/p/pricing?plan=a&ripen_lid=payload.mac#top';
    expect(activityOf(aSesEvent('Click', { part: { link } }))?.properties).toMatchObject({
      link: 'https://orchard.example/p/pricing?plan=a#top',
      linkId: 'payload.mac',
    });
    expect(activityOf(aSesEvent('Click'))?.properties).not.toHaveProperty('linkId');
  });

  it('is not a complaint when somebody says it is no spam', () => {
    expect(emailActivityOf(aSesEvent('Complaint', { part: { complaintFeedbackType: 'not-spam' } }))).toMatchObject({
      reason: 'not-spam',
    });
  });

  it('unsubscribes nobody who joins a list or changes nothing', () => {
    const preferences = {
      unsubscribeAll: false,
      topicSubscriptionStatus: [{ topicName: 'News', subscriptionStatus: 'OptIn' }],
    };
    expect(emailActivityOf(aSesEvent('Subscription', { part: { newTopicPreferences: preferences } }))).toMatchObject({
      reason: 'nobody-left-a-list',
    });
  });

  it('about a message to a colleague is nothing a lead did', () => {
    expect(emailActivityOf(aSesEvent('Open', { tags: { audience: 'team' } }))).toMatchObject({
      reason: 'to-a-colleague',
    });
  });

  it('has one id however often it comes, and another for another link or time', () => {
    const id = (event: unknown) => activityOf(event)?.activityId;
    expect(id(aSesEvent('Click'))).toBe(id(aSesEvent('Click')));
    expect(id(aSesEvent('Click', { part: { link: 'https://other.example/' } }))).not.toBe(id(aSesEvent('Click')));
    expect(id(aSesEvent('Click', { part: { timestamp: '2026-11-02T12:06:00.000Z' } }))).not.toBe(
      id(aSesEvent('Click')),
    );
    expect(id(aSesEvent('Open'))).not.toBe(id(aSesEvent('Delivery')));
  });

  it('that happens once to a message has one id whatever the time it is told with', () => {
    const id = (event: unknown) => activityOf(event)?.activityId;
    const part = { timestamp: '2026-11-02T12:05:00.700Z' };
    for (const kind of ['Delivery', 'Bounce', 'Complaint'] as const)
      expect(id(aSesEvent(kind, { part }))).toBe(id(aSesEvent(kind)));
    expect(id(aSesEvent('Bounce', { part: { bounceType: 'Transient' } }))).not.toBe(id(aSesEvent('Bounce')));
    expect(id(aSesEvent('DeliveryDelay', { part }))).not.toBe(id(aSesEvent('DeliveryDelay')));
  });

  it('of a kind we do not know, or cut short, is ignored by name', () => {
    expect(emailActivityOf({ eventType: 'Tomorrow', mail: {} })).toMatchObject({ reason: 'unknown-event-type' });
    expect(emailActivityOf({ eventType: 'Open' })).toMatchObject({ reason: 'incomplete' });
    expect(emailActivityOf({ version: '1.0', account: 'enabled' })).toMatchObject({ outcome: 'ignored' });
    expect(emailActivityOf({ notificationType: 'Received', mail: {} })).toMatchObject({ reason: 'inbound-mail' });
    expect(emailActivityOf(null)).toMatchObject({ reason: 'not-about-a-message' });
  });

  it('never throws, whatever SES may send', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Open', 'Click', 'Bounce', 'Complaint', 'Subscription', 'Delivery'),
        fc.jsonValue(),
        fc.jsonValue(),
        (eventType, mail, part) => {
          const event = { eventType, mail, [eventType.toLowerCase()]: part };
          expect(['activity', 'ignored']).toContain(emailActivityOf(event).outcome);
        },
      ),
    );
  });
});

it('a batch of events is published together, without those that are ignored', async () => {
  const published: string[] = [];
  await receiveEmailEvents(
    [aSesEvent('Open'), aSesEvent('Complaint', { part: { complaintFeedbackType: 'not-spam' } }), aSesEvent('Click')],
    {
      publish: async (events) => void published.push(...events.map(({ detailType }) => detailType)),
      now: Date.now,
    },
  );
  expect(published).toEqual(['ActivityCaptured', 'ActivityCaptured']);
});

it('is published once when it came on both ways', async () => {
  const published: OutgoingEvent[] = [];
  const event = aSesEvent('Click');
  const messages = [{ 'detail-type': 'Email Clicked', source: 'aws.ses', detail: event }, event];
  await receiveEmailEvents(
    messages.map((message) => emailEventIn(JSON.stringify(message))),
    { publish: async (events) => void published.push(...events), now: Date.now },
  );
  expect(published).toHaveLength(1);
});

it('is none in what SES says to try out its topic', async () => {
  const said = 'Successfully validated SNS topic for Amazon SES event publishing.';
  expect(emailActivityOf(emailEventIn(said))).toEqual({ outcome: 'ignored', reason: 'not-about-a-message' });
});

it('counts nothing for a time that has not come: far ahead of now is now', async () => {
  const published: OutgoingEvent[] = [];
  const event = aSesEvent('Open');
  const at = emailActivityOf(event);
  if (at.outcome !== 'activity') throw new Error('an open is an activity');
  const occurredMs = Date.parse(at.activity.occurredAt);
  for (const aheadMs of [30 * 60_000, 2 * 60 * 60_000])
    await receiveEmailEvents([event], {
      publish: async (events) => void published.push(...events),
      now: () => occurredMs - aheadMs,
    });
  const times = published.map(({ detail }) => Date.parse(ActivityCaptured.detail.parse(detail).occurredAt));
  expect(times).toEqual([occurredMs, occurredMs - 2 * 60 * 60_000]);
});
