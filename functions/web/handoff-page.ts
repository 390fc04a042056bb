import { type Handoff, isOpen, speedToLeadMs } from '../handoff/handoff.ts';
import type { HotLead } from '../handoff/hot-lead.ts';
import { minorDigits } from '../handoff/money-text.ts';
import type { Team } from '../handoff/team.ts';
import { handoffActions } from './handoff-actions.ts';
import { handoffBadge, whyBadge } from './handoff-badge.ts';
import { clockText, duration, type TimeLeft, timeThere } from './handoff-clock.ts';
import { decision, decisionSentences } from './handoff-decision.ts';
import { decisionText } from './handoff-decision-text.ts';
import { handoffHistory, reasonName } from './handoff-history.ts';
import { handoffHref } from './handoff-table.ts';
import { handoffText } from './handoff-text.ts';
import { handoffsText } from './handoffs-text.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup, safeHref } from './markup.ts';
import { callout, card, codeBlock, facts } from './parts.ts';
import { exactMoment, figure, moment, type Reader } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

export interface HandoffPageView {
  readonly frame: Frame;
  readonly handoff: Handoff;
  /** Everything a rep is told of the lead, in the reader's language. */
  readonly told: HotLead;
  readonly left: TimeLeft | null;
  /** What they wrote into a form, in their own words. */
  readonly wrote: readonly { readonly label: string; readonly text: string }[];
  /** IANA, of whoever has it. */
  readonly repTimeZone: string;
  /** Who looks, by id; `null`: nobody has said. */
  readonly me: string | null;
  readonly team: Team;
  readonly repNames: Readonly<Record<string, string>>;
  /** ISO 4217. */
  readonly currency: string;
}

/** One hand-off: who it is, why now, what to do, and how it came to this rep. */
export function handoffPage(view: HandoffPageView): string {
  const { frame, handoff, told } = view;
  const { reader } = frame;
  const text = handoffText[reader.language];
  return shellPage(frame, {
    section: 'handoffs',
    title: told.name,
    body: html`${pageHead({
      crumb: { href: '/handoffs', text: text.handoffs },
      title: told.name,
      lede: [told.role, told.company].filter((each) => each !== '').join(' · '),
      actions: html`${handoffBadge(handoff.status, reader.language)}${whyBadge(handoff, reader.language)}${languageLinks(reader.language, (lang) => `${handoffHref(handoff.handoffId)}?lang=${lang}`)}`,
    })}
<div class="stack">
${overCallout(view)}
<div class="columns">
<div class="stack aside-first">${handoffActions({ ...view, reader })}${whoseCard(view)}</div>
<div class="stack">
${nextCard(view)}
${whyCard(view)}
${card(decisionText[reader.language].title, html`${decisionOf(view)}`, { footer: decisionText[reader.language].asItStood })}
${card(text.history, handoffHistory({ ...view, reader }))}
</div></div></div>`,
  });
}

function decisionOf({ handoff: { rep, reason }, team, repNames, frame: { reader } }: HandoffPageView): Markup {
  const told = { rep, reason, repNames, reader };
  return decision(told, decisionSentences(told, team));
}

function overCallout({ handoff, team, frame: { reader } }: HandoffPageView): Markup | null {
  const { status, outcomeReason, amount } = handoff;
  if (status === 'queued' || status === 'assigned' || status === 'accepted') return null;
  const text = handoffText[reader.language];
  const why = outcomeReason !== null && ` ${text.reason}: ${reasonName(outcomeReason, team, reader)}.`;
  const sum = amount && ` ${text.amount}: ${money(amount, reader)}.`;
  return callout(status === 'won' ? 'good' : 'note', html`${text.over[status]}${why}${sum}`);
}

/** Digits as the currency has them: two for BRL, none for JPY. */
function money({ amountMinor, currency }: NonNullable<Handoff['amount']>, { language }: Reader): string {
  const digits = minorDigits(currency);
  const written = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const amount = new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, written).format(
    amountMinor / 10 ** digits,
  );
  return `${currency} ${amount}`;
}

