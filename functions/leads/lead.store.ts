import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Activity, type CapturedActivity } from './activity.ts';
import { ScoreDue } from './bus-event.ts';
import { localDay } from './calendar.ts';
import type { Lead, Milestone, Rating } from './lead.ts';
import { leadItem, leadOf } from './lead-item.ts';
import type { Review } from './review.ts';
import { activeModelShards, dayKeys, dueKeys, key, outboxKeys, reviewKeys, shardOf } from './table.ts';

/** Who holds a scope of a rule that pays more than once: the earliest of all activities that earn it (requirements §2.4). */
export const Holder = z.object({ activityId: z.string(), occurredAt: z.string() });
export type Holder = z.infer<typeof Holder>;

/** Holders by `<rule>#<scope key>`; `null` where nobody holds it any more. */
export type Holders = Readonly<Record<string, Holder | null>>;

/** What a person said about themselves in one activity: kept beside the ledger, whose rows name nobody. */
export const Statement = z.object({
  activityId: z.string(),
  occurredAt: z.string(),
  attributes: z.record(z.string(), z.json()),
});
export type Statement = z.infer<typeof Statement>;

/** Everything one transaction writes when activities of one lead are recorded, or the lead is settled anew. */
export interface LeadChange {
  /** The state to store; its `ver` is one more than the state it was made from. */
  readonly lead: Lead;
  readonly recorded: readonly Activity[];
  /** Rows that stand in the ledger already and are judged otherwise now. */
  readonly rejudged: readonly Activity[];
  readonly milestones: readonly Milestone[];
  /** Of the model of the lead's `modelVersion`. */
  readonly holders: Holders;
  readonly evidence: readonly CapturedActivity[];
  readonly statements: readonly Statement[];
  /** When to knock next because the score changes by itself; `null` takes the knock back; left out: as it is. */
  readonly dueAt?: string | null;
  readonly outbox: readonly OutgoingEvent[];
  /** The crossing that a change of the playbook has caused, for a person to look at; nobody is told of it (T4). `null` takes it back. */
  readonly review?: Review | null;
  /** The lead comes from another model: stored only while its new one is the active one, so that a late job turns no lead back (I-S5). */
  readonly isMoved?: boolean;
}

/**
 * `saved`; or `duplicates`: those ids are in the ledger already, take them out and decide again; or `conflict`: somebody else wrote
 * the lead in the meantime, read it and decide again.
 */
export type SaveOutcome =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'duplicates'; readonly activityIds: readonly string[] }
  | { readonly outcome: 'conflict' };

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | null;
}

export interface LeadStore {
  /** The lead, consistent. An id whose address has become another lead's finds that one: its `leadId` tells. */
  get(leadId: string): Promise<Lead | null>;
  /** As `get`, telling somebody who is erased from somebody nobody knows. */
  known(leadId: string): Promise<Lead | 'erased' | null>;
  save(change: LeadChange): Promise<SaveOutcome>;
  /** The lead's ledger, oldest first, consistent. `until` (ISO) is included. */
  history(leadId: string, until?: string): Promise<readonly Activity[]>;
  /** The part of the ledger from one instant to another (ISO, both included), oldest first, consistent. */
  between(leadId: string, from: string, until: string): Promise<readonly Activity[]>;
  /** Who holds these scopes under the model; names that nobody holds are left out. Consistent. */
  holders(leadId: string, modelVersion: string, names: readonly string[]): Promise<Holders>;
  /** What the person has said about themselves, in no order. */
  statements(leadId: string): Promise<readonly Statement[]>;
  /** By rating, highest bucket of scores first; each lead read consistently, the order as the index has it. */
  list(rating: Rating, limit: number, cursor?: string): Promise<Page<Lead>>;
}

