import type * as z from 'zod';
import type { StepDue } from '../leads/bus-event.ts';
import { variantFor } from '../leads/variant.ts';
import { log } from '../runtime/log.ts';
import { conclude, pinned } from './conclude-send.ts';
import { type Enrollment, held, isAt, isDue } from './enrollment.ts';
import type { FrequencyStore } from './frequency.store.ts';
import { hasHad, withSent } from './frequency.ts';
import { holdBack } from './hold-back.ts';
import { type MoveDeps, moveWalk } from './move-walk.ts';
import { type Place, placeAt } from './program.ts';
import { finished, givenUp, isFinal, mayClaim, type Order, postponed, type Send } from './send.ts';
import { claimAndSend, giveUp, isTooLate, pausedMs, type SendDeps } from './send-message.ts';
import type { Step } from './sequence.ts';
import { advance } from './walking.ts';

export interface StepDeps extends SendDeps, MoveDeps {
  readonly leads: SendDeps['leads'] & MoveDeps['leads'];
  readonly frequencies: FrequencyStore;
}

/**
 * A walk's step is due: takes the walk on, and brings the e-mail it comes to. The event is only the knock; everything is read again
 * here, so that an early, late or repeated knock does no harm.
 */
export async function sendStep(knock: z.output<typeof StepDue.detail>, deps: StepDeps): Promise<void> {
  const { leadId, sequence } = knock;
  const walk = await moveWalk(leadId, sequence, deps);
  if (!walk || !isAt(walk, knock)) await cancelRetry(knock, deps);
  if (walk) await bringEmail(walk, deps);
}

/** Brings the e-mail at which a walk stands, if it is due and nothing holds it back. */
async function bringEmail(walk: Enrollment, deps: StepDeps): Promise<void> {
  // Every round ends it, or another e-mail to this lead went first, or the walk moved: decide again.
  for (let round = 1, at: Enrollment | null = walk; round <= 5; round++) {
    // Held back, or moved to later since: its due item knocks again then.
    if (!at || !isDue(at, deps.now())) return;
    const { program } = await pinned(at, deps.sequences);
    const { step } = placeAt(program, at.step);
    if (step.kind !== 'email') return;
    if ((await tryEmail(at, step, program, deps)) === 'done') return;
    const stored = await deps.enrollments.get(walk.leadId, walk.sequence);
    at = stored && { ...stored, timeZone: walk.timeZone };
  }
  throw new Error('a lead is written to by too many at once: the message comes back by itself');
}

async function tryEmail(walk: Enrollment, step: EmailStep, program: readonly Place[], deps: StepDeps) {
  const before = await deps.sends.get(walk);
  // Its e-mail has gone and the walk has not heard of it.
  if (before && isFinal(before)) return goOn(advance(walk, program, deps.now()), deps);
  if (!mayClaim(before, deps.now())) return 'done';
  if (before && isTooLate(before, deps.now())) {
    await giveUp(before, deps);
    return 'again';
  }
  const now = deps.now();
  const walks = await deps.enrollments.list(walk.leadId);
  const frequency = await deps.frequencies.get(walk.leadId);
  const order = orderOf(walk, step);
  if (walk.brought.includes(order.template) || hasHad(frequency, order, walk.timeZone, now))
    return skip(walk, before, order, program, deps);
  const back = holdBack(walk, { walks, frequency, account: deps.account, now });
  if (back) return hold(walk, back.at, back.because, deps);
  const admission = await deps.gate.admit('marketing');
  if (admission.outcome === 'later') {
    const isPaused = admission.because === 'paused';
    return hold(walk, isPaused ? now + pausedForMs(walk, now) : admission.at, admission.because, deps);
  }

  const next = withSent(frequency, order, walk.timeZone, deps.now());
  const refusals = await claimAndSend({ before, order, version: walk.version, frequency: next }, deps);
  if (refusals.includes('consent') || refusals.includes('suppression')) return 'done';
  if (refusals.includes('switch')) return hold(walk, deps.now() + pausedForMs(walk, deps.now()), 'paused', deps);
  return refusals.includes('frequency') ? 'again' : 'done';
}

type EmailStep = Extract<Step, { kind: 'email' }>;

async function goOn(walk: Enrollment, { enrollments }: StepDeps): Promise<'done' | 'again'> {
  return (await enrollments.save(walk)) === 'saved' ? 'done' : 'again';
}

/** They have had this e-mail by another way: the record says so, and the walk goes on. */
async function skip(
  walk: Enrollment,
  before: Send | null,
  order: Order,
  program: readonly Place[],
  { sends, now }: StepDeps,
): Promise<'done' | 'again'> {
  log('email-skipped', { leadId: walk.leadId, sequence: walk.sequence, step: walk.step });
  const skipped = finished(postponed(before, order, now(), 'had-already', now()), 'cancelled', now(), {
    reason: 'had-already',
  });
  return (await sends.save(before, skipped, advance(walk, program, now()))) === 'saved' ? 'done' : 'again';
}

const longestMs = 6 * 60 * 60_000;

/**
 * When to ask again whether mail goes: half as long from now as it has been held, so that a short pause is over for everybody soon after it
 * ends, and a long one does not wake everybody every few minutes in vain.
 */
function pausedForMs({ plannedAt }: Enrollment, now: number): number {
  return Math.min(longestMs, Math.max(pausedMs, (now - Date.parse(plannedAt)) / 2));
}

/** The e-mail waits, and the walk says for what. */
async function hold(
  walk: Enrollment,
  at: number,
  because: NonNullable<Enrollment['because']>,
  deps: StepDeps,
): Promise<'done' | 'again'> {
  log('email-held', { leadId: walk.leadId, sequence: walk.sequence, step: walk.step, because });
  return goOn(held(walk, at, because), deps);
}

function orderOf(walk: Enrollment, step: EmailStep): Order {
  const { leadId, sequence, run, step: number, language } = walk;
  const variant = step.variants && variantFor(leadId, [sequence, number], step.variants);
  const template = variant?.template ?? step.template;
  if (template === undefined) throw new Error(`step ${number} of ${sequence} names no template`);
  return {
    ...{ leadId, sequence, run, step: number, template, language },
    ...(variant && { variant: variant.name }),
    to: { kind: 'lead' },
    data: walk.facts,
    policy: step.policy,
    purpose: 'marketing',
  };
}

/** The walk is over or further on: what still waited to be tried again is called off, so that nothing stays undecided (I-M2). */
async function cancelRetry(knock: z.output<typeof StepDue.detail>, deps: StepDeps): Promise<void> {
  const send = await deps.sends.get(knock);
  if (send?.status !== 'retry') return;
  await conclude(send, finished(send, givenUp(send, 'cancelled'), deps.now(), { reason: 'walk-over' }), deps);
  log('send-cancelled', { leadId: knock.leadId, sequence: knock.sequence, step: knock.step });
}
