import { activateModel } from '../../functions/leads/activate-model.ts';
import { activationStore } from '../../functions/leads/activation.store.ts';
import { playbookStore } from '../../functions/leads/playbook.store.ts';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import type { CompiledModel } from '../../functions/scoring/compiled-model.ts';
import { type ModelStore, modelStore } from '../../functions/scoring/model.store.ts';

/** Stores a model and makes it the active one, as a deployment does. */
export async function deployModel(table: Table, { model, version, timeZone }: CompiledModel): Promise<ModelStore> {
  await playbookStore(table).put(version, { scoring: { scoring: model, timeZone } });
  await activateModel(version, { activations: activationStore(table), publish: async () => {}, now: Date.now });
  return modelStore(table);
}
