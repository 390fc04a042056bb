import { EmailEventFound } from '../leads/bus-event.ts';
import { log } from '../runtime/log.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';
import type { MessageFateStore } from './message-fate.store.ts';
import type { MessageFate } from './message-fate.ts';
import type { AskInsights } from './message-insights.ts';
import { askAfterMs, eventsFound, giveUpAfterMs, type Reconciliation } from './reconcile.ts';
import type { ReconciliationStore } from './reconciliation.store.ts';

export interface ReconcileDeps {
  readonly fates: Pick<MessageFateStore, 'unsettled' | 'settle'>;
  readonly reconciliations: Pick<ReconciliationStore, 'save'>;
  readonly ask: AskInsights;
  readonly publish: Publish;
  readonly now: () => number;
  /** Waits so long that SES may be asked again: once a second. */
  readonly pause: () => Promise<void>;
}

/** At one a second, as many as a function has time for; the rest is asked about the next night. */
const mostAsked = 600;

/**
 * Asks SES what became of the messages that it accepted and of which nobody told whether they arrived (T16). What it knows is
 * published as the events that were lost, with the ids they would have had: told twice is told once. After three days a message is
 * given up, counted and logged. Once SES may not be asked, only that is left to do.
 */
export async function reconcileSends(deps: ReconcileDeps): Promise<Reconciliation> {
  const now = deps.now();
  const overdue = await deps.fates.unsettled(new Date(now - askAfterMs).toISOString(), 10 * mostAsked);
  const done = { at: new Date(now).toISOString(), overdue: overdue.length, asked: 0, found: 0, unknown: 0 };
  let closed: string | undefined;
  for (const fate of overdue) {
    if (fate.settledAt !== undefined) {
      await deps.fates.settle(fate);
      continue;
    }
    const isFound = closed === undefined && done.asked < mostAsked ? await ask(fate) : false;
    if (Date.parse(fate.sentAt) > now - giveUpAfterMs) continue;
    await deps.fates.settle(fate, isFound ? undefined : done.at);
    if (isFound) continue;
    done.unknown++;
    const { leadId, sequence, run, step, messageId } = fate;
    log('message-fate-unknown', { leadId, sequence, run, step, messageId });
  }
  const outcome = { ...done, ...(closed !== undefined && { closed }) };
  await deps.reconciliations.save(outcome);
  log('sends-reconciled', outcome);
  return outcome;

  async function ask(fate: MessageFate): Promise<boolean> {
    if (done.asked++ > 0) await deps.pause();
    const answer = await deps.ask(fate.messageId);
    if (answer.outcome === 'closed') closed = answer.reason;
    if (answer.outcome !== 'told') return false;
    const events = eventsFound(fate, answer.insights);
    await deps.publish(events.map((event) => toEvent(EmailEventFound, event)));
    // That it was sent, we know.
    const isNews = events.some(({ eventType }) => eventType !== 'Send');
    if (isNews) done.found++;
    return isNews;
  }
}
