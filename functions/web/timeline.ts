import { sentenceOf } from '../handoff/activity-sentence.ts';
import type { Activity } from '../leads/activity.ts';
import { type IconName, icon } from './icon.ts';
import { sourceText } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { messageName } from './message-name.ts';
import { badge, type Tone } from './parts.ts';
import { exactMoment, points, type Reader } from './reader.ts';
import { capital } from './words.ts';

const looks: Readonly<Record<string, readonly [IconName, Tone]>> = {
  'form.submitted': ['form', 'good'],
  'page.viewed': ['eye', 'plain'],
  'email.sent': ['mail', 'plain'],
  'email.delivered': ['inbox', 'plain'],
  'email.opened': ['opened', 'note'],
  'email.clicked': ['click', 'note'],
  'email.replied': ['chat', 'good'],
  'email.bounced': ['warning', 'bad'],
  'email.complained': ['warning', 'bad'],
  'email.unsubscribed': ['stop', 'bad'],
  'list.subscribed': ['list', 'good'],
  'appointment.booked': ['calendar', 'good'],
  'appointment.cancelled': ['calendar', 'bad'],
  'trial.started': ['rocket', 'good'],
  'chat.started': ['chat', 'good'],
  'deal.won': ['won', 'good'],
};

const verdicts = {
  human: null,
  machine: ['A machine, so no points', 'plain'],
  unsure: ['Perhaps a machine, so no points yet', 'careful'],
} as const;

/** What a lead did and what was sent to them, newest first. `pointsOf` says what an activity added to the score. */
export function timeline(
  activities: readonly Activity[],
  pointsOf: ReadonlyMap<string, number>,
  reader: Reader,
): Markup {
  return html`<ol class="timeline">${activities.toReversed().map((activity) => event(activity, pointsOf, reader))}</ol>`;
}

function event(activity: Activity, pointsOf: ReadonlyMap<string, number>, reader: Reader): Markup {
  const [name, tone] = looks[activity.type] ?? ['dot', 'plain'];
  const earned = pointsOf.get(activity.activityId) ?? 0;
  return html`<li>
<span class="event-mark ${tone}">${icon(name)}</span>
<div class="event-what">${capital(told(activity))}${detail(activity)}</div>
<div class="event-end">${earned !== 0 && html`<strong class="${earned < 0 && 'down'}">${points(earned, reader)}</strong>`}${exactMoment(activity.occurredAt, reader)}</div>
</li>`;
}

/** What Ripen did is told as such; what the lead did, in the words the rep gets too. */
function told(activity: Activity): string {
  const message = messageName(property(activity, 'template'));
  if (activity.type === 'email.sent') return `we sent ${message}`;
  if (activity.type === 'email.delivered') return `${message} reached their mailbox`;
  // A form only asks for a time: nobody has put one into a calendar yet.
  if (activity.type === 'appointment.booked' && isByForm(activity)) return 'asked for a consultation';
  return sentenceOf(activity);
}

function isByForm(activity: Activity): boolean {
  return activity.source === 'form' || property(activity, 'form') !== '';
}

function detail(activity: Activity): Markup | null {
  const { verdict, origin } = activity;
  const doubt = verdict && verdicts[verdict.by];
  const campaign = origin && origin.campaign !== 'unknown' ? sourceText(origin) : '';
  const notes = [property(activity, 'title'), campaign].filter((note) => note !== '');
  if (!doubt && notes.length === 0) return null;
  return html`<p class="inline">${doubt && badge(doubt[0], doubt[1])}${doubt && verdict.reasons.join(', ')}${notes.join(' · ')}</p>`;
}

function property({ properties }: Activity, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}
