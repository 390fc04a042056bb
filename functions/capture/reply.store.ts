import * as z from 'zod';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';

/** A message that a lead was sent, as far as an answer to it is concerned. */
const AnsweredMessage = z.object({
  leadId: z.string(),
  sequence: z.string(),
  run: z.string(),
  step: z.number().int(),
  /** SES's, as soon as it has accepted the message. */
  messageId: z.string().optional(),
  /** When we first meant to send it. */
  firstAt: z.string(),
});
export type AnsweredMessage = z.infer<typeof AnsweredMessage>;

export interface ReplyStore {
  /** Every message about a lead, read consistently. */
  messagesTo(leadId: string): Promise<readonly AnsweredMessage[]>;
}

/** The sends of a lead, of which an answer names one by its mark alone. */
export function replyStore(table: Table): ReplyStore {
  return {
    async messagesTo(leadId) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :send)',
        ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':send': 'X#' },
        ProjectionExpression: 'leadId, #sequence, #run, #step, messageId, firstAt',
        ExpressionAttributeNames: { '#sequence': 'sequence', '#run': 'run', '#step': 'step' },
        ConsistentRead: true,
      });
      return items.map((item) => AnsweredMessage.parse(item));
    },
  };
}
