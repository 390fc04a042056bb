import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Lead } from '../leads/lead.ts';
import { leadOf } from '../leads/lead-item.ts';
import { audienceKeys, audiencePartitions, type Key, key } from '../leads/table.ts';
import { unlessErased } from '../leads/tombstone.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import { queryAll, queryPages } from '../runtime/query-all.ts';
import { writeAll } from '../runtime/transaction.ts';
import { AudienceMember } from './audience.ts';

/** A member with what decides whether they may be shown advertisements, all of it as it is stored now. */
export interface Candidate {
  readonly member: AudienceMember;
  /** `null`: erased, or gone. */
  readonly lead: Lead | null;
  readonly isSuppressed: boolean;
}

/** How many leads of a variant are in the audience, ever were, and have done what it is for. */
export interface AudienceCounts {
  readonly members: number;
  readonly ever: number;
  readonly converted: number;
}

interface Wanted {
  readonly variant?: string | undefined;
  /** So many members are looked at. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface AudienceStore {
  /** Every audience the lead is or was in, consistent. */
  of(leadId: string): Promise<readonly AudienceMember[]>;
  /** `refused`: somebody else wrote it in the meantime, or the lead is erased. */
  save(member: AudienceMember): Promise<'saved' | 'refused'>;
  /** From the index, which follows within about a second. */
  counts(audience: string, variant: string): Promise<AudienceCounts>;
  /** Who is in it, in no order that means anything. @throws RequestError on a cursor that no page of this audience gave. */
  page(audience: string, wanted: Wanted): Promise<{ items: readonly Candidate[]; cursor: string | null }>;
}

/** Audiences in DynamoDB. */
export function audienceStore(table: Table): AudienceStore {
  const { client, name: TableName } = table;
  return { of, save, counts, page };

  async function of(leadId: string): Promise<readonly AudienceMember[]> {
    const { pk, sk } = key.audienceMember(leadId, '');
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ConsistentRead: true,
    });
    return items.map((item) => AudienceMember.parse(item));
  }

  async function save(member: AudienceMember): Promise<'saved' | 'refused'> {
    const { leadId, audience, ver } = member;
    const Item = {
      ...key.audienceMember(leadId, audience),
      ...audienceKeys(member),
      kind: 'audience-member',
      ...member,
    };
    const { outcome } = await writeAll(table, [
      { ConditionCheck: { TableName, Key: key.lead(leadId), ...unlessErased } },
      {
        Put: {
          TableName,
          Item,
          ConditionExpression: ver === 1 ? 'attribute_not_exists(pk)' : 'ver = :ver',
          ...(ver > 1 && { ExpressionAttributeValues: { ':ver': ver - 1 } }),
        },
      },
    ]);
    return outcome === 'written' ? 'saved' : 'refused';
  }

  async function counts(audience: string, variant: string): Promise<AudienceCounts> {
    const [open, converted, leftOpen, leftConverted] = await Promise.all(
      [`in#${variant}#open`, `in#${variant}#converted`, `out#${variant}#open`, `out#${variant}#converted`].map(
        (place) => count(audience, `${place}#`),
      ),
    );
    const members = (open ?? 0) + (converted ?? 0);
    const haveConverted = (converted ?? 0) + (leftConverted ?? 0);
    return { members, ever: members + (leftOpen ?? 0) + (leftConverted ?? 0), converted: haveConverted };
  }

  async function count(audience: string, prefix: string): Promise<number> {
    const perShard = await Promise.all(
      audiencePartitions(audience).map(async (list) => {
        let total = 0;
        let start: Record<string, unknown> | undefined;
        do {
          const { Count = 0, LastEvaluatedKey } = await client.send(
            new QueryCommand({ TableName, ...within(list, prefix), Select: 'COUNT', ExclusiveStartKey: start }),
          );
          total += Count;
          start = LastEvaluatedKey;
        } while (start);
        return total;
      }),
    );
    return perShard.reduce((sum, one) => sum + one, 0);
  }

  async function page(audience: string, { variant, limit, cursor }: Wanted) {
    const keys: Place[] = [];
    const after = cursor === undefined ? null : startAfter(cursor, audience);
    // One more than the page, to know whether there is a next one.
    for await (const found of each(audience, variant, after)) if (keys.push(found) > limit) break;
    const last = keys[limit - 1];
    return {
      items: await candidates(audience, keys.slice(0, limit)),
      cursor: last && keys.length > limit ? Buffer.from(JSON.stringify(last)).toString('base64url') : null,
    };
  }

  async function* each(audience: string, variant: string | undefined, after: Place | null): AsyncGenerator<Place> {
    const lists = audiencePartitions(audience);
    const prefix = variant === undefined ? 'in#' : `in#${variant}#`;
    for (const list of lists.slice(after ? lists.indexOf(after.listPk) : 0)) {
      const start = list === after?.listPk ? { ExclusiveStartKey: { ...after } } : {};
      for await (const items of queryPages(table, { ...within(list, prefix), Limit: 1000, ...start }))
        yield* items.map((item) => Place.parse(item));
    }
  }

  async function candidates(audience: string, places: readonly Place[]): Promise<readonly Candidate[]> {
    const ids = places.map(({ pk }) => pk.slice(key.lead('').pk.length));
    const found: Candidate[] = [];
    for (let first = 0; first < ids.length; first += leadsAtOnce)
      found.push(...(await asStored(audience, ids.slice(first, first + leadsAtOnce))));
    return found;
  }

  async function asStored(audience: string, ids: readonly string[]): Promise<readonly Candidate[]> {
    const [members, leads, suppressions] = await Promise.all([
      byKey(ids.map((id) => key.audienceMember(id, audience))),
      byKey(ids.map(key.lead)),
      byKey(ids.map(key.suppression)),
    ]);
    return ids.flatMap((id) => {
      const member = AudienceMember.safeParse(members.get(key.audienceMember(id, audience).pk)).data;
      // The index may still hold who has just left.
      if (!member || member.leftAt !== null) return [];
      const lead = leads.get(key.lead(id).pk);
      const isSuppressed = suppressions.has(key.suppression(id).pk);
      return [{ member, lead: lead?.kind === 'lead' ? leadOf(lead) : null, isSuppressed }];
    });
  }

  async function byKey(keys: readonly Key[]): Promise<ReadonlyMap<string, Record<string, unknown>>> {
    return new Map((await getAll(table, keys)).map((item) => [String(item.pk), item]));
  }
}

/** Leads are a few kilobytes each: so many are in memory while they are looked at. */
const leadsAtOnce = 500;

function within(list: string, prefix: string) {
  return {
    IndexName: 'byList',
    KeyConditionExpression: 'listPk = :list AND begins_with(listSk, :prefix)',
    ExpressionAttributeValues: { ':list': list, ':prefix': prefix },
  };
}

const Place = z.object({ pk: z.string(), sk: z.string(), listPk: z.string(), listSk: z.string() });
type Place = z.infer<typeof Place>;

function startAfter(cursor: string, audience: string): Place {
  const place = Place.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString())).data;
  if (place && audiencePartitions(audience).includes(place.listPk)) return place;
  throw new RequestError(400, 'bad-cursor', 'This cursor is not from this audience: start without one.', 'cursor');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
