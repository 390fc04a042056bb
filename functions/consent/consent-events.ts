import type { CapturedActivity, ConsentGiven, Properties } from '../leads/activity.ts';
import { ActivityCaptured } from '../leads/bus-event.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import type { Answer } from './consent.store.ts';

interface Occasion {
  readonly leadId: string;
  /** ISO. */
  readonly at: string;
}

/** The person wants our marketing e-mail, and we may send it from now on (requirements §2.7). */
export function subscribed(occasion: Occasion, answer: Answer, properties: Properties): OutgoingEvent {
  const { activityId } = answer;
  return captured(occasion, {
    ...{ activityId, type: 'list.subscribed', consents: grantedBy(answer) },
    properties: { list: 'marketing', ...properties },
  });
}

/** The person has said yes or no for one purpose. */
export function consentChanged(occasion: Occasion, answer: Answer): OutgoingEvent {
  const { activityId, purpose, status } = answer;
  return captured(occasion, {
    ...{ activityId, type: 'consent.changed', consents: grantedBy(answer) },
    properties: { purpose, status },
  });
}

/** The person wants to be written to in this language. */
export function languageChanged(occasion: Occasion, activityId: string, language: string): OutgoingEvent {
  return captured(occasion, { activityId, type: 'language.changed', properties: { language }, consents: [] });
}

/** Told once more to whoever keeps the ledger, who counts as leads those who permit something (A2). */
function grantedBy({ purpose, status, evidence, wording }: Answer): ConsentGiven[] {
  return status === 'granted' ? [{ purpose, status, evidence, ...(wording !== undefined && { wording }) }] : [];
}

function captured(
  { leadId, at }: Occasion,
  told: Pick<CapturedActivity, 'activityId' | 'type' | 'properties' | 'consents'>,
): OutgoingEvent {
  return toEvent(ActivityCaptured, { ...told, occurredAt: at, source: 'page', subject: { leadId } });
}
