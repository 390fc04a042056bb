import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Cloud } from '../template/cloud.ts';
import { TemplateError } from '../template/template-error.ts';
import { type DynamoDbCall, DynamoDbError } from './dynamodb-call.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const Projection = z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() });
const Index = z.object({ IndexName: z.string(), KeySchema, Projection });
const TableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema,
  GlobalSecondaryIndexes: z.array(Index).default([]),
  LocalSecondaryIndexes: z.array(Index).default([]),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
});
type Index = z.infer<typeof Index>;

/** A table of the template, in DynamoDB's own words. */
export type TableSpec = z.infer<typeof TableProperties> & { readonly name: string };

export function readTables(cloud: Cloud): TableSpec[] {
  return cloud
    .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')
    .map((placed) => ({ name: placed.name, ...cloud.read(placed, TableProperties) }));
}

const Description = z.object({
  Table: z.object({
    KeySchema,
    GlobalSecondaryIndexes: z.array(Index).default([]),
    LocalSecondaryIndexes: z.array(Index).default([]),
    StreamSpecification: z.object({ StreamEnabled: z.boolean() }).optional(),
  }),
});

/**
 * Makes the stored table what the template says: creates it, adds and removes global indexes, turns on its stream and
 * its time to live. What DynamoDB could only do by replacing the table is refused, since that would lose the data.
 */
export async function ensureTable(spec: TableSpec, call: DynamoDbCall): Promise<void> {
  const stored = await describe(spec.name, call);
  if (stored) await update(spec, stored, call);
  else await create(spec, call);
  const { AttributeName, Enabled } = spec.TimeToLiveSpecification ?? {};
  if (AttributeName !== undefined && Enabled) {
    const TimeToLiveSpecification = { AttributeName, Enabled };
    await call('UpdateTimeToLive', { TableName: spec.name, TimeToLiveSpecification });
  }
}

async function describe(TableName: string, call: DynamoDbCall) {
  try {
    return Description.parse(await call('DescribeTable', { TableName })).Table;
  } catch (error) {
    if (error instanceof DynamoDbError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(spec: TableSpec, call: DynamoDbCall): Promise<void> {
  const { name, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamSpecification } = spec;
  await call('CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions,
    KeySchema: spec.KeySchema,
    ...(GlobalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes } : {}),
    ...(LocalSecondaryIndexes.length > 0 ? { LocalSecondaryIndexes } : {}),
    ...(StreamSpecification ? { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } } : {}),
  });
}

async function update(
  spec: TableSpec,
  stored: z.infer<typeof Description>['Table'],
  call: DynamoDbCall,
): Promise<void> {
  const TableName = spec.name;
  const { AttributeDefinitions } = spec;
  if (
    !isDeepStrictEqual(stored.KeySchema, spec.KeySchema) ||
    changed(stored.LocalSecondaryIndexes, spec.LocalSecondaryIndexes).length > 0
  ) {
    throw new TemplateError(
      `table ${TableName} is stored with other keys or local indexes than the template says, and they cannot be changed: start with a new --data folder`,
    );
  }
  // A changed index is removed and made anew, as CloudFormation would.
  for (const { IndexName } of changed(stored.GlobalSecondaryIndexes, spec.GlobalSecondaryIndexes)) {
    await call('UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
  }
  for (const Create of changed(spec.GlobalSecondaryIndexes, stored.GlobalSecondaryIndexes)) {
    await call('UpdateTable', { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] });
  }
  if (spec.StreamSpecification && !stored.StreamSpecification?.StreamEnabled) {
    const StreamSpecification = { StreamEnabled: true, ...spec.StreamSpecification };
    await call('UpdateTable', { TableName, StreamSpecification });
  }
}

/** The indexes of `these` that `those` does not have just so. */
function changed(these: readonly Index[], those: readonly Index[]): Index[] {
  return these.filter((index) => !those.some((other) => isDeepStrictEqual(canonical(index), canonical(other))));
}

/** The engine may list the projected attributes in its own order. */
function canonical({ IndexName, KeySchema, Projection }: Index) {
  return {
    IndexName,
    KeySchema,
    type: Projection.ProjectionType,
    attributes: Projection.NonKeyAttributes?.toSorted() ?? [],
  };
}
