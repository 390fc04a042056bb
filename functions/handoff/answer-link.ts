import { discreetPage, postedFields, seenAt } from '../consent/discreet-page.ts';
import type { Lead } from '../leads/lead.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { type AnswerOutcome, answerHandoff } from './answer-handoff.ts';
import { type AnswerLinkView, answerLinkPage, unknownAnswerLinkPage } from './answer-link-page.ts';
import { answerLinkText } from './answer-link-text.ts';
import { answerLinkView, mayAnswer } from './answer-link-view.ts';
import type { Answer } from './answering.ts';
import { type Handoff, isOpen } from './handoff.ts';
import { type HandoffLink, readHandoffToken } from './handoff-link.ts';
import { amountMinorOf } from './money-text.ts';
import { amountWanted, type PostAnswerDeps } from './post-answer.ts';
import { refusal } from './refusal.ts';
import { readerOf } from './telling.ts';

export interface AnswerLinkDeps extends PostAnswerDeps {
  /** The keys that sign links, as the secret holds them. */
  readonly linkKeys: () => Promise<string>;
  /** Public origin of the pages, without a slash at its end. */
  readonly baseUrl: string;
}

/** What a link leads to, as it stands. */
export interface Opened {
  readonly link: HandoffLink;
  readonly handoff: Handoff;
  readonly lead: Lead;
  readonly language: AnswerLinkView['language'];
}

/**
 * Answers `/h/{token}`, the link a rep gets in their message. GET and HEAD show, since scanners follow every link; POST, by a button of
 * the page, acts: for the turn and the rep that the link was made for, and once, since what it did is done.
 */
export async function answerLink(request: HttpRequest, deps: AnswerLinkDeps): Promise<HttpAnswer> {
  const link = readHandoffToken(request.params.token ?? '', readLinkKeys(await deps.linkKeys()));
  const language = languageOf(request, link, deps);
  const handoff = link && (await deps.handoffs.get(link.leadId, link.cycle));
  const lead = handoff && (await deps.leads.get(handoff.leadId));
  if (!link || !handoff || !lead) return discreetPage(unknownAnswerLinkPage(language), 404);
  const opened = { link, handoff, lead, language };
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return discreetPage(answerLinkPage(answerLinkView(opened, deps)));
    case 'POST':
      return act(request, opened, deps);
    default:
      throw new RequestError(405, 'method-not-allowed', 'Open the link with GET, or answer with POST.');
  }
}

async function act(request: HttpRequest, opened: Opened, deps: AnswerLinkDeps): Promise<HttpAnswer> {
  const { link, language } = opened;
  const { currency } = deps.account;
  const text = answerLinkText[language];
  const fields = postedFields(request);
  const answer = answerOf(fields, currency);
  // Only the button of our page says when the page was seen: whatever posts to a bare link has read nothing.
  if (answer === 'unknown' || seenAt(fields, deps.now()) === null) return nothingDone(422, text.unread, opened, deps);
  if (answer === 'no-amount') {
    const told = { tone: 'careful', text: amountWanted(language, currency) } as const;
    const typedAmount = (fields.get('amount') ?? '').slice(0, 40);
    return discreetPage(answerLinkPage(answerLinkView(opened, deps, { told, typedAmount })), 422);
  }
  // A link that only tells that it is gone acts for nobody.
  if (isOpen(opened.handoff) && !mayAnswer(link, opened.handoff, deps.team))
    return refused('stale', answer, opened, deps);
  const { leadId, cycle, turn, rep } = link;
  const { outcome, handoff } = await answerHandoff({ leadId, cycle, turn, by: rep, answer }, deps);
  if (!handoff || outcome === 'unknown') return discreetPage(unknownAnswerLinkPage(language), 404);
  if (outcome !== 'done') return refused(outcome, answer, { ...opened, handoff }, deps);
  const isNewlyTheirs = answer.answer === 'accept' && opened.handoff.status !== 'accepted';
  const told = { tone: 'good', text: text.noted } as const;
  // How to reach the lead is told to whoever presses the button, in that answer and in no other: the link may travel on.
  // Who takes it over has a turn of their own from here on.
  const now = { ...opened, handoff, link: { ...link, turn: handoff.turn } };
  return discreetPage(answerLinkPage(answerLinkView(now, deps, { told, isNewlyTheirs })));
}

function refused(
  outcome: Exclude<AnswerOutcome['outcome'], 'done' | 'unknown'>,
  { answer }: Answer,
  opened: Opened,
  deps: AnswerLinkDeps,
): HttpAnswer {
  const { at } = answerLinkView(opened, deps);
  const { status, message } = refusal(outcome, opened.handoff, deps.team, { language: opened.language, at, answer });
  return nothingDone(status, message, opened, deps);
}

function nothingDone(status: number, text: string, opened: Opened, deps: AnswerLinkDeps): HttpAnswer {
  return discreetPage(answerLinkPage(answerLinkView(opened, deps, { told: { tone: 'careful', text } })), status);
}

/** What a button of the page says. `no-amount`: what was typed is none; who wins a deal need not say for how much. */
function answerOf(fields: URLSearchParams, currency: string): Answer | 'unknown' | 'no-amount' {
  const reason = (fields.get('reason') ?? '').slice(0, 64);
  const answer = fields.get('answer');
  switch (answer) {
    case 'accept':
    case 'contacted':
    case 'meeting':
    case 'recycled':
      return { answer };
    case 'reject':
    case 'lost':
      return { answer, reason };
    case 'won': {
      const typed = fields.get('amount')?.trim() ?? '';
      const amountMinor = amountMinorOf(typed, currency);
      if (typed !== '' && amountMinor === null) return 'no-amount';
      return { answer, amount: amountMinor === null ? null : { amountMinor, currency } };
    }
    default:
      return 'unknown';
  }
}

/** The one asked for, else the rep's own, else the team's. */
function languageOf(
  { query }: Pick<HttpRequest, 'query'>,
  link: HandoffLink | null,
  { team, account }: Pick<AnswerLinkDeps, 'team' | 'account'>,
): AnswerLinkView['language'] {
  const wanted = query.get('lang') ?? (link && readerOf(link.rep, team, account)?.language) ?? team.hotLead.language;
  return wanted.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';
}
