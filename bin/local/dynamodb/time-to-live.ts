import * as z from 'zod';
import type { DynamoDbCall } from './dynamodb-call.ts';
import { DynamoDbError } from './dynamodb-call.ts';
import type { TableSpec } from './tables.ts';

const Page = z.object({
  Items: z.array(z.record(z.string(), z.unknown())).default([]),
  LastEvaluatedKey: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Deletes what has expired by `now` (epoch milliseconds) from every table with a time to live, and returns how many
 * items that were. DynamoDB promises days, not minutes: nobody may rely on an expired item being gone.
 */
export async function sweepExpired(tables: readonly TableSpec[], now: number, call: DynamoDbCall): Promise<number> {
  let deleted = 0;
  for (const table of tables) {
    const { AttributeName, Enabled } = table.TimeToLiveSpecification ?? {};
    if (AttributeName === undefined || !Enabled) continue;
    deleted += await sweepTable(table, AttributeName, Math.floor(now / 1000), call);
  }
  return deleted;
}

async function sweepTable(
  table: TableSpec,
  attribute: string,
  nowSeconds: number,
  call: DynamoDbCall,
): Promise<number> {
  const keys = table.KeySchema.map(({ AttributeName }) => AttributeName);
  const expired = {
    TableName: table.name,
    ExpressionAttributeNames: { '#expires': attribute },
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) }, ':number': { S: 'N' } },
  };
  const condition = 'attribute_type(#expires, :number) AND #expires < :now';
  let deleted = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = Page.parse(await call('Scan', { ...expired, FilterExpression: condition, ExclusiveStartKey }));
    for (const item of page.Items) {
      const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
      deleted += await deleteIfStillExpired({ ...expired, Key, ConditionExpression: condition }, call);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return deleted;
}

async function deleteIfStillExpired(request: unknown, call: DynamoDbCall): Promise<number> {
  try {
    await call('DeleteItem', request);
    return 1;
  } catch (error) {
    if (error instanceof DynamoDbError && error.code === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
