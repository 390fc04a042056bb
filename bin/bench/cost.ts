import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { CapturedActivity } from '../../functions/leads/activity.ts';
import { leadStore } from '../../functions/leads/lead.store.ts';
import { leadIdOf } from '../../functions/leads/lead-id.ts';
import { visitorStore } from '../../functions/leads/visitor.store.ts';
import { documentClient } from '../../functions/runtime/dynamodb.ts';
import { scoreActivities } from '../../functions/scoring/score-activities.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import type { Measurement } from '../bench.ts';
import type { Runner } from '../local/runner.ts';
import { compilePlaybook } from '../playbook/compile.ts';

const Capacity = z.object({
  ReadCapacityUnits: z.number().default(0),
  WriteCapacityUnits: z.number().default(0),
  /** All that a plain read says; a transaction tells reads from writes. */
  CapacityUnits: z.number().default(0),
});
const Indexes = z.record(z.string(), Capacity).default({});
const ByIndex = z.looseObject({ Table: Capacity, GlobalSecondaryIndexes: Indexes, LocalSecondaryIndexes: Indexes });
const Consumed = z.object({ ConsumedCapacity: z.union([z.array(ByIndex), ByIndex]).optional() });

/** Units as the embedded DynamoDB reports them: a transaction counts its table twice and its indexes once. */
interface Units {
  read: number;
  write: number;
}

/** What recording one activity of a known lead costs, alone and in a batch of ten, against the design's figures. */
export async function measureCost({ endpoints, blueprint }: Runner): Promise<readonly Measurement[]> {
  const units: Units = { read: 0, write: 0 };
  const name = blueprint.tables.find(({ LocalSecondaryIndexes }) => LocalSecondaryIndexes.length > 0)?.name ?? '';
  const table = { client: documentClient(countingClient(endpoints.dynamoDb, units)), name };
  const { parts, version } = await compilePlaybook('playbook');
  const timeZone = 'America/Sao_Paulo';
  const deps = {
    leads: leadStore(table, timeZone),
    visitors: visitorStore(table, timeZone),
    model: ScoringModel.parse(parts.scoring),
    modelVersion: version,
    timeZone,
    pepper: async () => 'pepper',
    now: Date.now,
  };
  const email = 'bench@example.com';
  const record = async (...activities: readonly CapturedActivity[]): Promise<Units> => {
    Object.assign(units, { read: 0, write: 0 });
    await scoreActivities(activities, `L#${leadIdOf(email, 'pepper')}`, deps);
    return { ...units };
  };
  await record(anActivity(email, 'visitor.identified', 0));
  const alone = await record(anActivity(email, 'page.viewed', 1));
  const ten = await record(...Array.from({ length: 10 }, (_, n) => anActivity(email, 'page.viewed', n + 2)));
  return [
    line('write units, one activity alone', alone.write, 6),
    line('read units, one activity alone', alone.read, 1),
    line('write units an activity, ten in a batch', ten.write / 10, 4.2),
  ];
}

function line(name: string, value: number, design: number): Measurement {
  return { name, value, unit: 'units', against: `design: ${design}`, ratio: value / design };
}

function anActivity(email: string, type: string, n: number): CapturedActivity {
  const occurredAt = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const properties = { path: '/blog', userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', url: 'https://example.com/blog' };
  return CapturedActivity.parse({
    activityId: `bench-${n}-activity`,
    type,
    occurredAt,
    source: 'tracker',
    subject: { email },
    properties,
  });
}

/** Asks for the consumed capacity of every call, by index, and adds it up. */
function countingClient(endpoint: string, units: Units): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
      const result = await next(args);
      const { ConsumedCapacity = [] } = Consumed.parse(result.output);
      for (const consumed of [ConsumedCapacity].flat()) add(consumed, units);
      return result;
    },
    { step: 'initialize' },
  );
  return client;
}

function add({ Table, GlobalSecondaryIndexes, LocalSecondaryIndexes }: z.infer<typeof ByIndex>, units: Units): void {
  const indexes = [...Object.values(GlobalSecondaryIndexes), ...Object.values(LocalSecondaryIndexes)];
  for (const { ReadCapacityUnits, WriteCapacityUnits, CapacityUnits } of [Table, ...indexes]) {
    units.write += WriteCapacityUnits;
    units.read += ReadCapacityUnits + (WriteCapacityUnits === 0 && ReadCapacityUnits === 0 ? CapacityUnits : 0);
  }
}
