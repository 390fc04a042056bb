import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** Each new note adds one to the count. */
export async function handler({ Records }) {
  await client.send(
    new UpdateItemCommand({
      TableName: process.env.TABLE_NAME,
      Key: { pk: { S: 'count' } },
      UpdateExpression: 'ADD notes :n SET seenFrom = :region',
      ExpressionAttributeValues: { ':n': { N: String(Records.length) }, ':region': { S: Records[0].awsRegion } },
    }),
  );
}
