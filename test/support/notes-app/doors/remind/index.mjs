import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const TableName = process.env.TABLE_NAME;

/** Marks every note whose reminder is due, and says until when there is nothing more to do. */
export async function handler({ time }) {
  const { Items = [] } = await client.send(
    new ScanCommand({ TableName, FilterExpression: 'attribute_exists(remindAt) AND attribute_not_exists(remindedAt)' }),
  );
  const now = new Date().toISOString();
  const due = Items.filter(({ remindAt }) => remindAt.S <= now);
  for (const { pk } of due) {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk },
        UpdateExpression: 'SET remindedAt = :at, scheduledFor = :time',
        ExpressionAttributeValues: { ':at': { S: now }, ':time': { S: time } },
      }),
    );
  }
  const later = Items.filter((item) => !due.includes(item)).map(({ remindAt }) => remindAt.S);
  return { idleUntil: later.sort()[0] ?? '9999-01-01T00:00:00.000Z' };
}
