import type { Review, ReviewDecision } from '../leads/review.ts';
import type { ActivationView } from '../scoring/read-activation.ts';
import { activationProgress } from './activation-progress.ts';
import { leadHref } from './lead-row.ts';
import { leadText } from './lead-text.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { callout, emptyState, inputField } from './parts.ts';
import { figure, moment, type Reader } from './reader.ts';
import { type Frame, pageHead, shellPage } from './shell.ts';

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
  return shellPage(frame, {
    section: 'review',
    title: 'Review',
    body: html`${pageHead({
      title: 'Over the threshold since the playbook changed',
      lede: 'These leads did nothing new: other rules count what they did before. Sales knows of none of them until you say so.',
    })}
<div class="stack">
${decisionNote(view)}${activationProgress(activation, reader)}
${rows.length > 0 ? decisions(view) : html`<section class="card">${nobody(view)}</section>`}
${cursor !== null && html`<nav class="pager" aria-label="Pages"><span></span><a class="button" rel="next" href="/review?${new URLSearchParams({ cursor }).toString()}">Next leads</a></nav>`}
</div>`,
  });
}

/** One form for all: whoever decides says once who they are. */
function decisions({ rows, rearmBelow, decided, frame: { reader } }: ReviewPageView): Markup {
  // Whoever decides on one lead after the other says once who they are.
  const author = decided === 'all' ? undefined : decided?.decided.author;
  return html`<form class="stack" action="/api/reviews" method="post">
${
  // Enter in the field presses a form's first button: this one does nothing.
  html`<button disabled hidden></button>`
}
<div class="fields">${inputField({ id: 'review-author', name: 'author', label: 'Who you are', attributes: html`maxlength="200" autocomplete="name" required value="${author}"` })}</div>
<p class="muted">Leave: ${whenLeft(rearmBelow)}</p>
<section class="card" aria-label="Leads to review"><table class="cards">
<thead><tr><th scope="col">Lead</th><th scope="col">Score</th><th scope="col">Since</th><th scope="col"><span class="visually-hidden">Decide</span></th></tr></thead>
<tbody>${rows.map((row) => reviewRow(row, reader))}</tbody>
</table></section>
<details class="act"><summary>Decide on all of them at once</summary>
<div class="stack tight"><p class="muted">Handing over tells the reps, each of their own leads. Who does not qualify today, for their last buying signal is too long ago for instance, stays on this list.</p>
<div class="inline">${button('hand-over', 'Hand all of them to sales')}${button('leave', 'Leave all of them')}</div></div></details>
</form>`;
}

function reviewRow({ review, leadName }: ReviewRow, reader: Reader): Markup {
  const { leadId, before, after, at } = review;
  return html`<tr>
<td class="lead-cell"><a href="${leadHref(leadId)}">${leadName}</a></td>
<td data-column="Score"><span class="change"><span class="muted">${figure(before, reader)}</span> <span aria-hidden="true">→</span><span class="visually-hidden">to</span> <strong>${figure(after, reader)}</strong></span></td>
<td data-column="Since">${moment(at, reader)}</td>
<td class="decide"><span class="inline">${buttons(leadName, `/api/reviews/${encodeURIComponent(leadId)}`)}</span></td>
</tr>`;
}

/** The two decisions on one lead, posted to a place of their own. Whoever hears the buttons one by one hears on whom, too. */
function buttons(whom: string, action: string): Markup {
  const attributes = (text: string) => html`formaction="${action}" aria-label="${text}: ${whom}"`;
  return html`${button('hand-over', 'Hand to sales', attributes('Hand to sales'))}${button('leave', 'Leave', attributes('Leave'))}`;
}

function button(decision: ReviewDecision, text: string, attributes: Piece = null): Markup {
  return html`<button class="${decision === 'hand-over' && 'primary'}" name="decision" value="${decision}" ${attributes}>${text}</button>`;
}

/** What has become of the lead, or of all of them. */
function decisionNote({ decided, rearmBelow }: ReviewPageView): Markup | null {
  if (decided === null) return null;
  if (decided === 'all')
    return callout('good', 'Done. Who still stands here does not qualify today, or is yet to be decided on.');
  const { leadId, leadName } = decided;
  const lead = html`<a href="${leadHref(leadId)}">${leadName}</a>`;
  return decided.decided.decision === 'leave'
    ? callout('good', html`${lead} is left where they are: ${whenLeft(rearmBelow)}`)
    : callout('good', html`${lead} is handed to sales.`);
}

/** As the lead's own page says it (S12). */
function whenLeft(rearmBelow: number): string {
  return leadText.en.handoff.again(String(rearmBelow));
}

function nobody({ threshold, rearmBelow }: ReviewPageView): Markup {
  return emptyState({
    title: 'Nobody waits for you',
    text: `When a changed playbook alone brings a lead to ${threshold} points, nobody in sales is told. The lead stands here, and you decide. Whoever comes over the threshold by their own doing goes to sales at once. Whom you leave: ${whenLeft(rearmBelow)}`,
    action: { href: '/leads', text: 'Show all leads' },
  });
}
