import { mayCall } from '../consent/consent.ts';
import type { Activity } from '../leads/activity.ts';
import { isInvalidDomain, type Lead, mayEmail } from '../leads/lead.ts';
import { type Handoff, wroteBack } from './handoff.ts';

/**
 * What the rep does first. `prepare`: they have an appointment. `answer`: they wrote. `call-later`: it is night where they live.
 * `look`: they may be neither written to nor called, so the rep reads their page and waits for them.
 */
export type NextStep = 'prepare' | 'answer' | 'call' | 'write' | 'call-later' | 'look';

/** How the lead may be reached about this, by their own word. */
export interface Reach {
  /** `asked`: an answer to what they asked, and nothing else. */
  readonly email: 'marketing' | 'sales' | 'asked' | 'no' | 'unreachable';
  /** `unasked`: they were never asked whether they may be called, and have not said no. */
  readonly phone: 'asked' | 'granted' | 'unasked' | 'no' | 'unknown';
}

/** Why they may be written to and called. Somebody who asks to talk permits the answer, ticked box or not (requirements §2.11). */
export function reachOf(handoff: Pick<Handoff, 'qualifiedBy' | 'cause'>, lead: Lead): Reach {
  return { email: byEmail(handoff, lead), phone: byPhone(handoff, lead) };
}

function byEmail({ qualifiedBy }: Pick<Handoff, 'qualifiedBy'>, lead: Lead): Reach['email'] {
  if (isInvalidDomain(lead.email) || lead.suppressed?.reason === 'bounce') return 'unreachable';
  if (lead.suppressed?.reason === 'complaint' || lead.suppressed?.reason === 'erasure') return 'no';
  if (mayEmail(lead)) return 'marketing';
  if (qualifiedBy === 'explicit-request') return 'asked';
  return lead.consent['sales-contact']?.status === 'granted' && lead.suppressed === null ? 'sales' : 'no';
}

function byPhone(handoff: Pick<Handoff, 'qualifiedBy' | 'cause'>, lead: Lead): Reach['phone'] {
  const { phone } = lead.attributes;
  if (typeof phone !== 'string' || phone.trim() === '') return 'unknown';
  const status = lead.consent['sales-contact']?.status;
  // Who answered our mail has asked for no call.
  if (handoff.qualifiedBy === 'explicit-request' && !wroteBack(handoff) && status !== 'revoked') return 'asked';
  if (!mayCall(lead)) return 'no';
  return status === 'granted' ? 'granted' : 'unasked';
}

/** The first thing to do. */
export function nextStep(handoff: Pick<Handoff, 'qualifiedBy' | 'cause'>, reach: Reach, moment: Moment): NextStep {
  if (wroteBack(handoff)) return 'answer';
  if (moment.hasAppointment) return 'prepare';
  if (mayDial(reach) && moment.isDay) return 'call';
  if (mayWrite(reach)) return 'write';
  return mayDial(reach) ? 'call-later' : 'look';
}

interface Moment {
  /** Is it a time of day, where the lead lives, at which one calls a stranger? */
  readonly isDay: boolean;
  /** Does a calendar have their appointment? */
  readonly hasAppointment: boolean;
}

/** May the rep write to them about this? */
export function mayWrite({ email }: Reach): boolean {
  return email !== 'no' && email !== 'unreachable';
}

/** May the rep call them? */
export function mayDial({ phone }: Reach): boolean {
  return phone !== 'no' && phone !== 'unknown';
}

/**
 * Does a calendar have their appointment, as far as what brought them and what they did since tells? A form only asks for one, and
 * names no time.
 */
export function hasAppointment({ notes }: Pick<Handoff, 'notes'>, cause: Activity | undefined): boolean {
  const last = notes.findLast(({ kind }) => kind.startsWith('appointment-'));
  if (last) return last.kind !== 'appointment-cancelled';
  return cause?.type === 'appointment.booked' && cause.source !== 'form' && cause.properties.form === undefined;
}
