import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Activity, Purpose } from '../leads/activity.ts';
import { ConsentStatus, SuppressionReason } from '../leads/lead.ts';
import { leadOf } from '../leads/lead-item.ts';
import { type Key, key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { isLifted, isStronger, type Standing } from './consent.ts';
import { evidenceQuery, outboxWrites } from './consent-rows.ts';
import { StoredSuppression } from './suppression.ts';

const proof = { at: z.string(), activityId: z.string(), evidence: z.string(), wording: z.string().optional() };

/** A row of what proves what we may do: append-only, in the order it was said. */
export const Evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consent'), purpose: Purpose, status: ConsentStatus, ...proof }),
  /** From here on nothing was sent. */
  z.object({ kind: z.literal('suppressed'), reason: SuppressionReason, ...proof }),
  /** Until the person said yes again. */
  z.object({ kind: z.literal('lifted'), reason: SuppressionReason, since: z.string(), ...proof }),
]);
export type Evidence = z.infer<typeof Evidence>;

/** One purpose, as the person themselves has answered by a link that only they have. */
export interface Answer {
  /** The activity that tells of it. */
  readonly activityId: string;
  readonly purpose: Purpose;
  readonly status: 'granted' | 'revoked';
  readonly evidence: string;
  /** SHA-256 of the words they answered to. */
  readonly wording?: string;
}

export interface ConsentChange {
  /** As it was read: the change is decided on it. */
  readonly before: Standing;
  readonly answers: readonly Answer[];
  /** ISO. */
  readonly at: string;
  /** Names what caused all of it: the same cause twice writes the same rows. */
  readonly causeId: string;
  readonly outbox: readonly OutgoingEvent[];
}

export interface ConsentStore {
  /** What stands now, consistent; null for somebody who is not known, or not any more. */
  standing(leadId: string): Promise<Standing | null>;
  /**
   * Consent, its evidence, the unsubscribe that a yes to marketing lifts, and the events, in one transaction. `conflict`: it is no
   * longer as it was read; read and decide again.
   */
  change(change: ConsentChange): Promise<'changed' | 'conflict'>;
  /** Every row of evidence of a lead, oldest first, consistent. */
  evidence(leadId: string): Promise<readonly Evidence[]>;
  /** One activity of the lead's ledger, consistent. */
  activity(leadId: string, activityId: string): Promise<Activity | null>;
}

export function consentStore(table: Table): ConsentStore {
  const { client, name: TableName } = table;
  const read = async (Key: Key) =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item ?? null;

  return {
    standing,
    async change(change) {
      const { outcome } = await writeAll(table, toWrites(TableName, change));
      return outcome === 'written' ? 'changed' : 'conflict';
    },
    async evidence(leadId) {
      return (await queryAll(table, evidenceQuery(leadId))).map((row) => Evidence.parse(row));
    },
    async activity(leadId, activityId) {
      const item = await read(key.activity(leadId, activityId));
      return item && Activity.parse(item);
    },
  };

  async function standing(leadId: string): Promise<Standing | null> {
    const item = await read(key.lead(leadId));
    if (item?.kind === 'alias') return standing(String(item.leadId));
    if (item?.kind !== 'lead') return null;
    // After the lead: whoever suppresses them in between writes the lead too, and the change is refused.
    const stored = await read(key.suppression(leadId));
    const { email, ver, consent, suppressed } = leadOf(item);
    return {
      leadId,
      email,
      ver,
      consent,
      suppression: strongest(stored && StoredSuppression.parse(stored), suppressed),
    };
  }
}

function strongest(stored: StoredSuppression | null, lead: StoredSuppression | null): StoredSuppression | null {
  return lead && isStronger(lead.reason, stored?.reason) ? lead : stored;
}

function toWrites(TableName: string, { before, answers, at, causeId, outbox }: ConsentChange): readonly Write[] {
  const { leadId, suppression } = before;
  const saysYes = answers.some(({ purpose, status }) => purpose === 'marketing' && status === 'granted');
  const lifted = saysYes && isLifted(suppression) ? suppression : null;
  const evidence = answers.map((answer) => ({
    ...key.consentEvidence(leadId, at, `${answer.activityId}-${answer.purpose}`),
    ...{ kind: 'consent', at, ...answer },
  }));
  return [
    leadWrite(TableName, before, answers, at, lifted !== null),
    ...(lifted ? liftWrites(TableName, leadId, lifted, { at, causeId }) : []),
    ...evidence.map((Item) => ({ Put: { TableName, Item } })),
    ...outboxWrites(TableName, { leadId, at, id: causeId }, outbox),
  ];
}

function leadWrite(
  TableName: string,
  { leadId, ver, consent }: Standing,
  answers: readonly Answer[],
  at: string,
  lifts: boolean,
): Write {
  const answered = answers.map(({ purpose, status }) => [
    purpose,
    { status, at, ...(status === 'granted' && { confirmedAt: at }) },
  ]);
  return {
    Update: {
      TableName,
      Key: key.lead(leadId),
      UpdateExpression: `SET #consent = :consent${lifts ? ', suppressed = :nothing' : ''} ADD ver :one`,
      ConditionExpression: 'kind = :lead AND ver = :ver',
      ExpressionAttributeNames: { '#consent': 'consent' },
      ExpressionAttributeValues: {
        ':consent': { ...consent, ...Object.fromEntries(answered) },
        ...{ ':lead': 'lead', ':ver': ver, ':one': 1 },
        ...(lifts && { ':nothing': null }),
      },
    },
  };
}

/** The suppression goes, exactly as it was read: a no that came in between stays. That it stood is not forgotten. */
function liftWrites(
  TableName: string,
  leadId: string,
  { reason, at: since, lastAt }: StoredSuppression,
  { at, causeId }: Pick<ConsentChange, 'at' | 'causeId'>,
): readonly Write[] {
  const history = {
    ...key.consentEvidence(leadId, at, `${causeId}-lifted`),
    ...{ kind: 'lifted', reason, since, activityId: causeId, at, evidence: 'they said yes again' },
  };
  const asRead = lastAt ? 'lastAt = :lastAt' : 'attribute_not_exists(lastAt)';
  return [
    {
      Delete: {
        TableName,
        Key: key.suppression(leadId),
        ConditionExpression: `attribute_not_exists(pk) OR (#reason = :reason AND #at = :since AND ${asRead})`,
        ExpressionAttributeNames: { '#reason': 'reason', '#at': 'at' },
        ExpressionAttributeValues: { ':reason': reason, ':since': since, ...(lastAt && { ':lastAt': lastAt }) },
      },
    },
    { Put: { TableName, Item: history } },
  ];
}
