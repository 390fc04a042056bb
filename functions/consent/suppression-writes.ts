import type * as z from 'zod';
import { LeadSuppressed } from '../leads/bus-event.ts';
import { Lead } from '../leads/lead.ts';
import { key } from '../leads/table.ts';
import { toEvent } from '../runtime/publish.ts';
import type { Write } from '../runtime/transaction.ts';
import { isStronger, revokesConsent } from './consent.ts';
import { outboxWrites } from './consent-rows.ts';
import { lastNoAt, type StoredSuppression, type Suppression, type SuppressionRequest } from './suppression.ts';

/** What a suppression needs to know of a lead. */
export const Known = Lead.pick({ ver: true, consent: true, suppressed: true });
export type Known = z.infer<typeof Known>;

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

/** What a suppression still writes, decided on what was found. Every write holds only while that is so. */
export function suppressionWrites(
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
  const saidAt = before ? repeatedAt(request, before) : null;
  return {
    news: [
      ...(isNew ? [suppressionWrite(TableName, request, before)] : []),
      // Lifted between the two reads: then it has to be made again.
      ...(changesLead && !isNew && saidAt === null ? [standsCheck(TableName, leadId, stands)] : []),
      ...(changesLead
        ? [leadWrite(TableName, leadId, lead, strongest(stands, lead.suppressed), revokes ? at : null)]
        : []),
      ...(isNew || changesLead ? recordWrites(TableName, request, { isNew, revokes }) : []),
    ],
    repeated: saidAt === null ? [] : [repeatWrite(TableName, leadId, saidAt)],
  };
}

/** When they said no once more; null when this tells nothing that is not known. What is said now comes after all that was, whatever a clock says. */
function repeatedAt({ reason, at, isLive }: SuppressionRequest, before: StoredSuppression): string | null {
  if (reason !== 'unsubscribe' || before.reason !== 'unsubscribe') return null;
  const last = lastNoAt(before);
  if (at > last) return at;
  return isLive ? new Date(Date.parse(last) + 1).toISOString() : null;
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

/** Whoever takes the address at this moment is either seen here, or sees the suppression. */
export function unknownCheck(TableName: string, leadId: string): Write {
  return {
    ConditionCheck: { TableName, Key: key.lead(leadId), ConditionExpression: 'attribute_not_exists(pk)' },
  };
}
