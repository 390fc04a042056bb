import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localDay } from '../leads/calendar.ts';
import type { Lead } from '../leads/lead.ts';
import { dayKeys, handoffKeys, type Key, key, outboxKeys } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { queryPages } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Handoff, HandoffStatus } from './handoff.ts';
import { Rotation, startOfRotation } from './round-robin.ts';

/** Everything one transaction writes when a lead is given to a rep. */
interface Assignment {
  readonly handoff: Handoff;
  /** The lead as it was read: the hand-off holds only if nobody has written it since (consent, erasure: I-H2). */
  readonly lead: Pick<Lead, 'leadId' | 'ver' | 'origin'>;
  /** The rotation after this turn. */
  readonly rotation: Rotation;
  /** Published by the stream door, exactly when the hand-off exists. */
  readonly outbox: readonly OutgoingEvent[];
}

interface HandoffQuery {
  /** Left out: every status, in the order of a hand-off's life. */
  readonly status?: HandoffStatus | undefined;
  readonly rep?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface HandoffStore {
  get(leadId: string, cycle: number): Promise<Handoff | null>;
  rotation(): Promise<Rotation>;
  /** `exists`: this cycle has its hand-off already. `conflict`: lead or rotation moved on; read both and decide again. */
  assign(assignment: Assignment): Promise<'assigned' | 'exists' | 'conflict'>;
  /** Open requests first, then by score. Throws a RequestError on a cursor that no list gave. */
  list(query: HandoffQuery): Promise<{ readonly items: readonly Handoff[]; readonly cursor: string | null }>;
}

/** Hand-offs and the rotation in DynamoDB. `timeZone` decides on which local day a hand-off counts. */
export function handoffStore(table: Table, timeZone: string): HandoffStore {
  const { client, name: TableName } = table;
  return { get, rotation, assign, list };

  async function get(leadId: string, cycle: number): Promise<Handoff | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: key.handoff(leadId, cycle), ConsistentRead: true }),
    );
    return Item ? Handoff.parse(Item) : null;
  }

  async function rotation(): Promise<Rotation> {
    const Key = key.rotation('round-robin');
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? Rotation.parse(Item) : startOfRotation;
  }

  async function assign(assignment: Assignment): Promise<'assigned' | 'exists' | 'conflict'> {
    const written = await writeAll({ client }, toWrites(assignment, TableName, timeZone));
    if (written.outcome === 'written') return 'assigned';
    return written.failed.includes(0) ? 'exists' : 'conflict';
  }

  async function list({ limit, ...query }: HandoffQuery) {
    const items: Record<string, unknown>[] = [];
    // One more than the page, to know whether there is a next one.
    for await (const item of each(query)) if (items.push(item) > limit) break;
    const last = items[limit - 1];
    const keys = items.slice(0, limit).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    return {
      items: (await getAll(table, keys)).map((item) => Handoff.parse(item)),
      cursor: last && items.length > limit ? cursorOf(last) : null,
    };
  }

  /** Items after the cursor, status by status, in the index's order. */
  async function* each({ status, rep, cursor }: Omit<HandoffQuery, 'limit'>): AsyncGenerator<Record<string, unknown>> {
    const after = cursor === undefined ? null : startAfter(cursor);
    const lists = (status ? [status] : HandoffStatus.options).map((each) => `HANDOFF#${each}`);
    for (const list of lists.slice(after ? Math.max(0, lists.indexOf(after.listPk)) : 0)) {
      const pages = queryPages(table, {
        IndexName: 'byList',
        KeyConditionExpression: 'listPk = :list',
        ExpressionAttributeValues: { ':list': list, ...(rep && { ':rep': rep }) },
        ...(rep && { FilterExpression: 'rep = :rep' }),
        Limit: 100,
        ...(list === after?.listPk && { ExclusiveStartKey: { ...after } }),
      });
      for await (const items of pages) yield* items;
    }
  }
}

function toWrites({ handoff, lead, rotation, outbox }: Assignment, TableName: string, timeZone: string): Write[] {
  const { leadId, cycle, handoffId, assignedAt } = handoff;
  const day = localDay(assignedAt, timeZone);
  return [
    // First: `assign` tells a replay from a conflict by its position.
    {
      Put: {
        TableName,
        Item: {
          ...key.handoff(leadId, cycle),
          ...handoffKeys(handoff.status, handoff),
          ...dayKeys(day, assignedAt, handoffId),
          kind: 'handoff',
          day,
          recordedAt: assignedAt,
          origin: lead.origin,
          ...handoff,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName,
        Key: key.lead(leadId),
        UpdateExpression: 'SET #owner = :rep ADD ver :one',
        ConditionExpression: 'kind = :lead AND ver = :ver',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':rep': handoff.rep, ':one': 1, ':lead': 'lead', ':ver': lead.ver },
      },
    },
    {
      Put: {
        TableName,
        Item: { ...key.rotation('round-robin'), kind: 'rotation', ...rotation },
        ConditionExpression: rotation.turns === 1 ? 'attribute_not_exists(pk)' : 'turns = :turns',
        ...(rotation.turns > 1 && { ExpressionAttributeValues: { ':turns': rotation.turns - 1 } }),
      },
    },
    ...outbox.map(
      ({ detailType, detail }, n): Write => ({
        Put: {
          TableName,
          Item: {
            ...key.outbox(leadId, `handoff-${cycle}`, n),
            ...outboxKeys(assignedAt, leadId),
            kind: 'outbox',
            detailType,
            detail,
            at: assignedAt,
          },
        },
      }),
    ),
  ];
}

const Place = z.tuple([z.string(), z.string(), z.string(), z.string()]);

function cursorOf({ pk, sk, listPk, listSk }: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify([pk, sk, listPk, listSk])).toString('base64url');
}

function startAfter(cursor: string): Key & { readonly listPk: string; readonly listSk: string } {
  const place = Place.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (!place.success)
    throw new RequestError(400, 'bad-cursor', 'This cursor is not from a list: start without one.', 'cursor');
  const [pk, sk, listPk, listSk] = place.data;
  return { pk, sk, listPk, listSk };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