function nextCard({ told, handoff, frame: { reader } }: HandoffPageView): Markup {
  const text = handoffText[reader.language];
  const since = handoffsText[reader.language].notes;
  return card(
    text.next,
    html`<div class="stack tight">
${handoff.notes.length > 0 && callout('note', html`<strong>${text.since}:</strong> ${handoff.notes.map(({ kind, at }, index) => html`${index > 0 && '; '}${since[kind]} (${moment(at, reader)})`)}`)}
${isOpen(handoff) && html`<p><strong>${told.nextStep}</strong></p>`}
<p class="muted">${told.emailNote} ${told.phoneNote}</p>
${facts([
  [text.email, told.email],
  [text.phone, told.phone],
])}
<p class="inline">${told.mailto !== '' && html`<a class="button primary" href="${safeHref(told.mailto)}">${text.write}</a>`}${told.tel !== '' && html`<a class="button" href="${telHref(told.tel)}">${text.call} ${told.phone}</a>`}<a class="button" href="${leadHref(handoff.leadId)}">${text.openLead}</a></p>
${told.replyText !== '' && html`<details class="act"><summary>${text.reply}</summary><div class="stack tight"><p><strong>${text.subject}:</strong> ${told.replySubject}</p>${codeBlock(told.replyText, text.reply)}</div></details>`}
</div>`,
  );
}

/** Digits alone, whatever a lead typed. */
function telHref(tel: string): string {
  return /^tel:\+?\d+$/.test(tel) ? tel : '#';
}

function whyCard({ told, wrote, frame: { reader } }: HandoffPageView): Markup {
  const text = handoffText[reader.language];
  return card(
    text.why,
    html`<div class="stack tight"><p>${told.why}</p>
${told.said !== '' && quotation(text.wrote, told.said)}${wrote.map((each) => quotation(each.label, each.text))}
<ul class="sum plain">${told.reasons.map(
      ({ text: why, points, at }) =>
        html`<li><span class="points ${points.startsWith('−') && 'down'}">${points}</span><span>${why}</span><time>${at}</time></li>`,
    )}</ul>
${told.activities.length > 0 && html`<h3>${text.did}</h3><ul class="plain did">${told.activities.map(({ text: what, at }) => html`<li>${what} <span class="faint">${at}</span></li>`)}</ul>`}</div>`,
    {
      aside: html`<p><strong>${figure(told.score, reader)}</strong> ${text.points}</p>`,
    },
  );
}

function quotation(label: string, said: string): Markup {
  return html`<blockquote class="said"><strong>${label}:</strong> ${said}</blockquote>`;
}

/** Whose it is, and how long there is still time, by their clock. */
function whoseCard(view: HandoffPageView): Markup {
  const { handoff, told, left, repNames, repTimeZone, frame } = view;
  const { reader } = frame;
  const text = handoffText[reader.language];
  const { rep, status, acceptedAt, closedAt, qualifiedAt, cycle } = handoff;
  const speed = speedToLeadMs(handoff);
  const isElsewhere = repTimeZone !== reader.timeZone;
  return card(
    text.whose,
    html`<div class="stack tight">${facts([
      [
        text.rep,
        rep === null
          ? text.nobody
          : html`${repNames[rep] ?? rep}${isElsewhere && html` <span class="faint">(${text.theirClock(timeThere(reader.nowMs, repTimeZone, reader))})</span>`}`,
      ],
      [text.status, handoffBadge(status, reader.language)],
      [text.time, left && clockText(left, reader)],
      [text.qualified, exactMoment(qualifiedAt, reader)],
      [text.accepted, acceptedAt !== null && exactMoment(acceptedAt, reader)],
      [text.speed, speed !== null && duration(speed, reader)],
      [text.ended, closedAt !== null && exactMoment(closedAt, reader)],
      [text.cycle, cycle > 1 && text.nth(figure(cycle, reader))],
    ])}${status === 'assigned' && html`<p class="faint">${told.deadline}</p>`}</div>`,
  );
}
