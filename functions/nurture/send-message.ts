import type * as z from 'zod';
import type { Account } from '../leads/account.ts';
import type { MessageRequested } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { log, logFault } from '../runtime/log.ts';
import { type ConcludeDeps, conclude } from './conclude-send.ts';
import { type EmailTemplates, templateFor } from './email-template.ts';
import type { Frequency } from './frequency.ts';
import { hasMailbox, type Message, toMessage } from './message.ts';
import type { SignLinks } from './message-links.ts';
import type { ClaimRefusal } from './send.store.ts';
import {
  afterOutcome,
  claim,
  finished,
  givenUp,
  hasTimeToSend,
  isExpired,
  isFinal,
  mayClaim,
  type Order,
  postponed,
  released,
  type Send,
  type SendId,
} from './send.ts';
import type { SendingGate } from './sending-gate.ts';
import type { SendMail } from './ses.ts';

export interface SendDeps extends ConcludeDeps {
  readonly leads: {
    get(leadId: string): Promise<Lead | null>;
    known(leadId: string): Promise<Lead | 'erased' | null>;
  };
  /** Lets messages through at the rate and in the number that SES and the account permit. */
  readonly gate: SendingGate;
  readonly emails: (version: string) => Promise<EmailTemplates>;
  /** The running playbook's version: single messages are taken from it. */
  readonly version: string;
  readonly account: Account;
  readonly baseUrl: string;
  readonly links: SignLinks;
  /** Writes a message as SES takes it. */
  readonly toMime: (message: Message, now: number) => Promise<Uint8Array>;
  readonly sendMail: SendMail;
  readonly newToken: () => string;
}

/**
 * Another room asks for a message: from the running playbook, and without marketing consent, since somebody asked for it. Returns
 * when the record is final, or when a due item stands for it; so the event that asked for it may go.
 */
export async function sendRequested(request: z.output<typeof MessageRequested.detail>, deps: SendDeps): Promise<void> {
  const purpose = request.to.kind === 'team' ? 'team' : 'transactional';
  const order: Order = { ...request, purpose };
  // Erased since, whoever was to be told: there must not even be a record of it (I-E1).
  const about = await deps.leads.known(request.leadId);
  if (about === 'erased' || (request.to.kind === 'lead' && about === null)) return;
  const before = await deps.sends.get(order);
  if (!mayClaim(before, deps.now())) return;
  if (before && isTooLate(before, deps.now())) return giveUp(before, deps);
  const admission = await deps.gate.admit(purpose);
  if (admission.outcome === 'later') {
    const later = postponed(before, order, admission.at, admission.because, deps.now());
    return conclude(before, later, deps);
  }
  const refusals = await claimAndSend({ before, order, version: deps.version, frequency: null }, deps);
  if (!refusals.includes('switch')) return;
  await conclude(before, postponed(before, order, deps.now() + pausedMs, 'paused', deps.now()), deps);
}

/** How long what has been switched off waits before it asks again. */
export const pausedMs = 15 * 60_000;

interface Claiming {
  readonly before: Send | null;
  readonly order: Order;
  /** The playbook the e-mail is taken from. */
  readonly version: string;
  /** The next state of what the lead was sent lately, for marketing. */
  readonly frequency: Frequency | null;
}

/** Is this a second try that has come too late to be worth making? Its turn did not come while it was. */
export function isTooLate(before: Send, now: number): boolean {
  return before.resent && isExpired(before, now);
}

/** The record ends without another call. */
export function giveUp(before: Send, deps: SendDeps): Promise<void> {
  return conclude(before, finished(before, givenUp(before, 'failed'), deps.now(), { reason: 'too-late' }), deps);
}

/**
 * Sends with a fresh claim over `before`: claim → render → SES → record, each claim at most one call (I-M1). Answers why the claim
 * was refused, where that is not final: the caller knows what to wait for.
 */
export async function claimAndSend(
  { before, order, version, frequency }: Claiming,
  deps: SendDeps,
): Promise<readonly ClaimRefusal[]> {
  const lead = order.to.kind === 'lead' || order.test ? await deps.leads.get(order.leadId) : null;
  const send = claim(before, order, deps.newToken(), deps.now());
  if (!hasMailbox(order, lead)) {
    await conclude(before, finished(send, 'suppressed', deps.now(), { reason: 'no-mailbox' }), deps);
    return [];
  }
  const refusals = await deps.sends.claim(before, send, frequency);
  if (refusals.length === 0) await deliver(send, order, lead, version, deps);
  else await refuse(refusals, before, send, deps);
  return refusals;
}

/** Hands a claimed message to SES and records the answer. */
async function deliver(send: Send, order: Order, lead: Lead | null, version: string, deps: SendDeps): Promise<void> {
  let composed: { readonly message: Message; readonly raw: Uint8Array };
  try {
    composed = await compose(order, send, lead, version, deps);
  } catch (error) {
    // A template that fails once fails always: the record ends, the walk goes on, and somebody is told.
    logFault('message-not-composed', error, ids(send));
    return conclude(send, finished(send, 'failed', deps.now(), { reason: 'template' }), deps);
  }
  if (!hasTimeToSend(send, deps.now())) return conclude(send, released(send, deps.now()), deps);
  const outcome = await deps.sendMail(composed.message, composed.raw);
  log(`message-${outcome.outcome}`, { ...ids(send), ...('reason' in outcome && { reason: outcome.reason }) });
  await conclude(send, afterOutcome(send, outcome, deps.now()), deps);
}

async function compose(asked: Order, send: Send, lead: Lead | null, version: string, deps: SendDeps) {
  const { account, baseUrl, now } = deps;
  // A walk keeps the language it began in, unless the person has chosen another since.
  const speaks = asked.purpose === 'marketing' && !asked.test && lead?.language;
  const order = speaks ? { ...asked, language: speaks } : asked;
  const emails = await deps.emails(version);
  const template = templateFor(emails, order.template, [order.language, account.language]);
  const message = toMessage({ order, send, lead, template, account, baseUrl, links: await deps.links(order, lead) });
  return { message, raw: await deps.toMime(message, now()) };
}

/** The claim was not granted: by the person's will, which is final, or because the record or the walk has moved on. */
async function refuse(
  refusals: readonly ClaimRefusal[],
  before: Send | null,
  send: Send,
  deps: SendDeps,
): Promise<void> {
  log('claim-refused', { ...ids(send), refusals: refusals.join(' ') });
  const reason = refusals.find((refusal) => refusal === 'suppression' || refusal === 'consent');
  if (!reason) return;
  const current = refusals.includes('record') ? await deps.sends.get(send) : before;
  // Somebody else's claim was made while it was still permitted: it is theirs to end.
  if (current?.status === 'claimed' && current.token !== send.token && current.token !== before?.token) return;
  if (current && isFinal(current)) return;
  const status = givenUp(send, 'suppressed');
  await conclude(current, finished(send, status, deps.now(), { reason }), deps);
}

function ids({ leadId, sequence, run, step }: SendId) {
  return { leadId, sequence, run, step };
}
