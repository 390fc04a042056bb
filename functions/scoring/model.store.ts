import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { playbookStore } from '../leads/playbook.store.ts';
import { activeModelShards, key, shardOf } from '../leads/table.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { type CompiledModel, compileModel } from './compiled-model.ts';
import { ScoringModel } from './scoring-model.ts';

/** Scoring models by version, and which of them new leads are scored with. */
export interface ModelStore {
  /**
   * The version that a lead not seen before is scored with. Consistent: a new lead is only stored while it still is (I-S5).
   * @throws before the first deployment has activated one.
   */
  active(leadId: string): Promise<string>;
  /** @throws when nobody stored that version. */
  get(version: string): Promise<CompiledModel>;
}

/** A model as deployments store it, under the part `scoring` of its own version. */
export const StoredModel = z.object({ scoring: ScoringModel, timeZone: z.string() });
export type StoredModel = z.infer<typeof StoredModel>;

/** Models in DynamoDB, compiled once per function instance: what a version says never changes. */
export function modelStore(table: Table): ModelStore {
  const { client, name } = table;
  const playbooks = playbookStore(table);
  const known = new Map<string, Promise<CompiledModel>>();
  return {
    async active(leadId) {
      const Key = key.activeModel(shardOf(leadId, activeModelShards));
      const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
      if (!Item) throw new Error('no scoring model is active: a deployment stores and activates one, so deploy again');
      return z.string().parse(Item.version);
    },

    get(version) {
      const found = known.get(version);
      if (found) return found;
      const reading = read(version);
      known.set(version, reading);
      // A failed read is not remembered.
      reading.catch(() => known.delete(version));
      return reading;
    },
  };

  async function read(version: string): Promise<CompiledModel> {
    const stored = await playbooks.get(version, 'scoring');
    if (stored === null)
      throw new Error(`scoring model ${version} is not in the table: the deployment that made it stores it`);
    const { scoring, timeZone } = StoredModel.parse(stored);
    return compileModel(scoring, version, timeZone);
  }
}
