import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ErasureDue, LeadErased } from '../leads/bus-event.ts';
import type { Lead } from '../leads/lead.ts';
import { leadOf } from '../leads/lead-item.ts';
import { dueKeys, type Key, key, outboxKeys } from '../leads/table.ts';
import { Tombstone } from '../leads/tombstone.ts';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll, queryPages } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { goneWith, isKept, type Removal } from './erasure-plan.ts';

/** Who stands under an id: a person with all ids they have been known by, or what is left of one. */
export type Standing =
  | { readonly is: 'lead'; readonly lead: Lead; readonly formerIds: readonly string[] }
  | { readonly is: 'erased'; readonly leadId: string; readonly tombstone: Tombstone };

export interface Burial {
  readonly lead: Pick<Lead, 'leadId' | 'ver' | 'owner' | 'qualification'>;
  /** The ids of the person's other addresses. */
  readonly otherIds: readonly string[];
  readonly mask: string;
  /** ISO. */
  readonly at: string;
  /** When to go on if nobody does (ISO). */
  readonly dueAt: string;
}

export interface ErasureStore {
  /** Consistent; any id of the person finds them. */
  find(id: string): Promise<Standing | null>;
  /**
   * The tombstones, the suppression, the due item that sees to the rest, and the event, in one transaction: from here on nothing can be
   * recorded, enrolled, claimed or handed over. `conflict`: somebody has written the lead since it was read.
   */
  bury(burial: Burial): Promise<'buried' | 'conflict'>;
  /** What is still under an id, page by page. */
  left(id: string): AsyncGenerator<readonly Record<string, unknown>[]>;
  /** Takes an item away with what hangs on it; what stays of it for the figures is put in the same transaction. */
  remove(removals: readonly Removal[]): Promise<void>;
  /** Nobody can tell any more whose the rows are that stay. */
  forgetMask(leadId: string): Promise<void>;
  /** When to look again (ISO), for the how manieth time; `null`: never again. */
  lookAgain(leadId: string, next: { readonly dueAt: string; readonly look: number } | null): Promise<void>;
}

export function erasureStore(table: Table): ErasureStore {
  const { client, name: TableName } = table;
  return { find, bury, left, remove, forgetMask, lookAgain };

  async function find(id: string): Promise<Standing | null> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: key.lead(id), ConsistentRead: true }));
    if (Item?.kind === 'alias') return find(String(Item.leadId));
    if (Item?.kind === 'erased') return { is: 'erased', leadId: id, tombstone: Tombstone.parse(Item) };
    if (Item?.kind !== 'lead') return null;
    const { pk, sk } = key.formerAddress(id, '');
    const former = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :former)',
      ExpressionAttributeValues: { ':pk': pk, ':former': sk },
      ConsistentRead: true,
    });
    return { is: 'lead', lead: leadOf(Item), formerIds: former.map((item) => String(item.sk).slice(sk.length)) };
  }

  async function bury(burial: Burial): Promise<'buried' | 'conflict'> {
    const { outcome } = await writeAll({ client }, burialWrites(burial, TableName));
    return outcome === 'written' ? 'buried' : 'conflict';
  }

  async function* left(id: string): AsyncGenerator<readonly Record<string, unknown>[]> {
    const query = {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': key.lead(id).pk },
      ConsistentRead: true,
    };
    for await (const items of queryPages(table, query)) yield items.filter((item) => !isKept(item));
  }

  async function remove(removals: readonly Removal[]): Promise<void> {
    // Several hand-offs of a lead share one clock, and a transaction takes each item once.
    const gone = new Set<string>();
    const writes = removals.map((removal) =>
      removalWrites(removal, TableName).filter(({ Delete }) => !Delete || isNew(Keyed.parse(Delete.Key), gone)),
    );
    for (const some of inTransactions(writes)) await writeAll({ client }, some);
  }

  async function forgetMask(leadId: string): Promise<void> {
    await ifItHolds(
      client.send(
        new UpdateCommand({
          TableName,
          Key: key.lead(leadId),
          UpdateExpression: 'REMOVE mask',
          ConditionExpression: 'kind = :erased',
          ExpressionAttributeValues: { ':erased': 'erased' },
        }),
      ),
    );
  }

  async function lookAgain(leadId: string, next: Parameters<ErasureStore['lookAgain']>[1]): Promise<void> {
    const write = next
      ? dueWrite(leadId, next.dueAt, next.look, TableName)
      : { Delete: { TableName, Key: key.due('erasure', leadId) } };
    await writeAll({ client }, [write]);
  }
}

