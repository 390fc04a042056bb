import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Confirmation, nextQuestion } from './confirmation.ts';
import { outboxWrites } from './consent-rows.ts';

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
   * Notes that this person is asked, and asks, in one transaction; at most once in 24 hours, whatever the flood (I-F1), less often
   * whoever does not answer, and once for each submission. `asked-lately`: nothing is written. `unknown`: they are nobody any more.
   */
  ask(request: ConfirmationRequest): Promise<'asked' | 'asked-lately' | 'unknown'>;
  /** Notes that they have said no to the question itself (ISO). Of somebody who was never asked nothing is noted. */
  refuse(leadId: string, at: string): Promise<void>;
  /** Notes that they have said yes: what they did not answer before counts no more. */
  answer(leadId: string): Promise<void>;
}

/** When each person was last asked to confirm their address. */
export function confirmationStore(table: Table): ConfirmationStore {
  const { client, name: TableName } = table;

  return {
    async ask({ leadId, activityId, submittedAt, now, outbox }) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: key.confirmation(leadId), ConsistentRead: true }),
      );
      const last = Item ? Confirmation.parse(Item) : null;
      const question = nextQuestion(last, submittedAt, now);
      if (!question) return 'asked-lately';
      const answer = await writeAll(table, [
        {
          Put: {
            TableName,
            Item: { ...key.confirmation(leadId), kind: 'confirmation', activityId, ...question },
            ...asRead(last),
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
        ...outboxWrites(TableName, { leadId, at: question.askedAt, id: `confirm-${activityId}` }, outbox),
      ]);
      if (answer.outcome === 'written') return 'asked';
      // Somebody else has asked, or they have refused, between our look and our write.
      return answer.failed.includes(1) ? 'unknown' : 'asked-lately';
    },

    async refuse(leadId, at) {
      await note(leadId, 'SET refusedAt = :value', at);
    },

    async answer(leadId) {
      await note(leadId, 'SET unanswered = :value REMOVE refusedAt', 0);
    },
  };

  async function note(leadId: string, UpdateExpression: string, value: string | number): Promise<void> {
    const ExpressionAttributeValues = { ':value': value };
    // Nothing is left behind of somebody who is forgotten.
    const ConditionExpression = 'attribute_exists(pk)';
    const Key = key.confirmation(leadId);
    await writeAll(table, [
      { Update: { TableName, Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues } },
    ]);
  }
}

/** The write holds only while nobody has asked or refused since. */
function asRead(last: Confirmation | null): Partial<NonNullable<Write['Put']>> {
  if (!last) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { askedAt, refusedAt } = last;
  return {
    ConditionExpression: `askedAt = :askedAt AND ${refusedAt === undefined ? 'attribute_not_exists(refusedAt)' : 'refusedAt = :refusedAt'}`,
    ExpressionAttributeValues: { ':askedAt': askedAt, ...(refusedAt !== undefined && { ':refusedAt': refusedAt }) },
  };
}
