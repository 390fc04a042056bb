import type { Activity } from '../leads/activity.ts';
import { activityText, propertyOf } from './activity-text.ts';
import { type IconName, icon } from './icon.ts';
import { sourceText } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';
import { exactMoment, points, type Reader } from './reader.ts';
import { reasonText, verdictText } from './verdict-text.ts';
import { capital } from './words.ts';

const looks: Readonly<Record<string, readonly [IconName, Tone]>> = {
  'form.submitted': ['form', 'good'],
  'page.viewed': ['eye', 'plain'],
  'email.sent': ['mail', 'plain'],
  'email.delivered': ['inbox', 'plain'],
  'email.opened': ['opened', 'note'],
  'email.clicked': ['click', 'note'],
  'email.replied': ['chat', 'good'],
  'email.reply-unverified': ['chat', 'careful'],
  'email.delayed': ['warning', 'careful'],
  'email.rejected': ['warning', 'bad'],
  'email.rendering-failed': ['warning', 'bad'],
  'email.bounced': ['warning', 'bad'],
  'email.complained': ['warning', 'bad'],
  'email.unsubscribed': ['stop', 'bad'],
  'email.suppressed': ['stop', 'bad'],
  'list.subscribed': ['list', 'good'],
  'appointment.booked': ['calendar', 'good'],
  'appointment.cancelled': ['calendar', 'bad'],
  'trial.started': ['rocket', 'good'],
  'chat.started': ['chat', 'good'],
  'handoff.accepted': ['handoff', 'good'],
  'handoff.rejected': ['handoff', 'bad'],
  'handoff.contacted': ['chat', 'good'],
  'handoff.meeting': ['calendar', 'good'],
  'handoff.recycled': ['handoff', 'plain'],
  'deal.won': ['won', 'good'],
  'deal.lost': ['stop', 'plain'],
  'score.adjusted': ['person', 'careful'],
  'address.changed': ['person', 'plain'],
  'consent.changed': ['list', 'note'],
  'language.changed': ['person', 'plain'],
};

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
<div class="event-what">${capital(activityText(activity, reader.language))}${detail(activity, reader)}${quotation(activity)}</div>
<div class="event-end">${earned !== 0 && html`<strong class="${earned < 0 && 'down'}">${points(earned, reader)}</strong>`}${exactMoment(activity.occurredAt, reader)}</div>
</li>`;
}

/** What somebody wrote to us, in their own words. */
function quotation(activity: Activity): Markup | null {
  const excerpt = propertyOf(activity, 'excerpt').slice(0, quotedLength).toWellFormed();
  const isReply = activity.source === 'ses' && replyTypes.includes(activity.type);
  return isReply && excerpt !== '' ? html`<blockquote>${excerpt}</blockquote>` : null;
}

const replyTypes = ['email.replied', 'email.reply-unverified', 'email.unsubscribed'];
const quotedLength = 500;

function detail(activity: Activity, { language }: Reader): Markup | null {
  const { verdict, origin } = activity;
  const [words, tone] = verdict ? verdictText[language][verdict.by] : [];
  const campaign = origin && origin.campaign !== 'unknown' ? sourceText(origin) : '';
  const notes = [propertyOf(activity, 'title'), campaign].filter((note) => note !== '');
  if (!verdict && notes.length === 0) return null;
  return html`<p class="inline">${words !== undefined && badge(words, tone)}${verdict?.reasons.map((reason) => reasonText(reason, language)).join(', ')}${notes.join(' · ')}</p>`;
}
