import type { Table } from '../runtime/dynamodb.ts';
import type { OutgoingEvent } from '../runtime/publish.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';
import type { Lead, SuppressionReason } from './lead.ts';
import { leadItem } from './lead-item.ts';
import { key, outboxKeys } from './table.ts';

/** A lead moves from one address to another, decided from what was read. */
export interface AddressChange {
  /** As it was read. */
  readonly before: Lead;
  readonly email: string;
  readonly emailAsTyped: string;
  /** The ids of the new and of the old address: what a lead who came with it would be known by. */
  readonly newId: string;
  readonly oldId: string;
  /** Does nobody have the new address yet? Else it is one of this lead's own. */
  readonly isFree: boolean;
  /** Why nobody under the new address may be mailed, as it was read; the lead has that on its own record already. */
  readonly suppression: SuppressionReason | null;
  readonly author: string;
  readonly activityId: string;
  readonly at: string;
  readonly outbox: readonly OutgoingEvent[];
}

export interface AddressStore {
  /**
   * The new address, the alias that lets it find the lead, what the old one was, and the events, in one transaction. `conflict`: the
   * lead, the address or its suppression is no longer as it was read; read all and decide again.
   */
  change(change: AddressChange): Promise<'changed' | 'conflict'>;
}

export function addressStore({ client, name }: Table): AddressStore {
  return {
    async change(change) {
      const { outcome } = await writeAll({ client }, toWrites(change, name));
      return outcome === 'written' ? 'changed' : 'conflict';
    },
  };
}

function toWrites(change: AddressChange, TableName: string): readonly Write[] {
  const { before, email, emailAsTyped, newId, oldId, author, activityId, at } = change;
  const { leadId, ver } = before;
  const former = { kind: 'former-address', email: before.email, emailAsTyped: before.emailAsTyped, until: at, author };
  return [
    {
      Put: {
        TableName,
        Item: leadItem({ ...before, email, emailAsTyped, ver: ver + 1 }),
        ConditionExpression: 'ver = :ver AND kind = :lead',
        ExpressionAttributeValues: { ':ver': ver, ':lead': 'lead' },
      },
    },
    ...(change.isFree ? [aliasWrite(newId, leadId, TableName)] : []),
    ...(newId === leadId ? [] : [suppressionCheck(change, TableName)]),
    { Put: { TableName, Item: { ...key.formerAddress(leadId, oldId), ...former } } },
    ...change.outbox.map(({ detailType, detail }, n) => ({
      Put: {
        TableName,
        Item: {
          ...key.outbox(leadId, activityId, n),
          ...outboxKeys(at, leadId),
          ...{ kind: 'outbox', detailType, detail, at },
        },
      },
    })),
  ];
}

/** Stands where a lead with the new address would stand, so that there can never be one (two known leads never merge). */
function aliasWrite(newId: string, leadId: string, TableName: string): Write {
  return {
    Put: {
      TableName,
      Item: { ...key.lead(newId), kind: 'alias', leadId },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** Somebody who unsubscribes the new address at this moment is either seen here, or sees the alias and suppresses the lead (I-C1). */
function suppressionCheck({ newId, suppression }: AddressChange, TableName: string): Write {
  const Key = key.suppression(newId);
  if (suppression === null)
    return { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    ConditionCheck: {
      TableName,
      Key,
      ConditionExpression: '#reason = :reason',
      ExpressionAttributeNames: { '#reason': 'reason' },
      ExpressionAttributeValues: { ':reason': suppression },
    },
  };
}
