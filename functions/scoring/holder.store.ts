import type { Activity } from '../leads/activity.ts';
import { Holder, type Holders } from '../leads/lead.store.ts';
import type { Lead } from '../leads/lead.ts';
import { key } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { queryAll } from '../runtime/query-all.ts';
import { type Write, writeAll } from '../runtime/transaction.ts';

/** A scope holder as it is stored: of which model, under which `<rule>#<scope key>`. */
export interface StoredHolder extends Holder {
  readonly modelVersion: string;
  readonly name: string;
}

/** What is prepared, or cleared away, beside a lead that is being brought to another model. */
export interface Preparation {
  /** Of this model; `null` deletes. */
  readonly modelVersion: string;
  readonly holders: Holders;
  readonly rejudged: readonly Activity[];
}

/** Everything that holds a scope of a lead, of whichever model. */
export interface HolderStore {
  /** Consistent. */
  all(leadId: string): Promise<readonly StoredHolder[]>;
  /**
   * Writes part of a lead's move, up to `preparationsPerWrite` of them, together with a new `ver` of the lead: whoever else has
   * read the lead, to score it or to move it, finds it changed and begins again. `conflict`: somebody else was first.
   */
  prepare(lead: Pick<Lead, 'leadId' | 'ver'>, preparation: Preparation): Promise<'prepared' | 'conflict'>;
}

/** With the lead itself they stay under the hundred writes of a transaction. */
export const preparationsPerWrite = 90;

export function holderStore(table: Table): HolderStore {
  const { client, name: TableName } = table;
  return {
    async all(leadId) {
      const start = key.holder(leadId, '', '').sk.slice(0, -1);
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :holder)',
        ExpressionAttributeValues: { ':pk': key.lead(leadId).pk, ':holder': start },
        ConsistentRead: true,
      });
      return items.map((item) => {
        const [modelVersion = '', ...name] = String(item.sk).slice(start.length).split('#');
        return { modelVersion, name: name.join('#'), ...Holder.parse(item) };
      });
    },

    async prepare({ leadId, ver }, { modelVersion, holders, rejudged }) {
      const { outcome } = await writeAll({ client }, [
        {
          Update: {
            TableName,
            Key: key.lead(leadId),
            UpdateExpression: 'ADD ver :one',
            ConditionExpression: 'kind = :lead AND ver = :ver',
            ExpressionAttributeValues: { ':one': 1, ':lead': 'lead', ':ver': ver },
          },
        },
        ...Object.entries(holders).map(([name, holder]): Write => {
          const Key = key.holder(leadId, modelVersion, name);
          return holder
            ? { Put: { TableName, Item: { ...Key, kind: 'holder', ...holder } } }
            : { Delete: { TableName, Key } };
        }),
        ...rejudged.map(
          ({ activityId, verdict }): Write => ({
            Update: {
              TableName,
              Key: key.activity(leadId, activityId),
              UpdateExpression: 'SET verdict = :verdict',
              ExpressionAttributeValues: { ':verdict': verdict },
            },
          }),
        ),
      ]);
      return outcome === 'written' ? 'prepared' : 'conflict';
    },
  };
}
