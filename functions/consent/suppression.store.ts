import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { leadOf } from '../leads/lead-item.ts';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { writeAll } from '../runtime/transaction.ts';
import { evidenceQuery } from './consent-rows.ts';
import { StoredSuppression, Suppression, type SuppressionRequest } from './suppression.ts';
import { Known, suppressionWrites, unknownCheck } from './suppression-writes.ts';

export interface SuppressionStore {
  get(leadId: string): Promise<Suppression | null>;
  /**
   * Suppression, the lead's own mark, revoked consent, evidence and events, in one transaction. When it resolves nothing more can
   * be claimed for this person. `unchanged`: all of it was there already, or the person has said yes since (I-C2).
   */
  suppress(request: SuppressionRequest): Promise<'suppressed' | 'unchanged'>;
  /**
   * Notes of a mailbox that its lead has left why nothing is sent to it, for whoever goes back to it; the lead's own mail goes on.
   * Null when the lead has not had it, or has it now: then it is about the lead. `addressId`: the id that a lead who came with
   * `email` would have. Of the address they first came with, nothing is kept: its id is the lead's own.
   */
  suppressFormer(request: FormerAddressRequest): Promise<'suppressed' | 'unchanged' | null>;
}

interface FormerAddressRequest extends SuppressionRequest {
  readonly email: string;
  readonly addressId: string;
}

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
    suppressFormer,
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
      const { news, repeated } = suppressionWrites(TableName, request, { before, lead, answered });
      if (news.length + repeated.length === 0) return 'unchanged';
      const unknown = item ? [] : [unknownCheck(TableName, request.leadId)];
      const { outcome } = await writeAll(table, [...news, ...repeated, ...unknown]);
      if (outcome === 'written') return news.length > 0 ? 'suppressed' : 'unchanged';
    }
    throw new Error('this lead is written to by too many at once: suppress it again');
  }

  async function suppressFormer(request: FormerAddressRequest): Promise<'suppressed' | 'unchanged' | null> {
    const { email, addressId, reason, at, evidence } = request;
    const item = await read(key.lead(request.leadId));
    if (item?.kind === 'alias') return suppressFormer({ ...request, leadId: String(item.leadId) });
    if (item?.kind !== 'lead') return null;
    const { leadId, email: current } = leadOf(item);
    if (current === email || !(await read(key.formerAddress(leadId, addressId)))) return null;
    if (addressId === leadId) return 'unchanged';
    const noted = { kind: 'suppression', leadId: addressId, reason, at, lastAt: at, evidence };
    const ConditionExpression = 'attribute_not_exists(pk)';
    const { outcome } = await writeAll(table, [
      { Put: { TableName, Item: { ...key.suppression(addressId), ...noted }, ConditionExpression } },
    ]);
    return outcome === 'written' ? 'suppressed' : 'unchanged';
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
