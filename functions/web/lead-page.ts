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
  aside: html`<p>${activities.length} activities, newest first</p>`,
})}
</div>
<div class="stack">
${card('Who', aboutLead(lead, repNames, reader))}
${handoffCard(view)}
${card('Permission', permission(lead))}
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
    ['Complete', `${Math.round(completeness * 100)} % of name, e-mail and phone`],
    ['Owner', owner ? (repNames[owner] ?? owner) : '–'],
    ['Lead since', moment(createdAt, reader)],
    ['Id', html`<code>${lead.leadId}</code>`],
  ]);
}

function permission({ consent, suppressed }: LeadView): Markup {
  const marketing = consent.marketing ?? 'none';
  const tone = suppressed ? 'bad' : marketing === 'granted' ? 'good' : marketing === 'pending' ? 'careful' : 'plain';
  return html`${facts([
    ['Marketing e-mail', badge(suppressed ? `suppressed (${suppressed.reason})` : marketing, tone)],
    [
      'Sales contact',
      badge(consent['sales-contact'] ?? 'none', consent['sales-contact'] === 'granted' ? 'good' : 'plain'),
    ],
  ])}`;
}

function handoffCard({ handoff, lead, repNames, frame }: LeadPageView): Markup {
  if (!handoff) {
    return card(
      'Hand-off',
      html`<p class="muted">Sales does not have this lead. It needs the threshold and a buying signal, or an explicit request.</p>`,
    );
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
      [
        'E-mail',
        handoff.consent.marketing === 'granted' && !lead.suppressed ? null : badge('Do not e-mail: call', 'careful'),
      ],
    ]),
  );
}

function isShown(value: LeadView['attributes'][string]): boolean {
  return value !== null && value !== '' && value !== undefined;
}

function text(value: LeadView['attributes'][string]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
