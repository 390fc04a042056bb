import * as z from 'zod';
import { Forms } from '../../functions/capture/form.ts';
import { FollowUpPlan } from '../../functions/handoff/follow-up-plan.ts';
import { Team } from '../../functions/handoff/team.ts';
import { Account } from '../../functions/leads/account.ts';
import { MetricSettings } from '../../functions/metrics/metric.ts';
import { Sequence } from '../../functions/nurture/sequence.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { described } from './described.ts';
import { scoringDescriptions } from './scoring/descriptions.ts';

/** The schema of each kind of file, under the name its first line asks for. */
const schemas = {
  account: Account,
  forms: Forms,
  scoring: ScoringModel,
  sequence: Sequence,
  team: Team,
  'follow-up': FollowUpPlan,
  metrics: MetricSettings,
} as const;

const descriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = { scoring: scoringDescriptions };

/** JSON Schemas for editors, by file name: an editor then completes and checks the playbook while it is written. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, schema]) => {
      // What one writes, before defaults are filled in; rules that JSON Schema cannot say are checked by `npm run playbook`.
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      return [`${name}.json`, `${JSON.stringify(described({ ...json }, descriptions[name] ?? {}), null, 2)}\n`];
    }),
  );
}