/** Leads and their ledger in DynamoDB. `timeZone` decides on which local day an activity counts. */
export function leadStore(table: Table, timeZone: string): LeadStore {
  const { client, name } = table;
  return {
    get,
    known,
    save,
    history: (leadId, until) => ledger(leadId, '', until ?? '~'),
    between: ledger,
    holders,
    statements,
    list,
  };

  async function get(leadId: string): Promise<Lead | null> {
    const found = await known(leadId);
    return found === 'erased' ? null : found;
  }

  async function known(leadId: string): Promise<Lead | 'erased' | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: key.lead(leadId), ConsistentRead: true }),
    );
    if (Item?.kind === 'alias') return known(String(Item.leadId));
    if (Item?.kind === 'erased') return 'erased';
    return Item?.kind === 'lead' ? leadOf(Item) : null;
  }

  async function save(change: LeadChange): Promise<SaveOutcome> {
    const answer = await writeAll({ client }, toWrites(change, name, timeZone));
    if (answer.outcome === 'written') return { outcome: 'saved' };
    const taken = change.recorded.filter((_, index) => answer.failed.includes(index));
    return taken.length === 0
      ? { outcome: 'conflict' }
      : { outcome: 'duplicates', activityIds: taken.map(({ activityId }) => activityId) };
  }

  async function ledger(leadId: string, from: string, until: string): Promise<readonly Activity[]> {
    const items = await queryAll(table, {
      IndexName: 'byTime',
      KeyConditionExpression: 'pk = :pk AND byTime BETWEEN :from AND :until',
      // '~' sorts after every character of an id: activities of that very instant are included.
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':from': from || ' ', ':until': `${until}#~` },
      ConsistentRead: true,
    });
    return items.map((item) => Activity.parse(item));
  }

  async function holders(leadId: string, modelVersion: string, names: readonly string[]): Promise<Holders> {
    const keys = [...new Set(names)].map((each) => key.holder(leadId, modelVersion, each));
    const start = key.holder(leadId, modelVersion, '').sk.length;
    const items = await getAll(table, keys);
    return Object.fromEntries(items.map((item) => [String(item.sk).slice(start), Holder.parse(item)]));
  }

  async function statements(leadId: string): Promise<readonly Statement[]> {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :statement)',
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':statement': key.statement(leadId, '').sk },
      ConsistentRead: true,
    });
    return items.map((item) => Statement.parse(item));
  }

  async function list(rating: Rating, limit: number, cursor?: string): Promise<Page<Lead>> {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'byList',
        KeyConditionExpression: 'listPk = :list',
        ExpressionAttributeValues: { ':list': `RATING#${rating}` },
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey: cursor === undefined ? undefined : startAfter(cursor),
      }),
    );
    // The index holds keys only, so that an activity does not pay for it; and a lead read by key is never an old one.
    const items = await getAll(
      { client, name },
      Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    return {
      // The index may still hold who has just been erased.
      items: items.filter(({ kind }) => kind === 'lead').map(leadOf),
      cursor: LastEvaluatedKey ? cursorOf(LastEvaluatedKey) : null,
    };
  }
}

function cursorOf({ pk, sk, listPk, listSk }: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify([pk, sk, listPk, listSk])).toString('base64url');
}

/** @throws SyntaxError when the cursor was not made by `cursorOf`. */
function startAfter(cursor: string): Record<string, unknown> {
  const [pk, sk, listPk, listSk] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  return { pk, sk, listPk, listSk };
}

/** How many writes a change takes at most: a transaction has room for a hundred. */
export function writesOf({
  recorded,
  rejudged,
  milestones,
  holders,
  evidence,
  statements,
  outbox,
}: LeadChange): number {
  const consents = evidence.reduce((sum, { consents }) => sum + consents.length, 0);
  const rows = recorded.length + rejudged.length + milestones.length + statements.length + outbox.length + consents;
  // Besides: the lead, the active model, the suppression, the due item, the review.
  return rows + Object.keys(holders).length + 5;
}

function toWrites(change: LeadChange, TableName: string, timeZone: string): readonly Write[] {
  const { lead, recorded, rejudged, milestones, evidence, statements, outbox } = change;
  const { leadId } = lead;
  const absent = 'attribute_not_exists(pk)';
  const put = (Item: Record<string, unknown>, condition?: string): Write => ({
    Put: { TableName, Item, ...(condition && { ConditionExpression: condition }) },
  });
  const at = recorded[0]?.recordedAt ?? lead.score.asOf;
  return [
    // The ledger rows come first: `save` finds duplicates by their position.
    ...recorded.map((activity) => put(activityItem(leadId, activity, timeZone), absent)),
    {
      Put: {
        TableName,
        Item: leadItem(lead),
        ConditionExpression: lead.ver === 1 ? absent : 'ver = :ver AND kind = :lead',
        ...(lead.ver > 1 && { ExpressionAttributeValues: { ':ver': lead.ver - 1, ':lead': 'lead' } }),
      },
    },
    // A new lead is scored with the model that is active now, or else the change of models would pass it by (I-S5).
    ...(lead.ver === 1 || change.isMoved ? [isActive(lead, TableName)] : []),
    // And is as suppressed as they were before they were a lead, or else a no that comes at this moment would pass them by (I-C1).
    ...(lead.ver === 1 ? [isSuppressedAsRead(lead, TableName)] : []),
    ...rejudged.map((activity) => rejudgement(leadId, activity, TableName)),
    ...holderWrites(change, TableName),
    ...milestones.map((milestone) => put(milestoneItem(lead, milestone, recorded, timeZone))),
    ...evidence.flatMap(({ activityId, occurredAt, consents }) =>
      consents.map((consent) =>
        put({
          ...key.consentEvidence(leadId, occurredAt, `${activityId}-${consent.purpose}`),
          kind: 'consent',
          activityId,
          at: occurredAt,
          ...consent,
        }),
      ),
    ),
    ...statements.map((statement) =>
      put({ ...key.statement(leadId, statement.activityId), kind: 'statement', ...statement }),
    ),
    ...dueWrites(change, TableName),
    ...reviewWrites(change, TableName),
    ...outbox.map(({ detailType, detail }, n) =>
      put({
        ...key.outbox(leadId, recorded[0]?.activityId ?? `ver-${lead.ver}`, n),
        ...outboxKeys(at, leadId),
        kind: 'outbox',
        detailType,
        detail,
        at,
      }),
    ),
  ];
}

