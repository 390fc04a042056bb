import { readFileSync } from 'node:fs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'yaml';
import { activeModelShards, key, shardOf } from '../../functions/leads/table.ts';
import type { Table } from '../../functions/runtime/dynamodb.ts';
import { type CompiledModel, compileModel } from '../../functions/scoring/compiled-model.ts';
import type { ModelStore } from '../../functions/scoring/model.store.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';

export const timeZone = 'America/Sao_Paulo';

const shipped = parse(readFileSync(new URL('../../playbook/scoring.yaml', import.meta.url), 'utf8'));
const says = { en: 'of the simulation' };

/** Everything a model can say that the shipped one does not. */
const rich = {
  ...shipped,
  threshold: 30,
  rearmBelow: 22,
  ratings: { hot: 30, warm: 12, margin: 3 },
  floor: -20,
  groups: { engagement: { halfLifeDays: 20.7, limit: 80 }, fit: { halfLifeDays: 90, limit: 40 } },
  rules: [
    ...shipped.rules,
    { id: 'right-industry', attributes: { industry: { contains: 'retail' } }, points: 12, says },
    { id: 'big-company', attributes: { employees: { atLeast: 100 } }, points: 8, says },
    {
      id: 'came-back',
      activity: 'page.viewed',
      given: [{ activity: 'page.viewed', withinDays: 14, apartHours: 1 }],
      points: 5,
      scope: 'perDay',
      limit: 15,
      says,
    },
    {
      id: 'read-after-opening',
      activity: 'page.viewed',
      given: [{ activity: 'email.opened', withinDays: 3 }],
      points: 4,
      scope: 'always',
      limit: 12,
      says,
    },
    {
      id: 'looked-at-jobs',
      activity: 'page.viewed',
      where: { path: { equals: '/jobs' } },
      points: -3,
      scope: 'always',
      says,
    },
  ],
  disqualify: [{ id: 'too-small', attributes: { revenue: { below: 1000 } }, says }],
};

/** The same rules with other figures, another filter and other scopes: everything of a lead changes with it. */
const changed = {
  ...rich,
  threshold: 45,
  rearmBelow: 30,
  ratings: { hot: 45, warm: 20, margin: 1 },
  groups: { engagement: { halfLifeDays: 45 }, fit: { halfLifeDays: 'none' } },
  machines: { ...shipped.machines, certainFrom: 0.7, secondsAfterDelivery: 2 },
  rules: rich.rules
    .filter(({ id }: { id: string }) => id !== 'big-company')
    .map((rule: { id: string; points: number; scope?: string }) => ({
      ...rule,
      points: rule.points + (rule.points > 0 ? 2 : -1),
      ...(rule.scope === 'perDay' && { scope: 'once' }),
      ...(rule.scope === 'perSubject' && { scope: 'always' }),
    })),
  buyingSignals: ['pricing-page', 'solution-form'],
};

const models: ReadonlyMap<string, CompiledModel> = new Map(
  Object.entries({ shipped, rich, changed }).map(([name, model]) => [
    name,
    compileModel(ScoringModel.parse(model), name, timeZone),
  ]),
);

export const modelNames: readonly string[] = [...models.keys()];

/** @throws for a model that the simulation has not. */
export function modelNamed(name: string): CompiledModel {
  const model = models.get(name);
  if (!model) throw new Error(`there is no model ${name}`);
  return model;
}

/** Which model is active is read as in the product; what a version says is known to every process, as it never changes. */
export function modelsOn({ client, name }: Table): ModelStore {
  return {
    async active(leadId) {
      const Key = key.activeModel(shardOf(leadId, activeModelShards));
      const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
      return String(Item?.version);
    },
    get: async (version) => modelNamed(version),
  };
}
