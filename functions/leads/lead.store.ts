import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../runtime/dynamodb.ts';
import { getAll } from '../runtime/get-all.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { Activity, type CapturedActivity } from './activity.ts';
import { localDay } from './calendar.ts';
import { Lead, type Milestone, type Rating } from './lead.ts';
import { dayKeys, key, outboxKeys, ratingKeys } from './table.ts';

/** Everything one transaction writes when activities of one lead are recorded. */
export interface LeadChange {
  /** The state to store; its `ver` is one more than the state it was made from. */
  readonly lead: Lead;
  readonly recorded: readonly Activity[];
  readonly milestones: readonly Milestone[];
  readonly evidence: readonly CapturedActivity[];
  readonly outbox: readonly OutgoingEvent[];
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
  get(leadId: string): Promise<Lead | null>;
  save(change: LeadChange): Promise<SaveOutcome>;
  /** The lead's ledger, oldest first, consistent. */
  history(leadId: string, until?: string): Promise<readonly Activity[]>;
  list(rating: Rating, limit: number, cursor?: string): Promise<Page<Lead>>;
}

/** Leads and their ledger in DynamoDB. `timeZone` decides on which local day an activity counts. */
export function leadStore(table: Table, timeZone: string): LeadStore {
  const { client, name } = table;
  return { get, save, history, list };

  async function get(leadId: string): Promise<Lead | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: key.lead(leadId), ConsistentRead: true }),
    );
    return Item ? Lead.parse(Item) : null;
  }

  async function save(change: LeadChange): Promise<SaveOutcome> {
    const answer = await writeAll({ client }, toWrites(change, name, timeZone));
    if (answer.outcome === 'written') return { outcome: 'saved' };
    const taken = change.recorded.filter((_, index) => answer.failed.includes(index));
    return taken.length === 0
      ? { outcome: 'conflict' }
      : { outcome: 'duplicates', activityIds: taken.map(({ activityId }) => activityId) };
  }

  async function history(leadId: string, until?: string): Promise<readonly Activity[]> {
    const items = await queryAll(table, {
      IndexName: 'byTime',
      KeyConditionExpression: until ? 'pk = :pk AND byTime <= :until' : 'pk = :pk',
      // '~' sorts after every character of an id: activities of that very instant are included.
      ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ...(until && { ':until': `${until}#~` }) },
      ConsistentRead: true,
    });
    return items.map((item) => Activity.parse(item));
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
      items: items.map((item) => Lead.parse(item)),
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

function toWrites(
  { lead, recorded, milestones, evidence, outbox }: LeadChange,
  TableName: string,
  timeZone: string,
): readonly Write[] {
  const { leadId } = lead;
  const absent = 'attribute_not_exists(pk)';
  const put = (Item: Record<string, unknown>, condition?: string): Write => ({
    Put: { TableName, Item, ...(condition && { ConditionExpression: condition }) },
  });
  const first = recorded[0];
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
    ...outbox.map(({ detailType, detail }, n) =>
      put({
        ...key.outbox(leadId, first?.activityId ?? 'none', n),
        ...outboxKeys(first?.recordedAt ?? '', leadId),
        kind: 'outbox',
        detailType,
        detail,
        at: first?.recordedAt,
      }),
    ),
  ];
}

/** The lead as one item, with its place in the list of its rating. */
export function leadItem(lead: Lead): Record<string, unknown> {
  return { ...key.lead(lead.leadId), ...ratingKeys(lead.rating, lead.score.total, lead.leadId), kind: 'lead', ...lead };
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
