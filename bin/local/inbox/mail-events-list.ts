import * as z from 'zod';
import { type IconName, icon } from '../../../functions/web/icon.ts';
import { html, type Markup } from '../../../functions/web/markup.ts';
import { person } from '../mail/mail-events.ts';
import type { ListedEvent } from '../mail/ses-store.ts';
import { time } from './inbox-layout.ts';

interface Tones {
  readonly label: string;
  readonly icon: IconName;
  readonly tone: '' | 'good' | 'note' | 'careful' | 'bad';
}

const tones: ReadonlyMap<string, Tones> = new Map([
  ['Send', { label: 'Sent', icon: 'mail', tone: '' }],
  ['Delivery', { label: 'Delivered', icon: 'inbox', tone: '' }],
  ['Open', { label: 'Opened', icon: 'opened', tone: 'good' }],
  ['Click', { label: 'Clicked', icon: 'click', tone: 'good' }],
  ['Bounce', { label: 'Bounced', icon: 'warning', tone: 'bad' }],
  ['Complaint', { label: 'Complaint', icon: 'stop', tone: 'bad' }],
  ['DeliveryDelay', { label: 'Delayed', icon: 'warning', tone: 'careful' }],
  ['Reject', { label: 'Rejected', icon: 'stop', tone: 'bad' }],
  ['Rendering Failure', { label: 'Not rendered', icon: 'warning', tone: 'bad' }],
]);

/** How an event of SES looks and is called here. */
export function tonesOf(eventType: string): Tones {
  return tones.get(eventType) ?? { label: eventType, icon: 'dot', tone: 'note' };
}

/** The events of a message on one line through time, oldest first. */
export function eventsList(events: readonly ListedEvent[]): Markup {
  return html`<ol class="timeline">${events.map(({ eventType, at, state, detail }) => {
    const { label, icon: name, tone } = tonesOf(eventType);
    return html`<li><span class="event-mark ${tone}">${icon(name)}</span>
      <div class="event-what"><strong>${label}</strong>${lines(detail).map((line) => html`<p>${line}</p>`)}
        <p>${time(at)}${state !== 'emitted' && html` · ${unpublished[state]}`}</p></div></li>`;
  })}</ol>`;
}

const unpublished = {
  pending: 'not on the bus yet',
  ignored: 'not published: the configuration set leaves it out',
};

const Telling = z.object({
  click: z.object({ link: z.string(), userAgent: z.string() }).partial().optional(),
  open: z.object({ userAgent: z.string() }).partial().optional(),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string() }).partial().optional(),
  delivery: z
    .object({ recipients: z.array(z.string()) })
    .partial()
    .optional(),
});

/** What is worth seeing of an event: where a click led, who read, which bounce. */
function lines(detail: unknown): string[] {
  const read = Telling.safeParse(detail);
  if (!read.success) return [];
  const { click, open, bounce, delivery } = read.data;
  const told = [
    click?.link,
    reader(click?.userAgent ?? open?.userAgent),
    bounce && [bounce.bounceType, bounce.bounceSubType].filter(Boolean).join(', '),
    delivery?.recipients?.join(', '),
  ];
  return told.filter((line) => line !== undefined);
}

function reader(userAgent: string | undefined): string | undefined {
  return userAgent === person.userAgent ? 'by you, as a person' : userAgent && `by ${userAgent}`;
}
