import { html } from 'hono/html';
import { plainPage } from '../runtime/plain-page.ts';
import { answerLinkText } from './answer-link-text.ts';
import { type Handoff, isOpen } from './handoff.ts';
import { labelIn, type Team } from './team.ts';

type Piece = ReturnType<typeof html> | string | false;

/** How the lead can be reached; empty where it is not known. */
export interface Contact {
  readonly phone: string;
  /** `tel:…`, where they may be called. */
  readonly tel: string;
  readonly phoneNote: string;
  readonly email: string;
  readonly emailNote: string;
}

export interface AnswerLinkView {
  readonly language: 'en' | 'pt-BR';
  readonly handoff: Handoff;
  /** Has this link's rep the lead in this link's turn? Then the page has buttons. */
  readonly isTheirs: boolean;
  /** Nothing more personal than this: links travel. Empty where it is not known. */
  readonly name: string;
  readonly company: string;
  /** One sentence: why the lead came. */
  readonly why: string;
  /** Who has it by now and since when, or how it ended. */
  readonly standing: string;
  readonly team: Pick<Team, 'rejectionReasons' | 'lossReasons'>;
  readonly currency: string;
  /** An instant on this rep's clock. */
  readonly at: (instant: string) => string;
  /** Where everything about the lead stands, for who may sign in. */
  readonly openUrl: string;
  /** When the page is shown (ISO): only the buttons of this page act. */
  readonly seen: string;
  readonly contact: Contact | null;
  /** What was typed as an amount and is none: to be mended where it stands. Mostly empty. */
  readonly typedAmount: string;
  /** What has just been done, or why nothing was; null when the page is only looked at. */
  readonly told: { readonly tone: 'good' | 'careful'; readonly text: string } | null;
}

/** What a rep can do with their lead, on a telephone and without a script. Shows, and changes nothing. */
export function answerLinkPage(view: AnswerLinkView): string {
  const { language, name, company, isTheirs, told, contact, openUrl } = view;
  const text = answerLinkText[language];
  const { other } = text;
  return plainPage(
    language,
    isTheirs ? text.yours(name || text.unnamed) : name || text.unnamed,
    html`${company !== '' && html`<p class="lede">${company}</p>`}
${told && html`<div class="callout ${told.tone}" role="status"><div>${told.text}</div></div>`}
${contact && contactFacts(contact, view)}
${body(view)}
<p><a href="${openUrl}">${text.open}</a></p>
<p class="faint"><a href="?lang=${other.language}" lang="${other.language}" hreflang="${other.language}">${other.label}</a></p>`,
  );
}

/** The same for every link we did not make, and for a lead who is gone. */
export function unknownAnswerLinkPage(language: AnswerLinkView['language']): string {
  const { unknown, unknownWhy } = answerLinkText[language];
  return plainPage(language, unknown, html`<p class="lede">${unknownWhy}</p>`);
}

function body(view: AnswerLinkView): Piece {
  const { handoff, isTheirs, standing, why } = view;
  // Whoever was second has just read who was first.
  if (!isTheirs || !isOpen(handoff)) return view.told?.text === standing ? '' : html`<p>${standing}</p>`;
  return html`<p>${why}</p>
${handoff.status === 'accepted' ? outcomes(view) : acceptance(view)}`;
}

function acceptance(view: AnswerLinkView): Piece {
  const { handoff, language, at } = view;
  const text = answerLinkText[language];
  return html`<p>${handoff.dueAt === null ? text.acceptIt : text.acceptBy(at(handoff.dueAt))}</p>
${form(view, html`<button class="button primary big wide" id="accept" name="answer" value="accept">${text.accept}</button>`)}
${form(view, html`<h2 id="reject">${text.notForYou}</h2>${rejection(view)}`)}`;
}

function outcomes(view: AnswerLinkView): Piece {
  const { handoff, team, currency, language, at } = view;
  const text = answerLinkText[language];
  const said = handoff.outcome === 'contacted' || handoff.outcome === 'meeting' ? text.so[handoff.outcome] : '';
  return html`<p>${text.accepted(at(handoff.acceptedAt ?? handoff.qualifiedAt))} ${said}</p>
${form(
  view,
  html`<button class="button wide" name="answer" value="contacted">${text.contacted}</button>
<button class="button wide" name="answer" value="meeting">${text.meeting}</button>`,
)}
${folded(
  text.bought,
  view,
  html`<div class="field"><label for="amount">${text.amount(currency)}</label><input id="amount" name="amount" inputmode="decimal" maxlength="40" autocomplete="off" value="${view.typedAmount}"></div>
<button class="button primary" name="answer" value="won">${text.won}</button>`,
  view.typedAmount !== '',
)}
${folded(
  text.doNotBuy,
  view,
  html`${reasons('loss', team.lossReasons, view)}
<button class="button" name="answer" value="lost">${text.lost}</button>`,
)}
${folded(
  text.later,
  view,
  html`<p class="hint">${text.laterMeans}</p>
<button class="button" name="answer" value="recycled">${text.recycled}</button>`,
)}
${folded(text.notForYou, view, rejection(view))}`;
}

function rejection(view: AnswerLinkView): Piece {
  return html`${reasons('rejection', view.team.rejectionReasons, view)}
<button class="button" name="answer" value="reject">${answerLinkText[view.language].reject}</button>`;
}

function reasons(field: string, known: Team['lossReasons'], { language }: AnswerLinkView): Piece {
  const text = answerLinkText[language];
  const options = known.map(({ id, label }) => html`<option value="${id}">${labelIn(label, language)}</option>`);
  return html`<div class="field"><label for="${field}">${text.why}</label><select id="${field}" name="reason" required><option value="">${text.choose}</option>${options}</select></div>`;
}

function contactFacts({ phone, tel, phoneNote, email, emailNote }: Contact, { language }: AnswerLinkView): Piece {
  const text = answerLinkText[language];
  return html`<section class="choices"><h2>${text.reach}</h2>
${phone !== '' && html`<p>${text.phone}: ${tel === '' ? phone : html`<a href="${tel}">${phone}</a>`}<br><span class="hint">${phoneNote}</span></p>`}
<p>${text.email}: <a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${email}</a><br><span class="hint">${emailNote}</span></p></section>`;
}

function folded(title: string, view: AnswerLinkView, fields: Piece, isUnfolded = false): Piece {
  return html`<details class="act"${isUnfolded && html` open`}><summary>${title}</summary>${form(view, fields)}</details>`;
}

function form({ seen }: AnswerLinkView, fields: Piece): Piece {
  return html`<form class="choices" method="post"><input type="hidden" name="seen" value="${seen}">${fields}</form>`;
}
