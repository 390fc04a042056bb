import { mayCall } from '../consent/consent.ts';
import { assignmentSentences } from '../handoff/assignment-text.ts';
import { type Handoff, isOpen, wroteBack } from '../handoff/handoff.ts';
import { handoffBadge } from './handoff-badge.ts';
import { handoffHref } from './handoff-table.ts';
import { isGiven } from './lead-facts.ts';
import type { LeadPageView } from './lead-page.ts';
import { leadText } from './lead-text.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { badge, card, facts } from './parts.ts';
import { dateText, figure, moment, type Reader } from './reader.ts';

/** Whose the lead is and why, or what is still missing for sales. */
export function handoffCard(view: LeadPageView): Markup {
  const { handoff, lead, frame } = view;
  const { reader } = frame;
  const text = leadText[reader.language].handoff;
  const whatIf = html`<a href="/team/what-if?lead=${encodeURIComponent(lead.leadId)}">${text.whatIf}</a>`;
  if (!handoff)
    return card(text.title, html`<p class="muted">${text.none} ${whatIsMissing(view)}</p>`, { footer: whatIf });
  return card(text.title, handoffFacts(handoff, view), {
    footer: html`<span class="inline"><a href="${handoffHref(handoff.handoffId)}">${text.open}</a>${!isOpen(handoff) && html` · ${whatIf}`}</span>`,
  });
}

function handoffFacts(handoff: Handoff, view: LeadPageView): Markup {
  const { repNames, frame } = view;
  const { reader } = frame;
  const text = leadText[reader.language].handoff;
  const { status, rep, assignedAt, acceptedAt, closedAt, reason, cycle } = handoff;
  const name = rep === null ? text.nobody : (repNames[rep] ?? rep);
  const on = (instant: string | null) => instant !== null && moment(instant, reader);
  return facts([
    [text.status, handoffBadge(status, reader.language)],
    [text.rep, name],
    [text.because, because(handoff, reader)],
    [text.assigned, on(assignedAt)],
    [text.accepted, on(acceptedAt)],
    [text.ended, on(closedAt)],
    [text.chosenBy, assignmentSentences(reason, { names: repNames, language: reader.language })[0]],
    [text.before, cycle > 1 && figure(cycle - 1, reader)],
    [text.reach, isOpen(handoff) && waysToReach(handoff, view)],
  ]);
}

function because(handoff: Handoff, reader: Reader): string {
  const text = leadText[reader.language].handoff;
  if (wroteBack(handoff)) return text.wroteBack;
  return handoff.qualifiedBy === 'explicit-request' ? text.asked : text.reached(figure(handoff.score, reader));
}

function whatIsMissing(view: LeadPageView): Piece {
  const { lead, permissions, model, review, armed, frame } = view;
  const text = leadText[frame.reader.language].handoff;
  if (lead.disqualified) return text.never;
  if (!mayCall(permissions)) return text.refused;
  const isOver = lead.score.total >= model.threshold;
  if (isOver && review?.decided === null) return html`${text.waiting} <a href="/review">${text.review}</a>.`;
  if (!armed) return whenAgain(view);
  return isOver ? text.over : text.below;
}

/** Whose crossing has been told, or left untold, is told of again only after they have cooled down. */
function whenAgain({ review, model, frame: { reader } }: LeadPageView): Piece {
  const text = leadText[reader.language].handoff;
  const again = text.again(figure(model.rearmBelow, reader));
  const decided = review?.decided;
  if (!decided) return text.disarmed(again);
  const { decision, author, at } = decided;
  const on = dateText(at, reader);
  return decision === 'leave' ? text.left(author, on, again) : text.handedOver(author, on);
}

/** What a rep may do about a lead who takes no marketing e-mail. Nothing to say about one who does. */
function waysToReach(handoff: Handoff, { lead, frame }: LeadPageView): Piece {
  const text = leadText[frame.reader.language].handoff;
  const call = isGiven(lead.attributes.phone) ? text.call : text.noPhone;
  if (lead.suppressed) return html`${badge(text.doNot, 'bad')} ${call}`;
  if (handoff.consent.marketing === 'granted') return null;
  const isAnswer = handoff.qualifiedBy === 'explicit-request';
  const answer = wroteBack(handoff) ? text.answerMail : text.answer;
  return html`${badge(text.noMarketing, 'careful')} ${isAnswer ? answer : call}`;
}
