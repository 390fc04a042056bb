import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import { MessageRequested } from '../leads/bus-event.ts';
import type { LinkKeys } from '../leads/link-token.ts';
import { log } from '../runtime/log.ts';
import { toEvent } from '../runtime/publish.ts';
import { addressMark } from './address-mark.ts';
import { confirmToken } from './confirm-link.ts';
import type { ConfirmationStore } from './confirmation.store.ts';
import { questionOf } from './confirmation.ts';
import type { ConsentStore } from './consent.store.ts';
import { isLifted, type Standing } from './consent.ts';
import { lastNoAt } from './suppression.ts';

/** The forms whose addresses are confirmed before marketing e-mail goes to them (requirements §2.11). */
export const ConfirmedForms = z
  .object({ forms: z.record(z.string(), z.object({ doubleOptIn: z.boolean() })) })
  .transform(({ forms }) => new Set(Object.keys(forms).filter((id) => forms[id]?.doubleOptIn)));
export type ConfirmedForms = z.infer<typeof ConfirmedForms>;

export interface AskDeps {
  readonly consents: Pick<ConsentStore, 'standing'>;
  readonly confirmations: Pick<ConfirmationStore, 'ask'>;
  readonly forms: ConfirmedForms;
  readonly linkKeys: () => Promise<LinkKeys>;
  readonly baseUrl: string;
  /** The account's: who says nothing of theirs is asked in it. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Asks the person who filled in a form to confirm that the address is theirs: one message without a word of what was typed (I-F1), at
 * most one in 24 hours, and less often whoever does not answer. Also somebody who unsubscribed before: only their own yes lifts that, so they must be able to give it (I-C2).
 */
export async function askConfirmation(leadId: string, activity: Activity, deps: AskDeps): Promise<void> {
  const { activityId, occurredAt, properties } = activity;
  const form = properties.form;
  if (typeof form !== 'string' || !isToBeConfirmed(activity, deps.forms)) return;
  const standing = await deps.consents.standing(leadId);
  if (!standing || !mayAsk(standing, occurredAt)) return;
  const now = deps.now();
  const askedAt = new Date(now).toISOString();
  const keys = await deps.linkKeys();
  const sentTo = addressMark(standing.email, keys);
  const token = confirmToken({ leadId: standing.leadId, form, activityId, askedAt, sentTo }, keys);
  const request = toEvent(MessageRequested, {
    leadId: standing.leadId,
    sequence: questionOf(form),
    run: activityId,
    step: 1,
    template: 'confirm',
    language: typeof properties.language === 'string' ? properties.language : deps.language,
    to: { kind: 'lead' },
    data: { form, confirmUrl: `${deps.baseUrl}/confirm/${token}` },
    policy: 'atLeastOnce',
    ...(isLifted(standing.suppression) && { despiteUnsubscribeBefore: occurredAt }),
  });
  const ask = { leadId: standing.leadId, activityId, submittedAt: occurredAt, now, outbox: [request] };
  log(`confirmation-${await deps.confirmations.ask(ask)}`, { leadId: standing.leadId, form, activityId });
}

/** Only what the visitor did: a file or a program that speaks for them is not asked about. */
function isToBeConfirmed({ type, source, properties: { form, permits } }: Activity, forms: ConfirmedForms): boolean {
  const permitsMarketing = Array.isArray(permits) && permits.includes('marketing');
  return type === 'form.submitted' && source === 'form' && permitsMarketing && forms.has(String(form));
}

/** May this person be written to, to be asked? Never whose mailbox refuses our mail or who called it spam, nor who has said no since. */
function mayAsk({ consent, suppression }: Standing, submittedAt: string): boolean {
  if (suppression === null) return consent.marketing?.status !== 'granted';
  return isLifted(suppression) && lastNoAt(suppression) < submittedAt;
}
