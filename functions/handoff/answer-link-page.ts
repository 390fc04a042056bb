import { html } from 'hono/html';
import { plainPage } from '../runtime/plain-page.ts';
import { answerLinkText } from './answer-link-text.ts';
import { type Handoff, isOpen } from './handoff.ts';
import { labelIn, type Team } from './team.ts';

type Piece = ReturnType<typeof html> | string | false;

export interface AnswerLinkView {
  readonly language: 'en' | 'pt-BR';
  readonly handoff: Handoff;
  /** Whose link it is, and for which turn. */
  readonly rep: string;
  readonly turn: number;
  /** Nothing more personal than this: links travel. Empty where it is not known. */
  readonly name: string;
  readonly company: string;
  /** One sentence: why the lead came. */
  readonly why: string;
  /** What the team calls whoever has it now. */
  readonly holder: string;
  readonly team: Pick<Team, 'rejectionReasons' | 'lossReasons'>;
  readonly currency: string;
  /** An instant as this rep's clock and calendar show it. */
  readonly at: (instant: string) => string;
  /** Where everything about the lead stands, for who may sign in. */
  readonly openUrl: string;
  /** When the page is shown (ISO): only the buttons of this page act. */
  readonly seen: string;
  /** What has just been done, or why nothing was. */
  readonly said?: string | undefined;
}

/** What a rep can do with their lead, readable on a telephone and without a script. Shows, and changes nothing. */
export function answerLinkPage(view: AnswerLinkView): string {
  const { language, name, company, handoff, said, openUrl } = view;
  const text = answerLinkText[language];
  const whose = handoff.rep === view.rep && handoff.turn === view.turn;
  const title = !whose && isOpen(handoff) ? name || text.unnamed : text.title(name || text.unnamed);
  return plainPage(
    language,
    title,
    html`${company !== '' && html`<p class="lede">${text.from(company)}</p>`}
${said && html`<p role="status" class="notice">${said}</p>`}
${whose && html`<p>${view.why}</p>`}
${body(view, whose)}
<p><a href="${openUrl}">${text.open}</a></p>`,
  );
}

export function unknownAnswerLinkPage(language: AnswerLinkView['language']): string {
  const { unknown, unknownWhy } = answerLinkText[language];
  return plainPage(language, unknown, html`<p class="lede">${unknownWhy}</p>`);
}

function body(view: AnswerLinkView, whose: boolean): Piece {
  const { handoff, holder, at } = view;
  const text = answerLinkText[view.language];
  if (!isOpen(handoff)) return html`<p>${text.over}. ${text.ended[handoff.status]}</p>`;
  if (handoff.rep === null) return html`<p>${text.waits}</p>`;
  const since = handoff.acceptedAt ?? handoff.assignedAt ?? handoff.qualifiedAt;
  if (!whose) return html`<p>${text.taken(holder, at(since))}</p>`;
  return handoff.status === 'accepted' ? outcomes(view) : acceptance(view);
}

function acceptance(view: AnswerLinkView): Piece {
  const { handoff, at } = view;
  const text = answerLinkText[view.language];
  return html`<p>${handoff.dueAt === null ? text.acceptIt : text.acceptBy(at(handoff.dueAt))}</p>
${form(view, html`<button class="button primary" id="accept" name="answer" value="accept">${text.accept}</button>`)}
${rejection(view)}`;
}

function outcomes(view: AnswerLinkView): Piece {
  const { team, currency } = view;
  const text = answerLinkText[view.language];
  return html`<p><strong>${text.yours}</strong> ${text.whatNow}</p>
${form(
  view,
  html`<button class="button" name="answer" value="contacted">${text.contacted}</button>
<button class="button" name="answer" value="meeting">${text.meeting}</button>`,
)}
<details><summary>${text.wonTitle}</summary>${form(
    view,
    html`<p><label for="amount">${text.amount(currency)}</label><br><input id="amount" name="amount" inputmode="decimal" maxlength="40" autocomplete="off"></p>
<button class="button primary" name="answer" value="won">${text.won}</button>`,
  )}</details>
<details><summary>${text.lostTitle}</summary>${form(
    view,
    html`${reasons('lost-reason', team.lossReasons, view)}
<button class="button" name="answer" value="lost">${text.lost}</button>`,
  )}</details>
<details><summary>${text.recycleTitle}</summary>${form(
    view,
    html`<button class="button" name="answer" value="recycled">${text.recycled}</button>`,
  )}</details>
${rejection(view)}`;
}

function rejection(view: AnswerLinkView): Piece {
  const text = answerLinkText[view.language];
  return html`<details><summary>${text.orReject}</summary>${form(
    view,
    html`${reasons('reject-reason', view.team.rejectionReasons, view)}
<button class="button" id="reject" name="answer" value="reject">${text.reject}</button>`,
  )}</details>`;
}

function reasons(id: string, known: Team['lossReasons'], { language }: AnswerLinkView): Piece {
  const text = answerLinkText[language];
  return html`<p><label for="${id}">${text.reason}</label><br><select id="${id}" name="reason" required><option value="">${text.choose}</option>${known.map(
    ({ id, label }) => html`<option value="${id}">${labelIn(label, language)}</option>`,
  )}</select></p>`;
}

function form({ seen }: AnswerLinkView, fields: Piece): Piece {
  return html`<form method="post"><input type="hidden" name="seen" value="${seen}">${fields}</form>`;
}
