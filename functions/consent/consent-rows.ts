import { key, outboxKeys } from '../leads/table.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import type { queryAll } from '../runtime/query-all.ts';
import type { Write } from '../runtime/transaction.ts';

/** Events that go out when, and only when, the transaction they are written in is. */
export function outboxWrites(
  TableName: string,
  { leadId, at, id }: { readonly leadId: string; readonly at: string; readonly id: string },
  events: readonly OutgoingEvent[],
): readonly Write[] {
  return events.map(({ detailType, detail }, n) => ({
    Put: {
      TableName,
      Item: { ...key.outbox(leadId, id, n), ...outboxKeys(at, leadId), kind: 'outbox', detailType, detail, at },
    },
  }));
}

/** Finds every row of evidence of a lead, oldest first, consistent. */
export function evidenceQuery(leadId: string): Parameters<typeof queryAll>[1] {
  return {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :evidence)',
    ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':evidence': 'C#' },
    ConsistentRead: true,
  };
}
