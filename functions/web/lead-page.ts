import type { Handoff } from '../handoff/handoff.ts';
import type { Activity } from '../leads/activity.ts';
import type { LeadView } from '../leads/read-leads.ts';
import type { EnrollmentsView } from '../nurture/read-enrollments.ts';
import type { Explanation } from '../scoring/explain.ts';
import { enrollmentList } from './enrollment-list.ts';
import { explanationList, pointsByActivity } from './explanation.ts';
import { handoffBadge } from './handoff-badge.ts';
import { sourceText, stageBadge } from './lead-row.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { badge, callout, card, facts } from './parts.ts';
import { avatar, ratingBadge, scoreMeter } from './rating.ts';
import { figure, moment, type Reader } from './reader.ts';
import { type Frame, pageHead, shellPage } from './shell.ts';
import { timeline } from './timeline.ts';
import { label } from './words.ts';

export interface LeadPageView {
  readonly frame: Frame;
  readonly lead: LeadView;
  readonly explanation: Explanation;
  /** Oldest first. */
  readonly activities: readonly Activity[];
  readonly mail: EnrollmentsView;
  readonly handoff: Handoff | null;
  /** The name of a rep, by id. */
  readonly repNames: Readonly<Record<string, string>>;
  /** The score at which sales gets a lead. */
  readonly threshold: number;
}

/** One lead: who they are, their score with every reason, everything that happened, and what comes next. */
export function leadPage(view: LeadPageView): string {
  const { frame, lead, explanation, activities, mail, repNames } = view;
  const { reader } = frame;
  const title = lead.name ?? lead.email;
  return shellPage(frame, {
    section: 'leads',
    title,
    body: html`${pageHead({
      crumb: { href: '/leads', text: 'Leads' },
      title: html`<span class="person">${avatar(lead)}<span>${title}</span></span>`,
      actions: html`${ratingBadge(lead.rating)}${stageBadge(lead.stage)}${lead.types.filter((type) => type !== lead.stage).map((type) => badge(typeNames[type] ?? type, 'note'))}`,
    })}
<div class="stack">
${suppression(lead, reader)}
<div class="columns">
<div class="stack">
${card('Score', html`${scoreFigure(view)}${explanationList(explanation, reader)}`, {
  aside: html`<p>as of ${moment(explanation.asOf, reader)}</p>`,
  footer: html`Rules of playbook <code>${explanation.modelVersion.slice(0, 8)}</code>`,
})}
${card('What happened', timeline(activities, pointsByActivity(explanation), reader), {
  aside: html`<p>${activities.length} ${activities.length === 1 ? 'activity' : 'activities'}, newest first, in the time of ${reader.timeZone}</p>`,
})}
</div>
<div class="stack">
${card('Who', aboutLead(lead, repNames, reader))}
${handoffCard(view)}
${card('Permission', permission(view))}
${card('E-mail', enrollmentList(mail, reader))}
</div>
</div>
</div>`,
  });
}

const typeNames: Readonly<Record<string, string>> = {
  iql: 'IQL',
  mql: 'MQL',
  sql: 'SQL',
  trial: 'Trial user',
  customer: 'Customer',
};

function scoreFigure({ lead, threshold, frame }: LeadPageView): Markup {
  const { score, rating } = lead;
  const missing = threshold - score.total;
  return html`<div class="score"><div class="score-figure"><span class="score-total">${figure(score.total, frame.reader)}</span>
<span class="muted">${figure(score.fit, frame.reader)} for who they are, ${figure(score.engagement, frame.reader)} for what they did<br>${
    missing > 0
      ? `${figure(missing, frame.reader)} below the threshold of ${threshold}`
      : `at or above the threshold of ${threshold}`
  }</span></div>${scoreMeter(score.total, rating, threshold)}</div>`;
}

function suppression({ suppressed }: LeadView, reader: Reader): Markup | null {
  if (!suppressed) return null;
  const why = {
    bounce: 'their mailbox refuses our mail',
    complaint: 'they called our mail spam',
    unsubscribe: 'they unsubscribed',
  };
  return callout(
    'bad',
    html`<strong>Do not e-mail.</strong> Nothing is sent to this person: ${why[suppressed.reason]} (${moment(suppressed.at, reader)}).`,
  );
}

