import type { ConsentGiven, Purpose } from '../leads/activity.ts';
import { type ConsentStatus, type Lead, mayTrack, type SuppressionReason } from '../leads/lead.ts';
import { lastNoAt, type StoredSuppression } from './suppression.ts';

const rank: Readonly<Record<ConsentGiven['status'], number>> = { denied: 0, pending: 1, granted: 2 };

/**
 * Consent after the person has answered again. It only ever rises (I-C2): a form filled in once more, an import or a replay never
 * lowers a grant, and nothing but an opt-in the person has `confirmed` lifts a revocation. Any order of answers gives the same.
 */
export function consentAfter(
  current: ConsentStatus | undefined,
  given: ConsentGiven['status'],
  confirmed = false,
): ConsentStatus {
  if (current === undefined) return given;
  if (current === 'revoked') return confirmed && given === 'granted' ? 'granted' : 'revoked';
  return rank[given] > rank[current] ? given : current;
}

const severity: Readonly<Record<SuppressionReason, number>> = { unsubscribe: 0, bounce: 1, complaint: 2, erasure: 3 };

/** Does this reason say more than the one a suppression already has? A suppression is only ever made stronger. */
export function isStronger(reason: SuppressionReason, than: SuppressionReason | undefined): boolean {
  return than === undefined || severity[reason] > severity[than];
}

/** Did the person themselves say no? A mailbox that does not exist has said nothing about consent. */
export function revokesConsent(reason: SuppressionReason): boolean {
  return reason !== 'bounce';
}

/** What the person has said so far, and whether we must not e-mail them. */
export interface Standing {
  readonly leadId: string;
  /** The address they are known by now. */
  readonly email: string;
  readonly ver: number;
  readonly consent: Lead['consent'];
  readonly suppression: StoredSuppression | null;
}

/**
 * May a yes that the person gives now count, to a question they saw at `seenAt` (ISO)? Not when they have said no since: a page that
 * is sent once more, or has stood open for long, opts nobody in again (I-C2).
 */
export function mayGrant(purpose: Purpose, { consent, suppression }: Standing, seenAt: string): boolean {
  const current = consent[purpose];
  if (current?.status === 'revoked' && current.at >= seenAt) return false;
  return purpose !== 'marketing' || suppression?.reason !== 'unsubscribe' || lastNoAt(suppression) < seenAt;
}

/** Is this suppression the person's own no, which their own yes lifts? What a mailbox or a complaint says stays. */
export function isLifted(suppression: StoredSuppression | null): suppression is StoredSuppression {
  return suppression?.reason === 'unsubscribe';
}

/** May somebody call this person of their own accord? Until they say no; whoever asks to be called is called all the same. */
export function mayCall({ consent }: Pick<Lead, 'consent'>): boolean {
  const status = consent['sales-contact']?.status;
  return status !== 'denied' && status !== 'revoked';
}

/** What we do as things stand: yes or no for each purpose; null where they were never asked and may answer either way. */
export function practice(
  lead: Pick<Lead, 'consent'>,
  hasUnsubscribed: boolean,
): Readonly<Record<Purpose, boolean | null>> {
  const { marketing, 'sales-contact': contact } = lead.consent;
  return {
    marketing: marketing?.status === 'granted' && !hasUnsubscribed,
    'sales-contact': contact?.status === 'granted' ? true : mayCall(lead) ? null : false,
    tracking: mayTrack(lead),
  };
}
