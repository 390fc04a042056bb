import { type Handoff, isOpen } from '../handoff/handoff.ts';
import { type Label, labelIn, type Team } from '../handoff/team.ts';
import { acceptForm, handoffHref } from './handoff-table.ts';
import { handoffText } from './handoff-text.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { callout, card, inputField } from './parts.ts';
import type { Reader } from './reader.ts';

export interface HandoffActionsView {
  readonly handoff: Handoff;
  /** Who looks, by id; `null`: nobody has said. */
  readonly me: string | null;
  readonly team: Pick<Team, 'manager' | 'rejectionReasons' | 'lossReasons'>;
  readonly repNames: Readonly<Record<string, string>>;
  /** ISO 4217. */
  readonly currency: string;
  readonly reader: Reader;
}

/** Everything that can be said of a hand-off now, as forms of the page. */
export function handoffActions(view: HandoffActionsView): Markup | null {
  const { handoff, reader } = view;
  const text = handoffText[reader.language];
  if (!isOpen(handoff)) return null;
  const title = handoff.status === 'accepted' ? text.actNow : text.act;
  return card(title, html`<div class="stack acts">${actsOf(view)}</div>`, { id: 'act' });
}

function actsOf(view: HandoffActionsView): Piece {
  const { handoff, me, team, repNames, reader } = view;
  const text = handoffText[reader.language];
  if (handoff.rep === null) return me === null ? noOneYet(view) : accepting(view, text.accept, true);
  const name = repNames[handoff.rep] ?? handoff.rep;
  // The manager answers for everybody; whoever says nothing of themselves answers for whose it is.
  const mayAnswer = me === null || me === handoff.rep || me === team.manager.id;
  if (!mayAnswer && handoff.status === 'accepted') return callout('note', text.isTheirs(name));
  if (!mayAnswer) return [callout('note', text.mayTake(name)), accepting(view, text.takeOver, false)];
  const actsFor = me !== handoff.rep && html`<p class="faint">${text.actsFor(repNames[me ?? ''] ?? name)}</p>`;
  if (handoff.status === 'accepted') return [outcomes(view), rejection(view), actsFor];
  const acceptName = me === null || me === handoff.rep ? text.accept : text.takeOver;
  return [accepting(view, acceptName, true), rejection(view), actsFor];
}

function noOneYet({ reader }: HandoffActionsView): Markup {
  const text = handoffText[reader.language];
  return html`<p>${text.chooseWho}</p><p><a class="button" href="/handoffs?show=queue">${text.toInbox}</a></p>`;
}

function accepting({ handoff, me, reader }: HandoffActionsView, name: string, isPrimary: boolean): Markup {
  const by = { by: me ?? '', back: handoffHref(handoff.handoffId), language: reader.language };
  return acceptForm(handoff, by, html`<button class="${isPrimary && 'primary'} big wide">${name}</button>`);
}

function outcomes(view: HandoffActionsView): Markup {
  const { handoff, team, currency, reader } = view;
  const text = handoffText[reader.language];
  const said = (what: 'contacted' | 'meeting') =>
    handoff.outcome === what && html` <span class="faint">✓ ${text.done}</span>`;
  return html`<div class="inline">${outcomeForm(view, 'contacted', html`<button>${text.contacted}${said('contacted')}</button>`)}${outcomeForm(view, 'meeting', html`<button>${text.meeting}${said('meeting')}</button>`)}</div>
<section><h3>${text.wonLead}</h3>${outcomeForm(
    view,
    'won',
    html`<div class="toolbar">${inputField({ id: 'amount', name: 'amount', label: text.wonAmount(currency), hint: text.optional, attributes: html`inputmode="decimal" maxlength="40" autocomplete="off"` })}<button class="primary">${text.won}</button></div>`,
  )}</section>
<section><h3>${text.lostLead}</h3>${outcomeForm(
    view,
    'lost',
    html`<div class="toolbar">${reasons('loss', text.lossWhy, team.lossReasons, reader)}<button>${text.lost}</button></div>`,
  )}</section>
<section><p class="faint">${text.recycleWhy}</p>${outcomeForm(view, 'recycled', html`<button>${text.recycle}</button>`)}</section>`;
}

function rejection(view: HandoffActionsView): Markup {
  const { team, reader } = view;
  const text = handoffText[reader.language];
  return answerForm(
    view,
    'reject',
    html`<div class="toolbar">${reasons('reject', text.rejectWhy, team.rejectionReasons, reader)}<button>${text.reject}</button></div>`,
  );
}

function outcomeForm(view: HandoffActionsView, outcome: string, fields: Markup): Markup {
  return answerForm(view, 'outcome', html`<input type="hidden" name="outcome" value="${outcome}">${fields}`);
}

function answerForm({ handoff, me, reader }: HandoffActionsView, door: 'reject' | 'outcome', fields: Markup): Markup {
  const { handoffId } = handoff;
  return html`<form action="/api/handoffs/${encodeURIComponent(handoffId)}/${door}" method="post"><input type="hidden" name="rep" value="${me ?? ''}"><input type="hidden" name="lang" value="${reader.language}"><input type="hidden" name="back" value="${handoffHref(handoffId)}">${fields}</form>`;
}

function reasons(
  id: string,
  label: string,
  known: readonly { readonly id: string; readonly label: Label }[],
  { language }: Reader,
): Markup {
  return html`<div class="field"><label for="${id}">${label}</label><select id="${id}" name="reason" required><option value="">${handoffText[language].choose}</option>${known.map(
    (reason) => html`<option value="${reason.id}">${labelIn(reason.label, language)}</option>`,
  )}</select></div>`;
}
