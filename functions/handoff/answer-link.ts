import { discreetPage, postedFields, seenAt } from '../consent/discreet-page.ts';
import type { Account } from '../leads/account.ts';
import type { Lead } from '../leads/lead.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { type HttpAnswer, type HttpRequest, RequestError } from '../runtime/http.ts';
import { answerHandoff } from './answer-handoff.ts';
import { type AnswerLinkView, answerLinkPage, unknownAnswerLinkPage } from './answer-link-page.ts';
import { answerLinkText } from './answer-link-text.ts';
import type { Answer } from './answering.ts';
import type { Handoff } from './handoff.ts';
import { type HandoffLink, readHandoffToken } from './handoff-link.ts';
import { amountMinorOf } from './money-text.ts';
import { nameOf, type PostAnswerDeps, refusal } from './post-answer.ts';
import type { Team } from './team.ts';
import { readerOf } from './telling.ts';
import { whyNow } from './whose-lead.ts';

export interface AnswerLinkDeps extends PostAnswerDeps {
  /** The keys that sign links, as the secret holds them. */
  readonly linkKeys: () => Promise<string>;
  /** Public origin of the pages, without a slash at its end. */
  readonly baseUrl: string;
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
  const show = (status: number, now: Handoff, said?: string): HttpAnswer =>
    discreetPage(answerLinkPage(viewOf({ link, lead, language, handoff: now, said }, deps)), status);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return show(200, handoff);
    case 'POST':
      return act(request, link, handoff, { show, language, deps });
    default:
      throw new RequestError(405, 'method-not-allowed', 'Open the link with GET, or answer with POST.');
  }
}

interface Acting {
  readonly show: (status: number, handoff: Handoff, said?: string) => HttpAnswer;
  readonly language: AnswerLinkView['language'];
  readonly deps: AnswerLinkDeps;
}

async function act(
  request: HttpRequest,
  link: HandoffLink,
  handoff: Handoff,
  { show, language, deps }: Acting,
): Promise<HttpAnswer> {
  const text = answerLinkText[language];
  const fields = postedFields(request);
  // Whatever posts to a bare link has read nothing and pressed nothing.
  if (seenAt(fields, deps.now()) === null) return show(422, handoff, text.unread);
  const answer = answerOf(fields, deps.account.currency);
  if (!answer) {
    const said = fields.get('answer') === 'won' ? text.unreadable(deps.account.currency) : text.unread;
    return show(422, handoff, said);
  }
  const { leadId, cycle, turn, rep } = link;
  const { outcome, handoff: now } = await answerHandoff({ leadId, cycle, turn, by: rep, answer }, deps);
  if (!now || outcome === 'unknown') return discreetPage(unknownAnswerLinkPage(language), 404);
  if (outcome === 'done') return show(200, now, text.noted);
  return show(refusal(outcome, now, deps.team).status, now, text.nothing);
}

/** What a button of the page says; `null` for what no button says. */
function answerOf(fields: URLSearchParams, currency: string): Answer | null {
  const reason = (fields.get('reason') ?? '').slice(0, 64);
  switch (fields.get('answer')) {
    case 'accept':
      return { answer: 'accept' };
    case 'reject':
      return { answer: 'reject', reason };
    case 'contacted':
      return { answer: 'contacted' };
    case 'meeting':
      return { answer: 'meeting' };
    case 'won': {
      const typed = fields.get('amount')?.trim() ?? '';
      const amountMinor = amountMinorOf(typed, currency);
      if (typed !== '' && amountMinor === null) return null;
      return { answer: 'won', amount: amountMinor === null ? null : { amountMinor, currency } };
    }
    case 'lost':
      return { answer: 'lost', reason };
    case 'recycled':
      return { answer: 'recycled' };
    default:
      return null;
  }
}

interface Shown {
  readonly link: HandoffLink;
  readonly lead: Lead;
  readonly handoff: Handoff;
  readonly language: AnswerLinkView['language'];
  readonly said: string | undefined;
}

function viewOf(
  { link, lead, handoff, language, said }: Shown,
  { team, account, baseUrl, now }: AnswerLinkDeps,
): AnswerLinkView {
  const timeZone = readerOf(link.rep, team, account)?.timeZone ?? account.timeZone;
  const clock = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return {
    ...{ language, handoff, team, rep: link.rep, turn: link.turn, said, currency: account.currency },
    name: attribute(lead, 'name'),
    company: attribute(lead, 'company'),
    why: whyNow(handoff, language),
    holder: nameOf(handoff.rep, team),
    at: (instant) => clock.format(new Date(instant)),
    openUrl: `${baseUrl}/handoffs/${handoff.handoffId}`,
    seen: new Date(now()).toISOString(),
  };
}

function attribute({ attributes }: Lead, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value.slice(0, 120) : '';
}

/** The one asked for, else the rep's own, else the team's. */
function languageOf(
  { query }: Pick<HttpRequest, 'query'>,
  link: HandoffLink | null,
  { team, account }: { readonly team: Team; readonly account: Pick<Account, 'timeZone'> },
): AnswerLinkView['language'] {
  const wanted = query.get('lang') ?? (link && readerOf(link.rep, team, account)?.language) ?? team.hotLead.language;
  return wanted.startsWith('pt') ? 'pt-BR' : 'en';
}
