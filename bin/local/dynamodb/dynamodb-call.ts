import * as z from 'zod';

/** Calls one operation of DynamoDB or its streams, e.g. `call('CreateTable', {…})`. Rejects with a DynamoDbError. */
export type DynamoDbCall = (operation: string, request: unknown) => Promise<unknown>;

/** The engine's own error; `code` is DynamoDB's, e.g. `ResourceNotFoundException`. */
export class DynamoDbError extends Error {
  override readonly name = 'DynamoDbError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetShardIterator', 'GetRecords', 'ListStreams']);
const Failure = z.object({ __type: z.string().default('Unknown'), message: z.string().default('') });

/** The runner's own few calls; functions use the SDK. The engine wants a signature to be there, and checks none. */
export function dynamoDbAt(endpoint: string): DynamoDbCall {
  return async (operation, request) => {
    const api = STREAM_OPERATIONS.has(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${api}.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
      },
      body: JSON.stringify(request),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { __type, message } = Failure.parse(answer);
    throw new DynamoDbError(__type.replace(/^.*#/, ''), message);
  };
}
