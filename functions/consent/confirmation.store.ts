import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { writeAll } from '../runtime/transaction.ts';
import { outboxWrites } from './consent-rows.ts';

const dayMs = 24 * 60 * 60_000;

export interface ConfirmationRequest {
  readonly leadId: string;
  /** The submission that is to be confirmed, and when it was made. */
  readonly activityId: string;
  readonly submittedAt: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly outbox: readonly OutgoingEvent[];
}

export interface ConfirmationStore {
  /**
   * Notes that this person is asked, and asks, in one transaction; at most once in 24 hours, whatever the flood (I-F1), and once for
   * each submission. `asked-lately`: nothing is written. `unknown`: they are nobody any more.
   */
  ask(request: ConfirmationRequest): Promise<'asked' | 'asked-lately' | 'unknown'>;
}

/** When each person was last asked to confirm their address. */
export function confirmationStore(table: Table): ConfirmationStore {
  const { name: TableName } = table;
  return {
    async ask({ leadId, activityId, submittedAt, now, outbox }) {
      const askedAt = new Date(now).toISOString();
      const answer = await writeAll(table, [
        {
          Put: {
            TableName,
            Item: { ...key.confirmation(leadId), kind: 'confirmation', activityId, askedAt },
            // An old submission that comes again was answered by what has been asked since.
            ConditionExpression: 'attribute_not_exists(pk) OR (askedAt <= :dayAgo AND askedAt < :submittedAt)',
            ExpressionAttributeValues: {
              ':dayAgo': new Date(now - dayMs).toISOString(),
              ':submittedAt': submittedAt,
            },
          },
        },
        {
          ConditionCheck: {
            TableName,
            Key: key.lead(leadId),
            ConditionExpression: 'kind = :lead',
            ExpressionAttributeValues: { ':lead': 'lead' },
          },
        },
        ...outboxWrites(TableName, { leadId, at: askedAt, id: `confirm-${activityId}` }, outbox),
      ]);
      if (answer.outcome === 'written') return 'asked';
      return answer.failed.includes(1) ? 'unknown' : 'asked-lately';
    },
  };
}
