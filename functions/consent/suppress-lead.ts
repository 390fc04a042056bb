import type * as z from 'zod';
import type { CapturedActivity } from '../leads/activity.ts';
import { SuppressionReason } from '../leads/lead.ts';
import { leadIdOf } from '../leads/lead-id.ts';
import { log } from '../runtime/log.ts';
import type { SuppressionStore } from './suppression.store.ts';

export interface SuppressDeps {
  readonly suppressions: SuppressionStore;
  readonly pepper: () => Promise<string>;
}

/** Doors that know what they say. Anybody may post behaviour to the tracker, so it cannot silence somebody's mailbox (I-F3). */
const trusted = ['ses', 'page', 'operator', 'import'];

/** What a list from elsewhere may say of an address. */
export const ImportedReason = SuppressionReason.exclude(['erasure']);
export type ImportedReason = z.infer<typeof ImportedReason>;

/** Why this activity means that we must not e-mail the person any more; null when it does not mean that. */
export function suppressionReason({ type, source, properties }: CapturedActivity): SuppressionReason | null {
  if (!trusted.includes(source)) return null;
  switch (type) {
    case 'email.bounced':
      // A full mailbox or a busy server says nothing about tomorrow.
      return properties.bounceType === 'Permanent' ? 'bounce' : null;
    case 'email.complained':
      // Somebody took our mail out of the spam folder: the report says the opposite of a complaint.
      return properties.complaintFeedbackType === 'not-spam' ? null : 'complaint';
    case 'email.unsubscribed':
      return 'unsubscribe';
    // Somebody's list from elsewhere: not mail of ours that came back, so it is no figure of ours either.
    case 'email.suppressed':
      return ImportedReason.safeParse(properties.reason).data ?? null;
    default:
      return null;
  }
}

/**
 * Suppresses whoever this activity is about, when it means that. Mail that comes back from a mailbox they have left says nothing of the
 * one they have: it is noted of that mailbox alone. Doing it again changes nothing.
 */
export async function suppressLead(activity: CapturedActivity, { suppressions, pepper }: SuppressDeps): Promise<void> {
  const reason = suppressionReason(activity);
  const { leadId: given, email } = activity.subject;
  const leadId = given ?? (email ? leadIdOf(email, await pepper()) : undefined);
  if (reason === null || leadId === undefined) return;
  const { activityId, source, type, occurredAt, properties } = activity;
  const request = {
    leadId,
    reason,
    at: occurredAt,
    causeId: activityId,
    evidence: type === 'email.suppressed' ? `imported: ${properties.evidence}` : `${type} reported by ${source}`,
  };
  // A complaint or a no is the person's, whichever mailbox they say it from.
  const mailbox = reason === 'bounce' && given && email ? { email, addressId: leadIdOf(email, await pepper()) } : null;
  const former = mailbox && (await suppressions.suppressFormer({ ...request, ...mailbox }));
  if (former) return log(`former-address-${former}`, { leadId, reason, activityId });
  const outcome = await suppressions.suppress(request);
  log(`lead-${outcome}`, { leadId, reason, activityId });
}
