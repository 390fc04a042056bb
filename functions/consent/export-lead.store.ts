import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { leadIdOf } from '../leads/lead-id.ts';
import { leadOf } from '../leads/lead-item.ts';
import { withoutTokens } from '../leads/private-link.ts';
import { type Key, key } from '../leads/table.ts';
import { mailboxOf } from '../leads/visitor.store.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type ErasureStore, erasureStore } from './erasure.store.ts';
import { goneWith } from './erasure-plan.ts';
import { erasureVisitorStore } from './erasure-visitor.store.ts';
import type { ExportedItem, LeadExport } from './export-lead.ts';

/** A person by all ids they have been known by, their own first. */
export interface KnownPerson {
  readonly leadId: string;
  readonly ids: readonly string[];
}

export interface ExportStore {
  person(id: string, pepper: string): Promise<KnownPerson | 'erased' | null>;
  /** A part of what is kept, consistent. @throws RequestError 422 on a cursor that no page gave. */
  page(person: KnownPerson, cursor?: string): Promise<Pick<LeadExport, 'items' | 'cursor'>>;
}

/** An answer takes six megabytes, and DynamoDB reads one at a time: packed items grow when they are unpacked. */
const readsPerPage = 2;

export function exportStore(table: Table): ExportStore {
  const { client, name: TableName } = table;
  const erasures: Pick<ErasureStore, 'find'> = erasureStore(table);
  const visitors = erasureVisitorStore(table);
  return {
    async person(id, pepper) {
      const standing = await erasures.find(id);
      if (standing?.is !== 'lead') return standing && 'erased';
      const { leadId, email } = standing.lead;
      return { leadId, ids: [...new Set([leadId, leadIdOf(email, pepper), ...standing.formerIds])] };
    },

    async page(person, cursor) {
      const { items, next } = await under(
        person.leadId,
        cursor === undefined ? undefined : startAfter(cursor, person.leadId),
      );
      const due = await getAll(table, items.flatMap(goneWith));
      const beside = cursor === undefined ? await besideLead(person) : [];
      const all = [...items, ...due, ...beside, ...(await visitorsIn([...items, ...beside], person))];
      return {
        items: all.map((item) => readable(item, person)),
        cursor: next ? Buffer.from(JSON.stringify(next)).toString('base64url') : null,
      };
    },
  };

  async function under(leadId: string, start: Key | undefined) {
    const items: Record<string, unknown>[] = [];
    let next = start;
    for (let read = 1; read <= readsPerPage; read++) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': key.lead(leadId).pk },
          ExclusiveStartKey: next && { ...next },
          ConsistentRead: true,
        }),
      );
      items.push(...Items);
      next = LastEvaluatedKey ? Place.parse(LastEvaluatedKey) : undefined;
      if (!next) break;
    }
    return { items, next };
  }

  /** What is kept about the person in other places than under their own id. */
  async function besideLead({ leadId, ids }: KnownPerson): Promise<readonly Record<string, unknown>[]> {
    const others = ids.filter((id) => id !== leadId);
    const underOthers = await Promise.all(
      others.map((id) =>
        queryAll(table, {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': key.lead(id).pk },
          ConsistentRead: true,
        }),
      ),
    );
    const suppressions = ids.map((id) => key.suppression(id));
    return [...underOthers.flat(), ...(await getAll(table, [...suppressions, key.due('score', leadId)]))];
  }

  /** The visitors that these items say are theirs, with what waits of them. */
  async function visitorsIn(items: readonly Record<string, unknown>[], { leadId, ids }: KnownPerson) {
    const said = items.flatMap(({ kind, visitor }) => (kind === 'lead-visitor' ? [String(visitor)] : []));
    const { pk, sk } = key.lead(leadId);
    const [mailboxes, isFirst] = [ids.map(mailboxOf), items.some((item) => item.pk === pk && item.sk === sk)];
    const found: Record<string, unknown>[] = [];
    // Mailboxes need not be said, and come once, with the lead itself.
    const browsers = said.filter((visitor) => !mailboxes.includes(visitor));
    for (const visitor of new Set([...browsers, ...(isFirst ? mailboxes : [])])) {
      const Key = key.visitor(visitor);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      found.push(...(Item ? [Item] : []), ...(await visitors.waitingOf(visitor, ids)));
    }
    return found;
  }
}

const Place = z.object({ pk: z.string(), sk: z.string() });

function startAfter(cursor: string, leadId: string): Key {
  const place = Place.safeParse(jsonOf(cursor)).data;
  if (place?.pk === key.lead(leadId).pk) return place;
  throw new RequestError(422, 'invalid-cursor', 'This cursor is not from this export: start without one.', 'cursor');
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

const Identified = z.array(z.looseObject({ leadId: z.string().nullable() }));

const Plain = z.record(z.string(), z.unknown());

/** The item without what only finds it, unpacked; of a shared computer only what this person has to do with it. */
function readable(item: Record<string, unknown>, { ids }: KnownPerson): ExportedItem {
  const { pk, sk, listPk, listSk, dayPk, daySk, byTime, packed, ...own } = item;
  const id = `${pk} ${sk}`;
  if (item.kind === 'lead') return { id, kind: 'lead', ...leadOf(item) };
  if (item.kind !== 'visitor') return { id, ...Plain.parse(JSON.parse(withoutTokens(JSON.stringify(own)))) };
  const theirs = Identified.parse(own.identified).filter(({ leadId }) => leadId !== null && ids.includes(leadId));
  return { id, ...own, identified: theirs };
}
