import * as z from 'zod';
import type { Account } from '../leads/account.ts';
import { type HttpAnswer, type HttpRequest, json, RequestError } from '../runtime/http.ts';
import { answerPosted, postedAs } from '../runtime/posted.ts';
import { type AnswerDeps, answerHandoff } from './answer-handoff.ts';
import type { Answer } from './answering.ts';
import { type Handoff, parseHandoffId } from './handoff.ts';
import { amountMinorOf, minorDigits } from './money-text.ts';
import { labelIn, type Team } from './team.ts';

export interface PostAnswerDeps extends AnswerDeps {
  readonly account: Pick<Account, 'timeZone' | 'language' | 'currency'>;
}

const outcomes = ['contacted', 'meeting', 'won', 'lost', 'recycled'] as const;
const Rep = z.string().max(64).default('');
const Reason = z.string({ error: 'Say why: name a reason.' }).max(64);
const Money = z.object({
  amountMinor: z.int({ error: 'Write the amount in whole minor units, such as 120000 for 1,200.00.' }).positive(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Write an ISO 4217 code such as BRL.'),
});
const Accept = z.object({ rep: Rep });
const Reject = z.object({ rep: Rep, reason: Reason });
const Outcome = z.object({
  rep: Rep,
  outcome: z.enum(outcomes, { error: `Name an outcome: ${outcomes.join(', ')}.` }),
  reason: Reason.optional(),
  amount: z.union([Money, z.string().max(40)], { error: 'Write an amount: { amountMinor, currency }.' }).optional(),
});

/**
 * `POST /api/handoffs/{id}/{accept,reject,outcome}`, as JSON or from a page.
 *
 * @throws RequestError 404 unknown hand-off, 409 when somebody was first or it is over, 422 with the field that does not fit.
 */
export async function postAnswer(request: HttpRequest, deps: PostAnswerDeps): Promise<HttpAnswer> {
  const id = request.params.id ?? '';
  const act = async (fields: unknown) => json(200, await answerIt(id, request.path, fields, deps));
  // Accepting needs no words.
  if (request.body.length === 0) return act({});
  return answerPosted(request, backTo(request, id), act);
}

async function answerIt(id: string, path: string, fields: unknown, deps: PostAnswerDeps): Promise<Handoff> {
  const named = parseHandoffId(id);
  if (!named) throw unknown(id);
  const { rep, ...answer } = answerOf(path, fields, deps);
  const { outcome, handoff } = await answerHandoff({ ...named, ...answer, by: rep }, deps);
  if (outcome === 'unknown' || !handoff) throw unknown(id);
  if (outcome === 'done') return handoff;
  throw refusal(outcome, handoff, deps.team);
}

/** What the fields say, by which of the three addresses they came to. */
function answerOf(path: string, fields: unknown, deps: PostAnswerDeps): { rep: string; answer: Answer } {
  switch (path.split('/').at(-1)) {
    case 'accept':
      return { rep: postedAs(Accept, fields).rep, answer: { answer: 'accept' } };
    case 'reject': {
      const { rep, reason } = postedAs(Reject, fields);
      return { rep, answer: { answer: 'reject', reason } };
    }
    default: {
      const { rep, ...said } = postedAs(Outcome, fields);
      return { rep, answer: outcomeOf(said, deps) };
    }
  }
}

function outcomeOf({ outcome, reason, amount }: Omit<z.output<typeof Outcome>, 'rep'>, deps: PostAnswerDeps): Answer {
  switch (outcome) {
    case 'won':
      return { answer: 'won', amount: amountOf(amount, deps.account.currency) };
    case 'lost':
      return { answer: 'lost', reason: reason ?? '' };
    default:
      return { answer: outcome };
  }
}

/** A typed amount is of the account's currency. Who wins a deal need not say for how much. */
function amountOf(amount: z.output<typeof Outcome>['amount'], currency: string): Handoff['amount'] {
  if (amount === undefined || amount === '') return null;
  if (typeof amount === 'object') return amount;
  const amountMinor = amountMinorOf(amount, currency);
  if (amountMinor !== null) return { amountMinor, currency };
  const example = minorDigits(currency) > 0 ? '1234.50' : '1234';
  throw new RequestError(422, 'invalid-field', `Write the amount in ${currency}, such as ${example}.`, 'amount');
}

type Refused = Exclude<Awaited<ReturnType<typeof answerHandoff>>['outcome'], 'done' | 'unknown'>;

/** Why an answer changed nothing, in words that say who has it and what to do. */
export function refusal(outcome: Refused, handoff: Handoff, team: Team): RequestError {
  const { rep, status, acceptedAt } = handoff;
  const name = nameOf(rep, team);
  switch (outcome) {
    case 'taken':
      return status === 'accepted'
        ? new RequestError(409, 'already-accepted', `${name} has it, since ${acceptedAt}.`)
        : new RequestError(409, 'not-yours', `${name} has it: only they, or the manager, can answer it.`);
    case 'closed':
      return new RequestError(409, 'closed', `It is over: ${status} on ${handoff.closedAt}, with ${name}.`);
    case 'stale':
      return new RequestError(409, 'passed-on', `It has gone on: ${name} has it, since ${handoff.assignedAt}.`);
    case 'not-accepted':
      return new RequestError(409, 'not-accepted', 'Nobody has accepted it yet: accept it first.');
    case 'unknown-reason':
      return new RequestError(422, 'unknown-reason', `Choose a reason. ${reasonsOf(team)}`, 'reason');
    case 'unknown-rep': {
      const ids = [...team.reps, team.manager].map(({ id }) => id).join(', ');
      return new RequestError(422, 'unknown-rep', `Say who: rep is one of ${ids}.`, 'rep');
    }
  }
}

function reasonsOf({ rejectionReasons, lossReasons }: Team): string {
  const list = (reasons: Team['lossReasons']) => reasons.map(({ id, label }) => `${id} (${labelIn(label, 'en')})`);
  return `To reject: ${list(rejectionReasons).join(', ')}. When it is lost: ${list(lossReasons).join(', ')}.`;
}

/** What the team calls whoever has it. */
export function nameOf(rep: string | null, { reps, manager }: Pick<Team, 'reps' | 'manager'>): string {
  return [...reps, manager].find(({ id }) => id === rep)?.name ?? rep ?? 'Nobody';
}

/** The sales page it was posted from, and nowhere else. */
function backTo({ body }: Pick<HttpRequest, 'body'>, id: string): string {
  const back = new URLSearchParams(body.toString()).get('back') ?? '';
  const isOurs = /^\/handoffs([/?][\w\-.~%/?=&]*)?$/.test(back) && !back.includes('//');
  return isOurs ? back : `/handoffs/${encodeURIComponent(id)}`;
}

function unknown(id: string): RequestError {
  return new RequestError(404, 'unknown-handoff', `There is no hand-off ${id.slice(0, 80)}.`);
}
