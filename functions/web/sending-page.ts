import type { ChangeView, SendingView, TroubleView } from '../nurture/read-sending.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { messageName } from './message-name.ts';
import { badge, callout, card, emptyState, inputField } from './parts.ts';
import { moment, type Reader } from './reader.ts';
import { sendingFigures } from './sending-figures.ts';
import { sendingText, whatToDo } from './sending-text.ts';
import { type SequenceNames, sequenceName } from './sequence-name.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { silentCard } from './silent-card.ts';
import { capital } from './words.ts';

export interface TroubleRow {
  readonly message: TroubleView;
  /** Null for a message that is about no lead. */
  readonly leadName: string | null;
}

export interface SendingPageView {
  readonly frame: Frame;
  readonly sending: SendingView;
  readonly rows: readonly TroubleRow[];
  readonly sequenceNames: SequenceNames;
  /** Are these the older messages, beyond the first page of the list? */
  readonly further: boolean;
  /** Has whoever looks at it just changed something? */
  readonly changed: boolean;
}

/** Is mail going out, and if not, why: the switch, what SES takes, how mail is received, and what needs a look (I-M3). */
export function sendingPage(view: SendingPageView): string {
  const { frame, sending } = view;
  const { reader } = frame;
  const text = sendingText[reader.language];
  return shellPage(frame, {
    section: 'sending',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => `/sending?lang=${language}`)}</span>`,
    })}
<div class="stack">
${standing(view)}
${switchCard(sending, view.sequenceNames, reader)}
${sending.silent.length > 0 && silentCard(sending.silent, reader)}
${sendingFigures(sending, reader)}
${troubleCard(view)}
${sending.changes.length > 0 && card(text.changes.title, html`<ul class="sends">${sending.changes.map((change) => changeLine(change, view.sequenceNames, reader))}</ul>`)}
</div>`,
  });
}

function standing({ sending, changed, frame: { reader } }: SendingPageView): Markup {
  const text = sendingText[reader.language];
  const { paused, by, reason, at } = sending;
  const held = paused !== 'nothing';
  const why =
    held &&
    by !== null &&
    at !== null &&
    html`<p>${text.told(by, reason ?? '')} <span class="faint">(${moment(at, reader)})</span></p><p class="faint">${text.waits}</p>`;
  return callout(
    held ? 'careful' : 'good',
    html`<p>${changed && html`${text.noted} `}<strong>${text.stands[paused]}</strong></p>${why}`,
  );
}

/** One form for every button: whoever presses says once who they are and why. */
function switchCard({ paused, sequences }: SendingView, names: SequenceNames, { language }: Reader): Markup {
  const text = sendingText[language];
  const offered = (['nothing', 'marketing', 'all'] as const).filter((one) => one !== paused);
  return card(
    text.act.title[paused],
    html`<form class="stack tight" action="/api/sending" method="post">
${
  // Enter in a field presses a form's first button: this one does nothing.
  html`<button disabled hidden></button>`
}
<div class="fields">${inputField({ id: 'sending-author', name: 'author', label: text.act.author, attributes: html`maxlength="200" autocomplete="name" required` })}${inputField({ id: 'sending-reason', name: 'reason', label: text.act.reason, attributes: html`maxlength="500" autocomplete="off" required` })}</div>
<div class="inline">${offered.map((one) => html`<button class="${one === 'nothing' && 'primary'}" name="pause" value="${one}">${text.act.press[one]}</button>`)}</div>
${
  sequences.length > 0 &&
  html`<p><strong>${text.sequences}</strong></p><div class="inline">${sequences.map(
    (id) =>
      html`<button formaction="/api/sequences/${encodeURIComponent(id)}/resume">${text.act.sequence(sequenceName(id, names))}</button>`,
  )}</div>`
}
<p class="faint">${text.act.at}</p></form>`,
  );
}

function troubleCard(view: SendingPageView): Markup {
  const { rows, frame } = view;
  const { language } = frame.reader;
  const { title, columns, none, noneText } = sendingText[language].trouble;
  if (rows.length === 0) return card(title, emptyState({ title: none, text: noneText }), { footer: pager(view) });
  return card(
    title,
    html`<table class="cards">
<thead><tr><th scope="col">${columns.lead}</th><th scope="col">${columns.message}</th><th scope="col">${columns.since}</th><th scope="col">${columns.next}</th></tr></thead>
<tbody>${rows.map((row) => troubleRow(row, view.sequenceNames, frame.reader))}</tbody></table>`,
    { flush: true, footer: pager(view), id: 'trouble' },
  );
}

function troubleRow({ message, leadName }: TroubleRow, names: SequenceNames, reader: Reader): Markup {
  const { language } = reader;
  const { columns, statuses, team } = sendingText[language].trouble;
  const { leadId, sequence, template, purpose, status, reason, at } = message;
  const lead: Piece = leadName !== null && html`<a href="${leadHref(leadId)}">${leadName}</a>`;
  const whom =
    purpose === 'team' ? html`${capital(team)}${lead && html`<span class="faint under">${lead}</span>`}` : lead;
  const unsure = status === 'unconfirmed';
  return html`<tr>
<td class="lead-cell">${whom}</td>
<td data-column="${columns.message}">${capital(messageName(template, language))} ${badge(unsure ? statuses.unconfirmed : statuses.failed, unsure ? 'careful' : 'bad')}<span class="faint under">${sequenceName(sequence, names)}${reason !== null && html` · <code>${reason}</code>`}</span></td>
<td data-column="${columns.since}">${moment(at, reader)}</td>
<td class="source-cell" data-column="${columns.next}">${whatToDo(message, language)}</td>
</tr>`;
}

function pager({ sending: { cursor }, further, frame: { reader } }: SendingPageView): Markup | null {
  if (cursor === null && !further) return null;
  const { pages, trouble } = sendingText[reader.language];
  const href = (query: Record<string, string>) =>
    `/sending?${new URLSearchParams({ lang: reader.language, ...query }).toString()}#trouble`;
  return html`<nav class="pager" aria-label="${pages}">${further ? html`<a class="button" href="${href({})}">${trouble.back}</a>` : html`<span></span>`}
${cursor !== null && html`<a class="button" rel="next" href="${href({ cursor })}">${trouble.more}</a>`}</nav>`;
}

function changeLine(
  { sequence, paused, sequencePaused, reason, by, at }: ChangeView,
  names: SequenceNames,
  reader: Reader,
): Markup {
  const text = sendingText[reader.language].changes;
  const what = sequence === null ? text.all[paused] : text.one(sequenceName(sequence, names), sequencePaused);
  return html`<li><span><strong>${by}</strong> ${what} <span class="faint">${reason}</span></span><span class="faint">${moment(at, reader)}</span></li>`;
}
