import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { FollowUpDue } from '../leads/bus-event.ts';
import { dueItem } from '../leads/due-item.ts';
import type { LeadType } from '../leads/lead-type.ts';
import { key } from '../leads/table.ts';
import { unlessErased } from '../leads/tombstone.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { toEvent } from '../runtime/publish.ts';
import { writeAll } from '../runtime/transaction.ts';

/** When to look what became of a lead as one of a type: one knock for each lead and type. */
export interface FollowUpStore {
  /** In the place of the one before. Nothing is set for who is erased. */
  set(leadId: string, type: LeadType, dueAt: string): Promise<void>;
  /** When the knock comes next (ISO), as it is stored. */
  get(leadId: string, type: LeadType): Promise<string | null>;
  /** Takes the knock back that comes at `dueAt`, and no other: somebody may have set a new one since. */
  clear(leadId: string, type: LeadType, dueAt: string): Promise<void>;
}

export function followUpStore(table: Table): FollowUpStore {
  const { client, name: TableName } = table;
  return {
    async set(leadId, type, dueAt) {
      const event = toEvent(FollowUpDue, { leadId, leadType: type });
      await writeAll({ client }, [
        { Put: { TableName, Item: dueItem('follow-up', subjectOf(leadId, type), { dueAt, event }) } },
        { ConditionCheck: { TableName, Key: key.lead(leadId), ...unlessErased } },
      ]);
    },

    async get(leadId, type) {
      const Key = key.due('follow-up', subjectOf(leadId, type));
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item ? String(Item.dueAt) : null;
    },

    async clear(leadId, type, dueAt) {
      await ifItHolds(
        client.send(
          new DeleteCommand({
            TableName,
            Key: key.due('follow-up', subjectOf(leadId, type)),
            ConditionExpression: 'dueAt = :dueAt',
            ExpressionAttributeValues: { ':dueAt': dueAt },
          }),
        ),
      );
    },
  };
}

function subjectOf(leadId: string, type: LeadType): string {
  return `${leadId}#${type}`;
}
