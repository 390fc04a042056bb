import type { Properties } from '../leads/activity.ts';
import { stableId } from '../leads/lead-id.ts';
import type { LinkKeys } from '../leads/link-token.ts';
import { log } from '../runtime/log.ts';
import { isMarkOf } from './address-mark.ts';
import type { ConfirmLink } from './confirm-link.ts';
import type { ConfirmationStore } from './confirmation.store.ts';
import type { Answer, ConsentStore } from './consent.store.ts';
import { isLifted, mayGrant, type Standing } from './consent.ts';
import { consentChanged, subscribed } from './consent-events.ts';

export interface ConfirmDeps {
  readonly consents: ConsentStore;
  readonly confirmations: Pick<ConfirmationStore, 'answer'>;
  readonly linkKeys: () => Promise<LinkKeys>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * `granted`: we may write, now or since an earlier press. `blocked`: they want it, yet their address refuses our mail, or has called
 * it spam. `unsubscribed-since`: they have said no after they were asked. `unknown`: they are nobody any more, or have another address
 * than the one that was asked.
 */
export type ConfirmOutcome = 'granted' | 'blocked' | 'unsubscribed-since' | 'unknown';

/**
 * The person says that the address is theirs and that they want our e-mail: consent with its evidence, an unsubscribe lifted, and the
 * events, in one transaction. Doing it again changes nothing. `seenAt` (ISO): when they saw the page on which they say it.
 */
export async function confirm(link: ConfirmLink, seenAt: string, deps: ConfirmDeps): Promise<ConfirmOutcome> {
  const keys = await deps.linkKeys();
  // Every round ends it, or somebody else wrote the lead in the meantime.
  for (let round = 1; round <= 50; round++) {
    const before = await deps.consents.standing(link.leadId);
    if (!before || !isMarkOf(link.sentTo, before.email, keys)) return 'unknown';
    const outcome = before.suppression === null || isLifted(before.suppression) ? 'granted' : 'blocked';
    if (isAnswered(before, seenAt)) return outcome;
    if (!mayGrant('marketing', before, seenAt)) return 'unsubscribed-since';
    await deps.confirmations.answer(before.leadId);
    if ((await grant(link, before, seenAt, deps)) === 'changed') {
      log('address-confirmed', { leadId: before.leadId, form: link.form, outcome });
      return outcome;
    }
  }
  throw new Error('this lead is written to by too many at once: confirm again');
}

/** Has the person said yes since they were asked, and nothing else after that? */
function isAnswered({ consent, suppression }: Standing, seenAt: string): boolean {
  const { status, confirmedAt = '' } = consent.marketing ?? {};
  return status === 'granted' && confirmedAt >= seenAt && !isLifted(suppression);
}

async function grant(link: ConfirmLink, before: Standing, seenAt: string, { consents, now }: ConfirmDeps) {
  const { leadId } = before;
  const at = new Date(now()).toISOString();
  const activityId = stableId('confirm', leadId, link.activityId, seenAt);
  // What they agreed to is what the form showed them: the evidence of the submission has its hash.
  const asked = (await consents.evidence(leadId)).find(
    (row) => row.kind === 'consent' && row.purpose === 'marketing' && row.activityId === link.activityId,
  );
  const answer: Answer = {
    activityId,
    purpose: 'marketing',
    status: 'granted',
    evidence: `confirmed by the link in our e-mail what they answered on the form ${link.form}`,
    ...(asked?.wording !== undefined && { wording: asked.wording }),
  };
  const occasion = { leadId, at };
  const event =
    before.suppression === null || isLifted(before.suppression)
      ? subscribed(occasion, answer, await submitted(link, leadId, consents))
      : consentChanged(occasion, answer);
  return consents.change({ before, answers: [answer], at, causeId: activityId, outbox: [event] });
}

/** Whatever the submission began had to wait for this moment: so it is told which one it was. */
async function submitted(
  { form, activityId }: ConfirmLink,
  leadId: string,
  consents: ConsentStore,
): Promise<Properties> {
  const { magnet, funnelStage } = (await consents.activity(leadId, activityId))?.properties ?? {};
  return {
    form,
    confirms: activityId,
    ...(magnet !== undefined && { magnet }),
    ...(funnelStage !== undefined && { funnelStage }),
  };
}
