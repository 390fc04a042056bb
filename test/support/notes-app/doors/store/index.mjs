import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** NoteTaken → one item. A note that says `poison` fails, alone. */
export async function handler({ Records }) {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const { id, text, takenAt, remindAt } = JSON.parse(body).detail;
    if (text === 'poison') {
      batchItemFailures.push({ itemIdentifier: messageId });
      continue;
    }
    const item = {
      pk: { S: `note#${id}` },
      text: { S: text },
      takenAt: { S: takenAt },
      ...(remindAt ? { remindAt: { S: remindAt } } : {}),
    };
    await client.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: item }));
  }
  return { batchItemFailures };
}
