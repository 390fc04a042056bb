import { ActivityCaptured } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { stableId } from '../leads/lead-id.ts';
import { log } from '../runtime/log.ts';
import { toEvent } from '../runtime/publish.ts';
import type { ConfirmationStore } from './confirmation.store.ts';
import { isQuestion } from './confirmation.ts';
import type { SuppressionStore } from './suppression.store.ts';
import { isColleague, type UnsubscribeLink } from './unsubscribe-link.ts';

export interface UnsubscribeDeps {
  readonly leads: { get(leadId: string): Promise<Lead | null> };
  readonly suppressions: Pick<SuppressionStore, 'suppress'>;
  readonly confirmations: Pick<ConfirmationStore, 'refuse'>;
  /** Ends every sequence this person is in. */
  readonly endWalks: (leadId: string) => Promise<void>;
  /** Until when a message to this person, claimed before, may still be handed to SES: epoch milliseconds. */
  readonly claimedUntil: (leadId: string) => Promise<number>;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

/**
 * Stops all e-mail to the person of this link, before it returns: suppressed and revoked in one transaction, every walk ended, and
 * a message that was on its way at that instant waited out. After the answer SES takes no mail to them (I-C1). Doing it again
 * changes nothing and counts once.
 */
export async function unsubscribe(
  link: UnsubscribeLink,
  by: 'one-click' | 'page' | 'preferences',
  deps: UnsubscribeDeps,
  wording?: string,
): Promise<void> {
  const { leadId, sequence, run, step } = link;
  const at = new Date(deps.now()).toISOString();
  // Who has come back since by their own yes, and says no again, has done it a second time.
  const confirmedAt = (await deps.leads.get(leadId))?.consent.marketing?.confirmedAt;
  const again = confirmedAt === undefined ? [] : [confirmedAt];
  const activityId = stableId('unsubscribe', leadId, sequence, run, String(step), ...again);
  // Before the rest: whoever does not want the question is not asked soon again, whatever else is known of them.
  if (isQuestion(sequence)) await deps.confirmations.refuse(leadId, at);
  const outcome = await deps.suppressions.suppress({
    leadId,
    reason: 'unsubscribe',
    at,
    causeId: activityId,
    isLive: true,
    ...(wording !== undefined && { wording }),
    evidence: `unsubscribed by ${by} from ${sequence}, run ${run}, step ${step}`,
    // What a colleague does is nothing that a lead did.
    outbox: isColleague(leadId)
      ? []
      : [
          toEvent(ActivityCaptured, {
            activityId,
            type: 'email.unsubscribed',
            occurredAt: at,
            source: 'page',
            subject: { leadId },
            properties: { sequence, run, step, by },
          }),
        ],
  });
  await deps.endWalks(leadId);
  const claimedForMs = (await deps.claimedUntil(leadId)) - deps.now();
  if (claimedForMs > 0) await deps.wait(claimedForMs);
  log(`unsubscribe-${outcome}`, { leadId, sequence, by });
}
