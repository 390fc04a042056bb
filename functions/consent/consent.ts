import type { ConsentGiven } from '../leads/activity.ts';
import type { ConsentStatus, SuppressionReason } from '../leads/lead.ts';

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
