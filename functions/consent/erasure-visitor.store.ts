import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Identification, ownerAt } from '../leads/identification.ts';
import { key } from '../leads/table.ts';
import { mailboxOf, visitorPut } from '../leads/visitor.store.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { writeAll } from '../runtime/transaction.ts';

const Visitor = z.object({ identified: z.array(Identification), ver: z.number() });
const Waiting = z.looseObject({ occurredAt: z.string() });

/** The browsers and user ids of a person who is being erased. `ids`: all that the person has been known by. */
export interface ErasureVisitorStore {
  /** What the visitor did while it was this person, and nobody has recorded with them; as stored. */
  waitingOf(visitor: string, ids: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /**
   * The visitor was somebody, who is erased: what comes late from that time is given to nobody else, and what comes from now on is of
   * somebody nobody knows. Afterwards it cannot be told any more which rows were theirs: take those first.
   */
  disown(visitor: string, ids: readonly string[]): Promise<void>;
}

export function erasureVisitorStore(table: Table): ErasureVisitorStore {
  const { client, name: TableName } = table;

  const read = async (visitor: string) => {
    const Key = key.visitor(visitor);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? Visitor.parse(Item) : null;
  };

  return {
    async waitingOf(visitor, ids) {
      const identified = (await read(visitor))?.identified ?? [];
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :row)',
        ExpressionAttributeValues: { ':pk': key.visitor(visitor).pk, ':row': 'E#' },
        ConsistentRead: true,
      });
      if (isMailbox(visitor, ids)) return items;
      return items.filter((item) => ids.includes(ownerAt(identified, Waiting.parse(item).occurredAt) ?? ''));
    },

    async disown(visitor, ids) {
      if (isMailbox(visitor, ids)) {
        // A mailbox has no other owner: nothing is to be remembered of it.
        await writeAll({ client }, [{ Delete: { TableName, Key: key.visitor(visitor) } }]);
        return;
      }
      // Every round ends it, or somebody else identified the visitor in the meantime.
      for (let round = 1; round <= 50; round++) {
        const known = await read(visitor);
        if (!known?.identified.some(({ leadId }) => leadId !== null && ids.includes(leadId))) return;
        const identified = known.identified.map((one) =>
          ids.includes(one.leadId ?? '') ? { ...one, leadId: null } : one,
        );
        const { outcome } = await writeAll({ client }, [
          { Put: visitorPut(TableName, visitor, identified, known.ver) },
        ]);
        if (outcome === 'written') return;
      }
      throw new Error('this visitor is identified by too many at once: erase the lead again');
    },
  };
}

function isMailbox(visitor: string, ids: readonly string[]): boolean {
  return ids.some((id) => visitor === mailboxOf(id));
}
