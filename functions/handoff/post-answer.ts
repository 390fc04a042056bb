import * as z from 'zod';
import { postedFields } from '../consent/discreet-page.ts';
import { pageLanguage } from '../consent/unsubscribe-page.ts';
import type { Account } from '../leads/account.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted, type Back, postedAs } from '../runtime/posted.ts';
import { type AnswerDeps, answerHandoff } from './answer-handoff.ts';
import type { Answer } from './answering.ts';
import { type Handoff, parseHandoffId } from './handoff.ts';
import { amountMinorOf, Money, minorDigits } from './money-text.ts';
import { type Asker, refusal } from './refusal.ts';
import { refusalText } from './refusal-text.ts';
import { clockOf } from './whose-lead.ts';

export interface PostAnswerDeps extends AnswerDeps {
  readonly account: Pick<Account, 'timeZone' | 'language' | 'currency'>;
}

const outcomes = ['contacted', 'meeting', 'won', 'lost', 'recycled'] as const;
const Rep = z.string().max(64).default('');
// Which reasons there are is told with the refusal of every other one.
const Reason = z.string({ error: 'Say why: name a reason.' }).max(64).default('');
const Accept = z.object({ rep: Rep });
const Reject = z.object({ rep: Rep, reason: Reason });
const Outcome = z.object({
  rep: Rep,
  outcome: z.enum(outcomes, { error: `Name an outcome: ${outcomes.join(', ')}.` }),
  reason: Reason,
  // As money from a program, as it was typed from a page.
  amount: z.unknown().optional(),
});

/**
 * `POST /api/handoffs/{id}/{accept,reject,outcome}`, as JSON or from a page, which may say where it leads `back` to and in which
 * language (`lang`) it speaks.
 *
 * @throws RequestError 404 unknown hand-off, 409 when somebody was first or it is over, 422 with the field that does not fit.
 */
export async function postAnswer(request: HttpRequest, deps: PostAnswerDeps): Promise<HttpAnswer> {
  // Accepting needs no words, and no type of them.
  if (request.body.length === 0) return json(200, await answerIt(request, {}, program, deps));
  if (!isForm(request)) {
    const act = async (fields: unknown) => json(200, await answerIt(request, fields, program, deps));
    return answerPosted(request, request.path, act);
  }
  const posted = postedFields(request);
  const language = pageLanguage(posted.get('lang') ?? request.headers['accept-language'], deps.account.language);
  const person = { language, at: clockOf({ language, timeZone: deps.account.timeZone, now: deps.now() }) };
  const act = async (fields: unknown) => json(200, await answerIt(request, fields, person, deps));
  return answerPosted(request, backTo(posted, request.params.id ?? '', language), act);
}

type Reader = Omit<Asker, 'answer'>;

/** A program is told in English, and instants as they are. */
const program: Reader = { language: 'en', at: (instant) => instant };

async function answerIt(
  { params, path }: HttpRequest,
  fields: unknown,
  reader: Reader,
  deps: PostAnswerDeps,
): Promise<Handoff> {
  const id = params.id ?? '';
  const named = parseHandoffId(id);
  if (!named) throw unknown(id);
  const { rep, answer } = answerOf(path, fields, reader, deps.account.currency);
  const { outcome, handoff } = await answerHandoff({ ...named, answer, by: rep }, deps);
  if (outcome === 'unknown' || !handoff) throw unknown(id);
  if (outcome === 'done') return handoff;
  const refused = refusal(outcome, handoff, deps.team, { ...reader, answer: answer.answer });
  throw new RequestError(refused.status, refused.code, refused.message, refused.path);
}

/** What the fields say, by which of the three addresses they came to. */
function answerOf(path: string, fields: unknown, reader: Reader, currency: string): { rep: string; answer: Answer } {
  switch (path.split('/').at(-1)) {
    case 'accept':
      return { rep: postedAs(Accept, fields).rep, answer: { answer: 'accept' } };
    case 'reject': {
      const { rep, reason } = postedAs(Reject, fields);
      return { rep, answer: { answer: 'reject', reason } };
    }
    default: {
      const { rep, outcome, reason, amount } = postedAs(Outcome, fields);
      if (outcome === 'won') return { rep, answer: { answer: outcome, amount: amountOf(amount, reader, currency) } };
      return { rep, answer: outcome === 'lost' ? { answer: outcome, reason } : { answer: outcome } };
    }
  }
}

/** A typed amount is of the account's currency. Who wins a deal need not say for how much. */
function amountOf(amount: unknown, { language }: Reader, currency: string): Handoff['amount'] {
  if (amount === undefined || amount === null) return null;
  if (typeof amount !== 'string') return postedAs(z.object({ amount: Money }), { amount }).amount;
  if (amount.trim() === '') return null;
  const amountMinor = amountMinorOf(amount, currency);
  if (amountMinor !== null) return { amountMinor, currency };
  throw new RequestError(422, 'invalid-field', amountWanted(language, currency), 'amount');
}

/** How to write an amount, as an example in the reader's language. */
export function amountWanted(language: string, currency: string): string {
  const digits = minorDigits(currency);
  const written = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const example = written.format(digits > 0 ? 1234.5 : 1234);
  return refusalText(language).amount(currency, example);
}

function isForm({ headers }: HttpRequest): boolean {
  return headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
}

/** The sales page it was posted from, and nowhere else. */
function backTo(posted: URLSearchParams, id: string, language: string): Back {
  const asked = URL.parse(posted.get('back') ?? '', 'https://ours.invalid');
  const isOurs = asked?.origin === 'https://ours.invalid' && /^\/handoffs(\/|$)/.test(asked.pathname);
  const href = isOurs ? `${asked.pathname}${asked.search}` : `/handoffs/${encodeURIComponent(id)}`;
  const { title, back: label } = refusalText(language);
  return { href, language, title, label };
}

function unknown(id: string): RequestError {
  return new RequestError(404, 'unknown-handoff', `There is no hand-off ${id.slice(0, 80)}.`);
}
