import type { CompiledModel } from '../../functions/scoring/compiled-model.ts';
import type { ModelStore } from '../../functions/scoring/model.store.ts';

/** Scoring models in memory: the first is the active one. */
export function modelsInMemory(active: CompiledModel, ...others: readonly CompiledModel[]): ModelStore {
  const all = new Map([active, ...others].map((model) => [model.version, model]));
  return {
    active: async () => active.version,
    get: async (version) => {
      const model = all.get(version);
      if (!model) throw new Error(`there is no scoring model ${version}`);
      return model;
    },
  };
}