function aboutLead(lead: LeadView, repNames: LeadPageView['repNames'], reader: Reader): Markup {
  const { email, attributes, source, completeness, owner, createdAt } = lead;
  const own = Object.entries(attributes).filter(([name, value]) => name !== 'name' && isShown(value));
  return facts([
    ['E-mail', html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${email}</a>`],
    ...own.map(([name, value]): [string, Piece] => [label(name), text(value)]),
    ['Source', sourceText(source)],
    ['Channel', source.source !== undefined && source.channel !== 'unknown' && channelText(source)],
    ['Complete', `${Math.round(completeness * 100)} % of name, e-mail and phone`],
    ['Owner', owner ? (repNames[owner] ?? owner) : '–'],
    ['Lead since', moment(createdAt, reader)],
    ['Id', html`<code>${lead.leadId}</code>`],
  ]);
}

/** `paid (cpc)`: what kind of source it was, and the medium by which that is known. */
function channelText({ channel, medium }: LeadView['source']): string {
  return medium === undefined || medium === channel ? channel : `${channel} (${medium})`;
}

function permission({ lead: { consent, suppressed }, handoff }: LeadPageView): Markup {
  const marketing = consent.marketing ?? 'not given';
  const tone = suppressed ? 'bad' : marketing === 'granted' ? 'good' : marketing === 'pending' ? 'careful' : 'plain';
  // Whoever asks to talk permits the answer to that, ticked box or not (requirements §2.11).
  const asked = handoff?.qualifiedBy === 'explicit-request';
  const contact = asked ? 'granted: they asked' : (consent['sales-contact'] ?? 'not asked');
  return facts([
    ['Marketing e-mail', badge(suppressed ? `suppressed (${suppressed.reason})` : marketing, tone)],
    ['Sales contact', badge(contact, contact.startsWith('granted') ? 'good' : 'plain')],
  ]);
}

function handoffCard({ handoff, lead, repNames, threshold, frame }: LeadPageView): Markup {
  if (!handoff) {
    const next =
      lead.score.total >= threshold
        ? 'They are over the threshold: with a recent buying signal, the next thing they do hands them to sales.'
        : 'It needs the threshold and a buying signal, or an explicit request.';
    return card('Hand-off', html`<p class="muted">Sales does not have this lead. ${next}</p>`);
  }
  const { status, rep, qualifiedBy, score, assignedAt, reason } = handoff;
  return card(
    'Hand-off',
    facts([
      ['Status', handoffBadge(status)],
      ['Rep', repNames[rep] ?? rep],
      [
        'Because',
        qualifiedBy === 'explicit-request'
          ? 'they asked to talk to us'
          : `they reached ${figure(score, frame.reader)} points with a buying signal`,
      ],
      ['Assigned', moment(assignedAt, frame.reader)],
      ['Chosen by', `${reason.rule} among ${reason.candidates.length}`],
      ['How to reach them', waysToReach(handoff, lead)],
    ]),
  );
}

/** What a rep may do about a lead who takes no marketing e-mail. Nothing to say about one who does. */
function waysToReach({ qualifiedBy, consent }: Handoff, { suppressed, attributes }: LeadView): Piece {
  const phone = isShown(attributes.phone);
  if (suppressed)
    return html`${badge('Do not e-mail', 'bad')} ${phone ? 'Call instead.' : 'No phone number is known: wait until they write.'}`;
  if (consent.marketing === 'granted') return null;
  const no = badge('No marketing e-mail', 'careful');
  if (qualifiedBy === 'explicit-request') return html`${no} They asked to be contacted: answer what they asked.`;
  return html`${no} ${phone ? 'Call instead.' : 'No phone number is known: wait until they write.'}`;
}

function isShown(value: LeadView['attributes'][string] | undefined): boolean {
  return value !== null && value !== '' && value !== undefined;
}

function text(value: LeadView['attributes'][string]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
