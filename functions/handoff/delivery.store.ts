import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { DeliveryDue } from '../leads/bus-event.ts';
import { dueItem } from '../leads/due-item.ts';
import { deliveryKeys, key } from '../leads/table.ts';
import { unlessErased } from '../leads/tombstone.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { listPage } from '../runtime/list-page.ts';
import { toEvent } from '../runtime/publish.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Delivery, type DeliveryStatus } from './delivery.ts';

interface DeliveryQuery {
  readonly status: DeliveryStatus;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface DeliveryStore {
  get(leadId: string, deliveryId: string): Promise<Delivery | null>;
  /** `exists`: this call is known already. `erased`: there is nobody any more of whom it could tell. */
  begin(delivery: Delivery): Promise<'begun' | 'exists' | 'erased'>;
  /** Stores the next version. `conflict`: somebody else has it in hand, or its lead is erased. */
  save(delivery: Delivery): Promise<'saved' | 'conflict'>;
  /** Newest first. Throws a RequestError on a cursor that no list gave. */
  list(query: DeliveryQuery): Promise<{ readonly items: readonly Delivery[]; readonly cursor: string | null }>;
}

/** Deliveries in DynamoDB, each with a due item for as long as something is to be done for it. */
export function deliveryStore(table: Table): DeliveryStore {
  const { client, name: TableName } = table;
  return { get, begin, save, list };

  async function get(leadId: string, deliveryId: string): Promise<Delivery | null> {
    const Key = key.delivery(leadId, deliveryId);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? Delivery.parse(Item) : null;
  }

  async function begin(delivery: Delivery): Promise<'begun' | 'exists' | 'erased'> {
    const written = await writeAll({ client }, [
      put(delivery, { ConditionExpression: 'attribute_not_exists(pk)' }, TableName),
      { ConditionCheck: { TableName, Key: key.lead(delivery.leadId), ...unlessErased } },
      dueWrite(delivery, TableName),
    ]);
    if (written.outcome === 'written') return 'begun';
    return written.failed.includes(1) ? 'erased' : 'exists';
  }

  async function save(delivery: Delivery): Promise<'saved' | 'conflict'> {
    const isNext = {
      ConditionExpression: 'ver = :before',
      ExpressionAttributeValues: { ':before': delivery.ver - 1 },
    };
    const { outcome } = await writeAll({ client }, [put(delivery, isNext, TableName), dueWrite(delivery, TableName)]);
    return outcome === 'written' ? 'saved' : 'conflict';
  }

  async function list({ status, limit, cursor }: DeliveryQuery) {
    const page = await listPage(table, { list: `DELIVERY#${status}`, limit, cursor, newestFirst: true });
    return { items: page.items.map((item) => Delivery.parse(item)), cursor: page.cursor };
  }
}

type Condition = { readonly ConditionExpression: string; readonly ExpressionAttributeValues?: Record<string, unknown> };

function put(delivery: Delivery, condition: Condition, TableName: string): Write {
  const { leadId, deliveryId, status, createdAt } = delivery;
  const Item = {
    ...key.delivery(leadId, deliveryId),
    ...deliveryKeys(status, createdAt, deliveryId),
    kind: 'delivery',
    ...delivery,
  };
  return { Put: { TableName, Item, ...condition } };
}

function dueWrite({ leadId, deliveryId, nextAt }: Delivery, TableName: string): Write {
  const subject = `${leadId}#${deliveryId}`;
  if (nextAt === null) return { Delete: { TableName, Key: key.due('delivery', subject) } };
  const event = toEvent(DeliveryDue, { leadId, deliveryId });
  return { Put: { TableName, Item: dueItem('delivery', subject, { dueAt: nextAt, event }) } };
}