/** One transaction has room for the ids of so many addresses; nobody has had more of them. */
const mostOtherIds = 45;

function burialWrites({ lead, otherIds, mask, at, dueAt }: Burial, TableName: string): readonly Write[] {
  const { leadId, ver, owner, qualification } = lead;
  const heldBy = qualification?.open ? owner : null;
  if (otherIds.length > mostOtherIds)
    throw new Error(`this lead has had more than ${mostOtherIds} addresses: they cannot be erased at once`);
  const { detailType } = LeadErased;
  return [
    {
      Put: {
        TableName,
        Item: { ...key.lead(leadId), kind: 'erased', at, ver: ver + 1, otherIds, mask },
        ConditionExpression: 'ver = :ver AND kind = :lead',
        ExpressionAttributeValues: { ':ver': ver, ':lead': 'lead' },
      },
    },
    // A change of addresses writes the lead too, so these are all there are.
    ...otherIds.map(
      (id): Write => ({ Put: { TableName, Item: { ...key.lead(id), kind: 'erased', at, ver: 1, otherIds: [] } } }),
    ),
    ...[leadId, ...otherIds].map((id) => suppressionWrite(id, at, TableName)),
    // A tombstone does not cool.
    { Delete: { TableName, Key: key.due('score', leadId) } },
    dueWrite(leadId, dueAt, 0, TableName),
    {
      Put: {
        TableName,
        Item: {
          ...key.outbox(leadId, 'erasure', 0),
          ...outboxKeys(at, leadId),
          ...{ kind: 'outbox', detailType, detail: { leadId, at, heldBy }, at },
        },
      },
    },
  ];
}

/** In the place of any other: the evidence of an earlier one tells of messages and of what the person did. */
function suppressionWrite(leadId: string, at: string, TableName: string): Write {
  const said = { reason: 'erasure', at, evidence: 'erased: this person asked to be forgotten' };
  return { Put: { TableName, Item: { ...key.suppression(leadId), kind: 'suppression', leadId, ...said } } };
}

function dueWrite(leadId: string, dueAt: string, look: number, TableName: string): Write {
  const thing = { due: 'erasure', subject: leadId, dueAt, detailType: ErasureDue.detailType, detail: { leadId, look } };
  const Item = { ...key.due('erasure', leadId), ...dueKeys(dueAt, 'erasure', leadId), kind: 'due', ...thing };
  return { Put: { TableName, Item } };
}

const Keyed = z.object({ pk: z.string(), sk: z.string() });

function removalWrites({ item, stays }: Removal, TableName: string): readonly Write[] {
  return [
    ...(stays ? [{ Put: { TableName, Item: { ...stays } } }] : []),
    { Delete: { TableName, Key: Keyed.parse(item) } },
    ...goneWith(item).map((Key): Write => ({ Delete: { TableName, Key } })),
  ];
}

function isNew({ pk, sk }: Key, known: Set<string>): boolean {
  const name = `${pk} ${sk}`;
  return !known.has(name) && known.add(name).has(name);
}

const writesPerTransaction = 100;

/** What belongs together goes together; as many as fit. */
function inTransactions(groups: readonly (readonly Write[])[]): Write[][] {
  const batches: Write[][] = [];
  for (const group of groups) {
    const batch = batches.at(-1);
    if (batch && batch.length + group.length <= writesPerTransaction) batch.push(...group);
    else batches.push([...group]);
  }
  return batches;
}
