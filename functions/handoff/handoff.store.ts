import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ActivityCaptured, HandoffChanged, HandoffDue, LeadHandedOff, ScoreDue } from '../leads/bus-event.ts';
import { localDay } from '../leads/calendar.ts';
import { dueItem } from '../leads/due-item.ts';
import type { Lead } from '../leads/lead.ts';
import { leadItem } from '../leads/lead-item.ts';
import { dayKeys, handoffKeys, type Key, key, outboxKeys } from '../leads/table.ts';
import { unlessErased } from '../leads/tombstone.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import { RequestError } from '../runtime/http.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import { queryPages } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Handoff, HandoffStatus, handoffIdOf, isOpen } from './handoff.ts';
import { RepRecord } from './rep-record.ts';
import { Roster, startOfRoster } from './roster.ts';
import type { HandoffChange } from './team.ts';

/** Everything one transaction writes when something happens to a hand-off. */
export interface HandoffWrite {
  /** As it was read; `null` for a new one. */
  readonly before: Handoff | null;
  /** As it is to be; its `ver` is counted on when it is written. */
  readonly after: Handoff;
  /** What is told of it; `null`: it only waits longer. */
  readonly what: HandoffChange | null;
  /**
   * The lead as it was read, when the hand-off begins, ends, or goes to somebody else: written with its owner, and only if nobody has
   * written it since (consent, erasure: I-H2). Left out, the lead must only not be erased.
   */
  readonly lead?: Lead;
  /** Where this changes who has how many leads. */
  readonly roster?: { readonly before: Roster; readonly after: Roster };
  /** What the reps did, their records before and after. */
  readonly records?: readonly { readonly before: RepRecord; readonly after: RepRecord }[];
  /** What goes into the lead's ledger. */
  readonly activity?: z.input<typeof ActivityCaptured.detail>;
  /** Other events to publish exactly when this is written. */
  readonly events?: readonly OutgoingEvent[];
}

/** A place that an erased lead had. */
export interface Freed {
  readonly leadId: string;
  /** When they were erased (ISO). */
  readonly at: string;
  readonly roster: { readonly before: Roster; readonly after: Roster };
}

// An event is told again for two weeks at most.
const freedDays = 30;

export type ChangeOutcome =
  | { readonly outcome: 'written'; readonly handoff: Handoff }
  | { readonly outcome: 'exists' | 'conflict' };

