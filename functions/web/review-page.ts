import type { Review, ReviewDecision } from '../leads/review.ts';
import type { ActivationView } from '../scoring/read-activation.ts';
import { activationProgress } from './activation-progress.ts';
import { leadHref } from './lead-row.ts';
import { leadText } from './lead-text.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { callout, emptyState, inputField } from './parts.ts';
import { figure, moment, type Reader } from './reader.ts';
import { reviewText } from './review-text.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

/** A lead that waits for a decision, with their name. */
export interface ReviewRow {
  readonly review: Review;
  readonly leadName: string;
}

/** A lead that has just been decided on. */
export interface DecidedRow {
  readonly leadId: string;
  readonly leadName: string;
  readonly decided: NonNullable<Review['decided']>;
}

export interface ReviewPageView {
  readonly frame: Frame;
  /** The oldest first. */
  readonly rows: readonly ReviewRow[];
  readonly cursor: string | null;
  readonly activation: ActivationView | null;
  /** The score at which sales gets a lead. */
  readonly threshold: number;
  /** Below this score a lead that was left can cross the threshold anew. */
  readonly rearmBelow: number;
  /** What the person who looks at this has just decided on. */
  readonly decided: DecidedRow | 'all' | null;
}

/** Leads that only a change of the playbook brought over the threshold: a person decides which of them sales gets (T4). */
export function reviewPage(view: ReviewPageView): string {
  const { frame, rows, cursor, activation } = view;
  const { reader } = frame;
  const text = reviewText[reader.language];
  return shellPage(frame, {
    section: 'review',
    title: text.title,
    body: html`${pageHead({
      title: text.head,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => `/review?lang=${language}`)}</span>`,
    })}
<div class="stack">
${decisionNote(view)}${activationProgress(activation, reader)}
${rows.length > 0 ? decisions(view) : html`<section class="card">${nobody(view)}</section>`}
${cursor !== null && html`<nav class="pager" aria-label="${text.pages}"><span></span><a class="button" rel="next" href="/review?${new URLSearchParams({ cursor }).toString()}">${text.next}</a></nav>`}
</div>`,
  });
}

/** One form for all: whoever decides says once who they are. */
function decisions({ rows, rearmBelow, decided, frame: { reader } }: ReviewPageView): Markup {
  // Whoever decides on one lead after the other says once who they are.
  const author = decided === 'all' ? undefined : decided?.decided.author;
  const text = reviewText[reader.language];
  return html`<form class="stack" action="/api/reviews" method="post">
${
  // Enter in the field presses a form's first button: this one does nothing.
  html`<button disabled hidden></button>`
}
<div class="fields">${inputField({ id: 'review-author', name: 'author', label: text.author, attributes: html`maxlength="200" autocomplete="name" required value="${author}"` })}</div>
<p class="muted">${text.leaving}: ${whenLeft(rearmBelow, reader)}</p>
<section class="card" aria-label="${text.toReview}"><table class="cards">
<thead><tr><th scope="col">${text.lead}</th><th scope="col">${text.score}</th><th scope="col">${text.since}</th><th scope="col"><span class="visually-hidden">${text.decide}</span></th></tr></thead>
<tbody>${rows.map((row) => reviewRow(row, reader))}</tbody>
</table></section>
<details class="act"><summary>${text.onAll}</summary>
<div class="stack tight"><p class="muted">${text.onAllNote}</p>
<div class="inline">${button('hand-over', text.handOverAll)}${button('leave', text.leaveAll)}</div></div></details>
</form>`;
}

function reviewRow({ review, leadName }: ReviewRow, reader: Reader): Markup {
  const { leadId, before, after, at } = review;
  const text = reviewText[reader.language];
  return html`<tr>
<td class="lead-cell"><a href="${leadHref(leadId)}">${leadName}</a></td>
<td data-column="${text.score}"><span class="change"><span class="muted">${figure(before, reader)}</span> <span aria-hidden="true">→</span><span class="visually-hidden">${text.to}</span> <strong>${figure(after, reader)}</strong></span></td>
<td data-column="${text.since}">${moment(at, reader)}</td>
<td class="decide"><span class="inline">${buttons(leadName, `/api/reviews/${encodeURIComponent(leadId)}`, reader)}</span></td>
</tr>`;
}

/** The two decisions on one lead, posted to a place of their own. Whoever hears the buttons one by one hears on whom, too. */
function buttons(whom: string, action: string, { language }: Reader): Markup {
  const { handOver, leave } = reviewText[language];
  const attributes = (text: string) => html`formaction="${action}" aria-label="${text}: ${whom}"`;
  return html`${button('hand-over', handOver, attributes(handOver))}${button('leave', leave, attributes(leave))}`;
}

function button(decision: ReviewDecision, text: string, attributes: Piece = null): Markup {
  return html`<button class="${decision === 'hand-over' && 'primary'}" name="decision" value="${decision}" ${attributes}>${text}</button>`;
}

/** What has become of the lead, or of all of them. */
function decisionNote({ decided, rearmBelow, frame: { reader } }: ReviewPageView): Markup | null {
  if (decided === null) return null;
  const text = reviewText[reader.language];
  if (decided === 'all') return callout('good', text.done);
  const { leadId, leadName } = decided;
  const lead = html`<a href="${leadHref(leadId)}">${leadName}</a>`;
  return decided.decided.decision === 'leave'
    ? callout('good', html`${lead} ${text.isLeft} ${whenLeft(rearmBelow, reader)}`)
    : callout('good', html`${lead} ${text.isHandedOver}`);
}

/** As the lead's own page says it (S12). */
function whenLeft(rearmBelow: number, { language }: Reader): string {
  return leadText[language].handoff.again(String(rearmBelow));
}

function nobody({ threshold, rearmBelow, frame: { reader } }: ReviewPageView): Markup {
  const text = reviewText[reader.language];
  return emptyState({
    title: text.nobody,
    text: text.nobodyYet(threshold, whenLeft(rearmBelow, reader)),
    action: { href: '/leads', text: text.all },
  });
}
