import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { LeadSuppressed } from '../leads/bus-event.ts';
import { Lead } from '../leads/lead.ts';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { toEvent } from '../runtime/publish.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import { isStronger, revokesConsent } from './consent.ts';
import { evidenceQuery, outboxWrites } from './consent-rows.ts';
import { lastNoAt, StoredSuppression, Suppression, type SuppressionRequest } from './suppression.ts';

export interface SuppressionStore {
  get(leadId: string): Promise<Suppression | null>;
  /**
   * Suppression, the lead's own mark, revoked consent, evidence and events, in one transaction. When it resolves nothing more can
   * be claimed for this person. `unchanged`: all of it was there already, or the person has said yes since (I-C2).
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

  const stored = async (leadId: string) => {
    const item = await read(key.suppression(leadId));
    return item ? StoredSuppression.parse(item) : null;
  };

  return {
    async get(leadId) {
      const found = await stored(leadId);
      return found && Suppression.parse(found);
    },
    suppress,
  };

  async function suppress(request: SuppressionRequest): Promise<'suppressed' | 'unchanged'> {
    // Every round ends it, or somebody else wrote the lead in the meantime.
    for (let round = 1; round <= 50; round++) {
      const before = await stored(request.leadId);
      const item = await read(key.lead(request.leadId));
      // An address that has become another lead's: it is that lead who must not be mailed.
      if (item?.kind === 'alias') return suppress({ ...request, leadId: String(item.leadId) });
      const lead = item?.kind === 'lead' ? Known.parse(item) : null;
      const answered = await isAnswered(request, lead);
      if (answered && request.reason === 'unsubscribe') return 'unchanged';
      const { news, repeated } = toWrites(TableName, request, { before, lead, answered });
      if (news.length + repeated.length === 0) return 'unchanged';
      const unknown = item ? [] : [unknownCheck(TableName, request.leadId)];
      const { outcome } = await writeAll(table, [...news, ...repeated, ...unknown]);
      if (outcome === 'written') return news.length > 0 ? 'suppressed' : 'unchanged';
    }
    throw new Error('this lead is written to by too many at once: suppress it again');
  }

  /** Has the person said yes since this? A file that is imported again tells the same once more. */
  async function isAnswered(request: SuppressionRequest, lead: Known | null): Promise<boolean> {
    const confirmedAt = lead?.consent.marketing?.confirmedAt;
    if (request.isLive || confirmedAt === undefined) return false;
    if (request.at <= confirmedAt) return true;
    const rows = await queryAll(table, evidenceQuery(request.leadId));
    return rows.some(({ activityId }) => activityId === request.causeId);
  }
}

/** Whoever takes the address at this moment is either seen here, or sees the suppression. */
function unknownCheck(TableName: string, leadId: string): Write {
  return {
    ConditionCheck: { TableName, Key: key.lead(leadId), ConditionExpression: 'attribute_not_exists(pk)' },
  };
}

interface SuppressionWrites {
  /** What is still missing of the suppression; nothing when it is complete. */
  readonly news: readonly Write[];
  /** They have said no once more: nothing new, but it counts against a yes that was asked for in between. */
  readonly repeated: readonly Write[];
}

interface Found {
  readonly before: StoredSuppression | null;
  readonly lead: Known | null;
  /** They have said yes since: a complaint from before still stops all mail, but takes back nothing that they permit now. */
  readonly answered: boolean;
}

function toWrites(
  TableName: string,
  request: SuppressionRequest,
  { before, lead, answered }: Found,
): SuppressionWrites {
  const { leadId, reason, at } = request;
  const stands = before && !isStronger(reason, before.reason) ? before : { reason, at };
  const isNew = stands !== before;
  const revokes = !answered && revokesConsent(reason) && lead?.consent.marketing?.status !== 'revoked';
  // Never back to a weaker reason: the lead is read after the suppression, which may have grown stronger in between.
  const changesLead = lead !== null && (revokes || isStronger(stands.reason, lead.suppressed?.reason));
  const repeats = before?.reason === 'unsubscribe' && reason === 'unsubscribe' && at > lastNoAt(before);
  return {
    news: [
      ...(isNew ? [suppressionWrite(TableName, request, before)] : []),
      // Lifted between the two reads: then it has to be made again.
      ...(changesLead && !isNew && !repeats ? [standsCheck(TableName, leadId, stands)] : []),
      ...(changesLead
        ? [leadWrite(TableName, leadId, lead, strongest(stands, lead.suppressed), revokes ? at : null)]
        : []),
      ...(isNew || changesLead ? recordWrites(TableName, request, { isNew, revokes }) : []),
    ],
    repeated: repeats ? [repeatWrite(TableName, leadId, at)] : [],
  };
}

function standsCheck(TableName: string, leadId: string, { reason }: Suppression): Write {
  return {
    ConditionCheck: {
      TableName,
      Key: key.suppression(leadId),
      ConditionExpression: '#reason = :reason',
      ExpressionAttributeNames: { '#reason': 'reason' },
      ExpressionAttributeValues: { ':reason': reason },
    },
  };
}

function repeatWrite(TableName: string, leadId: string, at: string): Write {
  return {
    Update: {
      TableName,
      Key: key.suppression(leadId),
      UpdateExpression: 'SET lastAt = :at',
      ConditionExpression: '#reason = :unsubscribe AND (attribute_not_exists(lastAt) OR lastAt < :at)',
      ExpressionAttributeNames: { '#reason': 'reason' },
      ExpressionAttributeValues: { ':at': at, ':unsubscribe': 'unsubscribe' },
    },
  };
}

function strongest(stands: Suppression, lead: Suppression | null): Suppression {
  return lead && !isStronger(stands.reason, lead.reason) ? lead : stands;
}

function suppressionWrite(TableName: string, request: SuppressionRequest, before: Suppression | null): Write {
  const { leadId, reason, at, evidence } = request;
  return {
    Put: {
      TableName,
      Item: { ...key.suppression(leadId), kind: 'suppression', leadId, reason, at, lastAt: at, evidence },
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

/** The evidence: why nothing is sent, that consent was taken back; and the events that tell everybody. */
function recordWrites(
  TableName: string,
  request: SuppressionRequest,
  { isNew, revokes }: { readonly isNew: boolean; readonly revokes: boolean },
): readonly Write[] {
  const { leadId, reason, at, causeId, evidence, wording, outbox = [] } = request;
  const proof = { activityId: causeId, at, evidence, ...(wording && { wording }) };
  const suppressed = {
    ...key.consentEvidence(leadId, at, `${causeId}-suppressed`),
    ...{ kind: 'suppressed', reason, ...proof },
  };
  const revocation = {
    ...key.consentEvidence(leadId, at, `${causeId}-marketing`),
    ...{ kind: 'consent', purpose: 'marketing', status: 'revoked', ...proof },
  };
  return [
    ...(isNew ? [{ Put: { TableName, Item: suppressed } }] : []),
    ...(revokes ? [{ Put: { TableName, Item: revocation } }] : []),
    ...outboxWrites(TableName, { leadId, at, id: `suppress-${causeId}` }, [
      toEvent(LeadSuppressed, { leadId, reason, at }),
      ...outbox,
    ]),
  ];
}