function isActive({ leadId, modelVersion }: Lead, TableName: string): Write {
  return {
    ConditionCheck: {
      TableName,
      Key: key.activeModel(shardOf(leadId, activeModelShards)),
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': modelVersion },
    },
  };
}

function isSuppressedAsRead({ leadId, suppressed }: Lead, TableName: string): Write {
  return {
    ConditionCheck: {
      TableName,
      Key: key.suppression(leadId),
      ...(suppressed
        ? {
            ConditionExpression: '#reason = :reason',
            ExpressionAttributeNames: { '#reason': 'reason' },
            ExpressionAttributeValues: { ':reason': suppressed.reason },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}

function rejudgement(leadId: string, { activityId, verdict }: Activity, TableName: string): Write {
  return {
    Update: {
      TableName,
      Key: key.activity(leadId, activityId),
      UpdateExpression: 'SET verdict = :verdict',
      ExpressionAttributeValues: { ':verdict': verdict },
    },
  };
}

function holderWrites({ lead: { leadId, modelVersion }, holders }: LeadChange, TableName: string): readonly Write[] {
  return Object.entries(holders).map(([name, holder]) => {
    const Key = key.holder(leadId, modelVersion, name);
    return holder
      ? { Put: { TableName, Item: { ...Key, kind: 'holder', ...holder } } }
      : { Delete: { TableName, Key } };
  });
}

/** When to look again: one knock per lead, moved to the earliest instant at which anything changes. */
function dueWrites({ lead: { leadId }, dueAt }: LeadChange, TableName: string): readonly Write[] {
  if (dueAt === undefined) return [];
  const Key = key.due('score', leadId);
  if (dueAt === null) return [{ Delete: { TableName, Key } }];
  const { detailType } = ScoreDue;
  const thing = { due: 'score', subject: leadId, dueAt, detailType, detail: { leadId } };
  return [{ Put: { TableName, Item: { ...Key, ...dueKeys(dueAt, 'score', leadId), kind: 'due', ...thing } } }];
}

function reviewWrites({ lead: { leadId }, review }: LeadChange, TableName: string): readonly Write[] {
  if (review === undefined) return [];
  const Key = key.review(leadId);
  if (review === null) return [{ Delete: { TableName, Key } }];
  const list = review.decided === null ? reviewKeys(review.at, leadId) : {};
  return [{ Put: { TableName, Item: { ...Key, ...list, kind: 'review', ...review } } }];
}

function activityItem(leadId: string, activity: Activity, timeZone: string): Record<string, unknown> {
  const day = localDay(activity.occurredAt, timeZone);
  return {
    ...key.activity(leadId, activity.activityId),
    ...dayKeys(day, activity.recordedAt, activity.activityId),
    kind: 'activity',
    leadId,
    day,
    byTime: `${activity.occurredAt}#${activity.activityId}`,
    ...activity,
  };
}

function milestoneItem(
  lead: Lead,
  milestone: Milestone,
  recorded: readonly Activity[],
  timeZone: string,
): Record<string, unknown> {
  const at = lead.milestones[milestone];
  const day = localDay(at?.occurredAt ?? lead.createdAt, timeZone);
  const recordedAt = recorded[0]?.recordedAt ?? lead.score.asOf;
  return {
    ...key.milestone(lead.leadId, milestone),
    ...dayKeys(day, recordedAt, `${lead.leadId}#${milestone}`),
    kind: 'milestone',
    leadId: lead.leadId,
    milestone,
    // Somebody who permits no contact is stored and not counted (A2).
    counted: lead.milestones.lead !== undefined,
    day,
    recordedAt,
    origin: lead.origin,
    ...at,
  };
}
