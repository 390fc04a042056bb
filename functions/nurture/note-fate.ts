import type { Activity } from '../leads/activity.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import type { MessageFateStore } from './message-fate.store.ts';
import { fateNote } from './message-fate.ts';

export interface NoteFateDeps {
  readonly fates: Pick<MessageFateStore, 'note' | 'begin' | 'withdraw'>;
  readonly leads: Pick<LeadStore, 'get' | 'history'>;
}

/**
 * Notes what an activity of a lead says of the message that it names. SES may be quicker than the record of the send, and then its
 * word begins the message's fate; not for a lead who was erased meanwhile, of whom nothing may come back (I-E2).
 */
export async function noteFate(leadId: string, activity: Activity, { fates, leads }: NoteFateDeps): Promise<void> {
  const note = fateNote(leadId, activity);
  if (!note || (await fates.note(note))) return;
  if (note.sent && (await leads.get(leadId))) await fates.begin(note);
}

/**
 * An open or a click is judged otherwise now. A person's is noted like any other; one that was a person's and is none after all is
 * taken back, and if it was the one that counted, the ledger is asked for another.
 */
export async function renoteFate(leadId: string, activity: Activity, deps: NoteFateDeps): Promise<void> {
  const fact = activity.type === 'email.opened' ? 'openedAt' : activity.type === 'email.clicked' ? 'clickedAt' : null;
  if (activity.verdict?.by === 'human' || fact === null) return noteFate(leadId, activity, deps);
  const note = fateNote(leadId, activity);
  if (!note) return;
  if (!(await deps.fates.withdraw(note.message, { fact, activityId: activity.activityId }))) return;
  const { messageId } = activity.properties;
  for (const other of await deps.leads.history(leadId))
    if (other.type === activity.type && other.properties.messageId === messageId && other.verdict?.by === 'human')
      await noteFate(leadId, other, deps);
}
