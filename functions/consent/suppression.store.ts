import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LeadSuppressed } from '../leads/bus-event.ts';
import { Lead, SuppressionReason } from '../leads/lead.ts';
import { key, outboxKeys } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { type OutgoingEvent, toEvent } from '../runtime/publish.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { isStronger, revokesConsent } from './consent.ts';

/** We must not e-mail this person. Stored apart from the lead, so that it outlives their erasure. */
const Suppression = z.object({ reason: SuppressionReason, at: z.string() });
type Suppression = z.infer<typeof Suppression>;

interface SuppressionRequest {
  readonly leadId: string;
  readonly reason: SuppressionReason;
  readonly at: string;
  /** Names the cause: the same cause twice is stored once. */
  readonly causeId: string;
  /** What proves it, in words for whoever asks why. */
  readonly evidence: string;
  /** Told to the bus exactly when something has changed, besides `LeadSuppressed`. */
  readonly outbox?: readonly OutgoingEvent[];
}

export interface SuppressionStore {
  get(leadId: string): Promise<Suppression | null>;
  /**
   * Suppression, the lead's own mark, revoked consent, evidence and events, in one transaction. When it resolves nothing more can
   * be claimed for this person. `unchanged`: all of it was there already.
   */
  suppress(request: SuppressionRequest): Promise<'suppressed' | 'unchanged'>;
}

const Known = Lead.pick({ ver: true, consent: true, suppressed: true });
type Known = z.infer<typeof Known>;

/** Suppressions in DynamoDB. */
export function suppressionStore(table: Table): SuppressionStore {
  const { client, name: TableName } = table;
  const read = async (Key: { pk: string; sk: string }) =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  const get = async (leadId: string) => {
    const item = await read(key.suppression(leadId));
    return item ? Suppression.parse(item) : null;
  };

  return { get, suppress };

  async function suppress(request: SuppressionRequest): Promise<'suppressed' | 'unchanged'> {
    // Every round ends it, or somebody else wrote the lead in the meantime.
    for (let round = 1; round <= 50; round++) {
      const before = await get(request.leadId);
      const item = await read(key.lead(request.leadId));
      // An address that has become another lead's: it is that lead who must not be mailed.
      if (item?.kind === 'alias') return suppress({ ...request, leadId: String(item.leadId) });
      const lead = item?.kind === 'lead' ? Known.parse(item) : null;
      const writes = toWrites(TableName, request, before, lead);
      if (writes.length === 0) return 'unchanged';
      const unknown = item ? [] : [unknownCheck(TableName, request.leadId)];
      if ((await writeAll(table, [...writes, ...unknown])).outcome === 'written') return 'suppressed';
    }
    throw new Error('this lead is written to by too many at once: suppress it again');
  }
}

/** Whoever takes the address at this moment is either seen here, or sees the suppression. */
function unknownCheck(TableName: string, leadId: string): Write {
  return {
    ConditionCheck: { TableName, Key: key.lead(leadId), ConditionExpression: 'attribute_not_exists(pk)' },
  };
}

/** What is still missing of a suppression; nothing when it is complete. */
function toWrites(
  TableName: string,
  request: SuppressionRequest,
  before: Suppression | null,
  lead: Known | null,
): readonly Write[] {
  const { leadId, reason, at } = request;
  const stands = before && !isStronger(reason, before.reason) ? before : { reason, at };
  const isNew = stands !== before;
  const revokes = revokesConsent(reason) && lead?.consent.marketing?.status !== 'revoked';
  // Never back to a weaker reason: the lead is read after the suppression, which may have grown stronger in between.
  const changesLead = lead !== null && (revokes || isStronger(stands.reason, lead.suppressed?.reason));
  return [
    ...(isNew ? [suppressionWrite(TableName, request, before)] : []),
    ...(changesLead
      ? [leadWrite(TableName, leadId, lead, strongest(stands, lead.suppressed), revokes ? at : null)]
      : []),
    ...(isNew || changesLead ? recordWrites(TableName, request) : []),
  ];
}

function strongest(stands: Suppression, lead: Suppression | null): Suppression {
  return lead && !isStronger(stands.reason, lead.reason) ? lead : stands;
}

function suppressionWrite(TableName: string, request: SuppressionRequest, before: Suppression | null): Write {
  const { leadId, reason, at, evidence } = request;
  return {
    Put: {
      TableName,
      Item: { ...key.suppression(leadId), kind: 'suppression', leadId, reason, at, evidence },
      ...(before
        ? {
            ConditionExpression: '#reason = :before',
            ExpressionAttributeNames: { '#reason': 'reason' },
            ExpressionAttributeValues: { ':before': before.reason },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}

function leadWrite(
  TableName: string,
  leadId: string,
  { ver }: Known,
  stands: Suppression,
  revokedAt: string | null,
): Write {
  return {
    Update: {
      TableName,
      Key: key.lead(leadId),
      UpdateExpression: `SET suppressed = :suppressed${revokedAt ? ', #consent.#marketing = :revoked' : ''} ADD ver :one`,
      ConditionExpression: 'kind = :lead AND ver = :ver',
      ...(revokedAt && { ExpressionAttributeNames: { '#consent': 'consent', '#marketing': 'marketing' } }),
      ExpressionAttributeValues: {
        ':suppressed': { reason: stands.reason, at: stands.at },
        ':lead': 'lead',
        ':ver': ver,
        ':one': 1,
        ...(revokedAt && { ':revoked': { status: 'revoked', at: revokedAt } }),
      },
    },
  };
}

/** The evidence that consent was taken back, and the events that tell everybody. */
function recordWrites(TableName: string, request: SuppressionRequest): readonly Write[] {
  const { leadId, reason, at, causeId, evidence, outbox = [] } = request;
  const revocation = {
    ...key.consentEvidence(leadId, at, `${causeId}-marketing`),
    kind: 'consent',
    activityId: causeId,
    ...{ at, purpose: 'marketing', status: 'revoked', evidence },
  };
  const events = [toEvent(LeadSuppressed, { leadId, reason, at }), ...outbox];
  const told = events.map(({ detailType, detail }, n) => ({
    ...key.outbox(leadId, `suppress-${causeId}`, n),
    ...outboxKeys(at, leadId),
    kind: 'outbox',
    ...{ detailType, detail, at },
  }));
  return [...(revokesConsent(reason) ? [revocation] : []), ...told].map((Item) => ({ Put: { TableName, Item } }));
}
