import type { MessageFateStore } from './message-fate.store.ts';
import { askAfterMs, type Reconciliation } from './reconcile.ts';
import type { ReconciliationStore } from './reconciliation.store.ts';

/** The gap between what SES accepted and what it told of. */
export interface ReconciliationState {
  /** Messages of which nobody has told for six hours whether they arrived; `mostCounted` stands for that many or more. */
  readonly overdue: number;
  /** When the oldest of them was sent. */
  readonly oldestSentAt: string | null;
  /** How the latest night went. */
  readonly latest: Reconciliation | null;
}

/** More than this nobody counts: something is wrong, and that is what there is to see. */
export const mostCounted = 1_000;

export async function reconciliationState(
  fates: Pick<MessageFateStore, 'unsettled'>,
  reconciliations: Pick<ReconciliationStore, 'get'>,
  now: number,
): Promise<ReconciliationState> {
  const before = new Date(now - askAfterMs).toISOString();
  const [listed, latest] = await Promise.all([fates.unsettled(before, mostCounted), reconciliations.get()]);
  const overdue = listed.filter(({ settledAt }) => settledAt === undefined);
  return { overdue: overdue.length, oldestSentAt: overdue[0]?.sentAt ?? null, latest };
}
