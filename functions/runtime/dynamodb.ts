import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { env } from './environment.ts';

/** A table and the client that reaches it: what every store is built on. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** The table whose name the environment variable holds. One client per function instance. */
export function table(variable = 'TABLE_NAME'): Table {
  return { client: documentClient(new DynamoDBClient({})), name: env(variable) };
}

/** Plain JavaScript values in and out; what is `undefined` is not stored. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
