import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import type { Write } from '../runtime/transaction.ts';
import { Frequency, nothingSent } from './frequency.ts';

export interface FrequencyStore {
  /** What the lead was sent lately, read consistently. */
  get(leadId: string): Promise<Frequency>;
}

export function frequencyStore({ client, name: TableName }: Table): FrequencyStore {
  return {
    async get(leadId) {
      const Key = key.frequency(leadId);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item ? Frequency.parse(Item) : nothingSent;
    },
  };
}

/** Writes the next state, if nobody has since it was read. Part of a claim. */
export function frequencyWrite(TableName: string, leadId: string, frequency: Frequency): Write {
  const before = frequency.ver - 1;
  return {
    Put: {
      TableName,
      Item: { ...key.frequency(leadId), kind: 'frequency', ...frequency },
      ...(before === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'ver = :before', ExpressionAttributeValues: { ':before': before } }),
    },
  };
}
