import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { Reconciliation } from './reconcile.ts';

export interface ReconciliationStore {
  save(reconciliation: Reconciliation): Promise<void>;
  /** The latest; null before the first night. */
  get(): Promise<Reconciliation | null>;
}

export function reconciliationStore({ client, name: TableName }: Table): ReconciliationStore {
  return {
    async save(reconciliation) {
      const Item = { ...key.reconciliation(), kind: 'reconciliation', ...reconciliation };
      await client.send(new PutCommand({ TableName, Item }));
    },

    async get() {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: key.reconciliation(), ConsistentRead: true }),
      );
      return Item ? Reconciliation.parse(Item) : null;
    },
  };
}
