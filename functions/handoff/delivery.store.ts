import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { DeliveryDue } from '../leads/bus-event.ts';
import { dueItem } from '../leads/due-item.ts';
import { deliveryExpiry } from '../leads/retention.ts';
import { deliveryKeys, key } from '../leads/table.ts';
import { unlessErased } from '../leads/tombstone.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import { toEvent } from '../runtime/publish.ts';
import { queryPages } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Delivery, DeliveryStatus } from './delivery.ts';

interface DeliveryQuery {
  /** Left out: of every status. */
  readonly status?: DeliveryStatus | undefined;
  /** A name of the playbook; left out: to all of them. */
  readonly endpoint?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface DeliveryStore {
  get(leadId: string, deliveryId: string): Promise<Delivery | null>;
  /** `exists`: this call is known already. `erased`: there is nobody any more of whom it could tell. */
  begin(delivery: Delivery): Promise<'begun' | 'exists' | 'erased'>;
  /** Stores the next version. `conflict`: somebody else has it in hand, or its lead is erased. */
  save(delivery: Delivery): Promise<'saved' | 'conflict'>;
  /** Takes away what is due of a delivery that is not there. */
  forget(leadId: string, deliveryId: string): Promise<void>;
  /** The last begun first. Throws a RequestError on a cursor that no list gave. */
  list(query: DeliveryQuery): Promise<{ readonly items: readonly Delivery[]; readonly cursor: string | null }>;
}

/** Deliveries in DynamoDB, each with a due item for as long as something is to be done for it. */
export function deliveryStore(table: Table): DeliveryStore {
  const { client, name: TableName } = table;
  return { get, begin, save, forget, list };

  async function get(leadId: string, deliveryId: string): Promise<Delivery | null> {
    const Key = key.delivery(leadId, deliveryId);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? Delivery.parse(Item) : null;
  }

  async function begin(delivery: Delivery): Promise<'begun' | 'exists' | 'erased'> {
    const written = await writeAll({ client }, [
      put(delivery, { ConditionExpression: 'attribute_not_exists(pk)' }, TableName),
      stillThere(delivery, TableName),
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
    const { outcome } = await writeAll({ client }, [
      put(delivery, isNext, TableName),
      stillThere(delivery, TableName),
      dueWrite(delivery, TableName),
    ]);
    return outcome === 'written' ? 'saved' : 'conflict';
  }

  async function forget(leadId: string, deliveryId: string): Promise<void> {
    const Key = key.due('delivery', `${leadId}#${deliveryId}`);
    await client.send(new DeleteCommand({ TableName, Key }));
  }

  async function list(query: DeliveryQuery) {
    const { status, limit } = query;
    const statuses = status ? [status] : DeliveryStatus.options;
    const lists = await Promise.all(statuses.map((each) => rowsOf(table, each, query)));
    const rows = lists.flat().sort((a, b) => (a.listSk < b.listSk ? 1 : -1));
    const items = await getAll(table, rows.slice(0, limit));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: items.map((item) => Delivery.parse(item)), cursor: last ? cursorOf(last.listSk) : null };
  }
}

const Row = z.object({ pk: z.string(), sk: z.string(), listSk: z.string() });

/** Of one status, one more than is asked for. The cursor is a place in time, and so the same in all the lists. */
async function rowsOf(
  table: Table,
  status: DeliveryStatus,
  { endpoint, limit, cursor }: DeliveryQuery,
): Promise<readonly z.output<typeof Row>[]> {
  const rows: z.output<typeof Row>[] = [];
  const pages = queryPages(table, {
    IndexName: 'byList',
    KeyConditionExpression: 'listPk = :list AND listSk < :before',
    ExpressionAttributeValues: { ':list': `DELIVERY#${status}`, ':before': cursor ? placeOf(cursor) : 'Z' },
    ScanIndexForward: false,
    Limit: limit + 1,
  });
  for await (const page of pages) {
    const wanted = endpoint === undefined ? page : page.filter(({ subject }) => subject === endpoint);
    rows.push(...wanted.map((row) => Row.parse(row)));
    if (rows.length > limit) break;
  }
  return rows;
}

function cursorOf(listSk: string): string {
  return Buffer.from(listSk).toString('base64url');
}

function placeOf(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{4}-[\dT:.-]+Z#\w+$/.test(place)) return place;
  throw new RequestError(400, 'bad-cursor', 'This cursor is not from a list: start without one.', 'cursor');
}

type Condition = { readonly ConditionExpression: string; readonly ExpressionAttributeValues?: Record<string, unknown> };

function put(delivery: Delivery, condition: Condition, TableName: string): Write {
  const { leadId, deliveryId, status, createdAt, endpoint } = delivery;
  const Item = {
    ...key.delivery(leadId, deliveryId),
    ...deliveryKeys(status, createdAt, deliveryId),
    kind: 'delivery',
    // By this the list is narrowed: its index knows it from what is due.
    subject: endpoint,
    expiresAt: deliveryExpiry(createdAt),
    ...delivery,
  };
  return { Put: { TableName, Item, ...condition } };
}

/** The fence of an erasure: nothing is called for somebody who is erased, not even what was on its way. */
function stillThere({ leadId }: Delivery, TableName: string): Write {
  return { ConditionCheck: { TableName, Key: key.lead(leadId), ...unlessErased } };
}

function dueWrite({ leadId, deliveryId, nextAt }: Delivery, TableName: string): Write {
  const subject = `${leadId}#${deliveryId}`;
  if (nextAt === null) return { Delete: { TableName, Key: key.due('delivery', subject) } };
  const event = toEvent(DeliveryDue, { leadId, deliveryId });
  return { Put: { TableName, Item: dueItem('delivery', subject, { dueAt: nextAt, event }) } };
}