interface HandoffQuery {
  /** Left out: every status, in the order of a hand-off's life. */
  readonly status?: HandoffStatus | undefined;
  readonly rep?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface HandoffStore {
  get(leadId: string, cycle: number): Promise<Handoff | null>;
  roster(): Promise<Roster>;
  /** Of these reps, in this order; who never had a lead has an empty one. */
  records(reps: readonly string[]): Promise<readonly RepRecord[]>;
  /**
   * `exists`: a new one, and this cycle has its hand-off already. `conflict`: hand-off, lead or roster have moved on; read them and
   * decide again.
   */
  change(write: HandoffWrite): Promise<ChangeOutcome>;
  /** The lead who had this place in the roster is erased: once, however often it is told. */
  free(erased: Freed): Promise<'freed' | 'was-free' | 'conflict'>;
  /** Open requests first, then by score. Throws a RequestError on a cursor that no list gave. */
  list(query: HandoffQuery): Promise<{ readonly items: readonly Handoff[]; readonly cursor: string | null }>;
}

/** Hand-offs, the roster and the reps' records in DynamoDB. `timeZone` decides on which local day a hand-off counts. */
export function handoffStore(table: Table, timeZone: string): HandoffStore {
  const { client, name: TableName } = table;
  return { get, roster, records, change, free, list };

  async function get(leadId: string, cycle: number): Promise<Handoff | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: key.handoff(leadId, cycle), ConsistentRead: true }),
    );
    return Item ? Handoff.parse(Item) : null;
  }

  async function roster(): Promise<Roster> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: key.roster(), ConsistentRead: true }));
    return Item ? Roster.parse(Item) : startOfRoster;
  }

  async function records(reps: readonly string[]): Promise<readonly RepRecord[]> {
    const found = (await getAll(table, reps.map(key.repRecord))).map((item) => RepRecord.parse(item));
    return reps.map((rep) => found.find((record) => record.rep === rep) ?? { rep, days: {}, ver: 0 });
  }

  async function change(asked: HandoffWrite): Promise<ChangeOutcome> {
    const write = { ...asked, after: { ...asked.after, ver: (asked.before?.ver ?? 0) + 1 } };
    const written = await writeAll({ client }, toWrites(write, TableName, timeZone));
    if (written.outcome === 'written') return { outcome: 'written', handoff: write.after };
    return { outcome: write.before === null && written.failed.includes(0) ? 'exists' : 'conflict' };
  }

  async function free({ leadId, at, roster: { before, after } }: Freed) {
    const expiresAt = Math.floor(Date.parse(at) / 1000) + freedDays * 86_400;
    const { outcome, ...refused } = await writeAll({ client }, [
      versioned({ ...key.freedPlace(leadId), kind: 'freed', expiresAt, ver: 1 }, 0, TableName),
      versioned({ ...key.roster(), kind: 'roster', ...after }, before.ver, TableName),
    ]);
    if (outcome === 'written') return 'freed' as const;
    return 'failed' in refused && refused.failed.includes(0) ? ('was-free' as const) : ('conflict' as const);
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

function toWrites(write: HandoffWrite, TableName: string, timeZone: string): Write[] {
  const { roster, records = [] } = write;
  return [
    // First: `change` tells a replay from a conflict by its position.
    handoffWrite(write, TableName, timeZone),
    leadWrite(write, TableName),
    ...(roster ? [versioned({ ...key.roster(), kind: 'roster', ...roster.after }, roster.before.ver, TableName)] : []),
    ...records.map(({ before, after }) =>
      versioned({ ...key.repRecord(after.rep), kind: 'rep-record', ...after }, before.ver, TableName),
    ),
    dueWrite(write, TableName),
    ...eventsOf(write).map((event, n) => outboxWrite(write.after, event, n, TableName)),
  ];
}

function handoffWrite({ before, after, lead }: HandoffWrite, TableName: string, timeZone: string): Write {
  const { leadId, cycle, handoffId, status } = after;
  if (before) {
    const fields = Object.entries({ ...after, ...handoffKeys(status, after) });
    return {
      Update: {
        TableName,
        Key: key.handoff(leadId, cycle),
        // Its place among the rows of its day stays as it is.
        UpdateExpression: `SET ${fields.map((_, n) => `#f${n} = :f${n}`).join(', ')}`,
        ConditionExpression: 'ver = :before',
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], n) => [`#f${n}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(fields.map(([, value], n) => [`:f${n}`, value])),
          ':before': before.ver,
        },
      },
    };
  }
  const createdAt = after.history[0]?.at ?? after.qualifiedAt;
  const day = localDay(createdAt, timeZone);
  return {
    Put: {
      TableName,
      Item: {
        ...key.handoff(leadId, cycle),
        ...handoffKeys(status, after),
        ...dayKeys(day, createdAt, handoffId),
        kind: 'handoff',
        day,
        recordedAt: createdAt,
        origin: lead?.origin,
        ...after,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function leadWrite({ after, lead }: HandoffWrite, TableName: string): Write {
  if (!lead) return { ConditionCheck: { TableName, Key: key.lead(after.leadId), ...unlessErased } };
  const { qualification } = lead;
  const isThis = qualification?.cycle === after.cycle;
  const next: Lead = {
    ...lead,
    owner: after.rep,
    ...(isThis && { qualification: { ...qualification, open: isOpen(after) } }),
    ver: lead.ver + 1,
  };
  return {
    Put: {
      TableName,
      Item: leadItem(next),
      ConditionExpression: 'ver = :ver AND kind = :lead',
      ExpressionAttributeValues: { ':ver': lead.ver, ':lead': 'lead' },
    },
  };
}

/** Written only if nobody has written it since it was read; version 0 was not there. */
function versioned(Item: Record<string, unknown>, before: number, TableName: string): Write {
  return {
    Put: {
      TableName,
      Item,
      ...(before === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'ver = :before', ExpressionAttributeValues: { ':before': before } }),
    },
  };
}

function dueWrite({ after }: HandoffWrite, TableName: string): Write {
  const { leadId, cycle, handoffId, dueAt } = after;
  if (dueAt === null || !isOpen(after)) return { Delete: { TableName, Key: key.due('handoff', handoffId) } };
  const event = toEvent(HandoffDue, { leadId, cycle });
  return { Put: { TableName, Item: dueItem('handoff', handoffId, { dueAt, event }) } };
}

function eventsOf({ before, after, what, activity, events = [] }: HandoffWrite): readonly OutgoingEvent[] {
  const { leadId, cycle, ver, rep } = after;
  const at = after.history.at(-1)?.at ?? after.qualifiedAt;
  const isFirst = after.firstAssignedAt !== null && !before?.firstAssignedAt;
  // The score was hot because somebody asked, and sales has answered.
  const isOver = before !== null && isOpen(before) && !isOpen(after);
  return [
    ...(isFirst && rep !== null ? [toEvent(LeadHandedOff, { leadId, cycle, rep, at })] : []),
    ...(what === null ? [] : [toEvent(HandoffChanged, { leadId, cycle, what, ver, at, handoff: { ...after } })]),
    ...(activity ? [toEvent(ActivityCaptured, activity)] : []),
    ...(isOver ? [toEvent(ScoreDue, { leadId })] : []),
    ...events,
  ];
}

function outboxWrite(
  { leadId, cycle, ver, ...after }: Handoff,
  event: OutgoingEvent,
  n: number,
  TableName: string,
): Write {
  const at = after.history.at(-1)?.at ?? after.qualifiedAt;
  const { detailType, detail } = event;
  const place = { ...key.outbox(leadId, `${handoffIdOf('', cycle)}.${ver}`, n), ...outboxKeys(at, leadId) };
  return { Put: { TableName, Item: { ...place, kind: 'outbox', detailType, detail, at } } };
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
