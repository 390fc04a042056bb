import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { key } from '../leads/table.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { SendingQuota, unused } from './sending-quota.ts';

export interface SendingQuotaStore {
  /** Consistent. */
  get(): Promise<SendingQuota>;
  /** `conflict`: another worker has taken slots since; read again. */
  save(after: SendingQuota): Promise<'saved' | 'conflict'>;
}

/** The one item that all workers take their slots from. */
export function sendingQuotaStore({ client, name: TableName }: Table): SendingQuotaStore {
  return {
    async get() {
      const Key = key.sendingQuota();
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item ? SendingQuota.parse(Item) : unused;
    },

    async save(after) {
      const isFirst = after.ver === 1;
      const saved = await ifItHolds(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...key.sendingQuota(), kind: 'sending-quota', ...after },
            ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : '#ver = :before',
            ...(!isFirst && {
              ExpressionAttributeNames: { '#ver': 'ver' },
              ExpressionAttributeValues: { ':before': after.ver - 1 },
            }),
          }),
        ),
      );
      // A repeat of our own put, whose first answer was lost, looks like a conflict: its slots are lost, and nothing else.
      return saved ? 'saved' : 'conflict';
    },
  };
}
