import type { StreamRecord } from './stream-records.ts';

/** As Lambda does, the on-failure queue gets where in the stream the records are; here with the records themselves to help. */
export function onFailureMessage(
  records: readonly StreamRecord[],
  {
    functionName,
    streamArn,
    attempts,
    cause,
    nowMs,
  }: {
    readonly functionName: string;
    readonly streamArn: string;
    readonly attempts: number;
    readonly cause: string;
    readonly nowMs: number;
  },
): object {
  return {
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    requestContext: {
      functionArn: functionName,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: { functionError: cause },
    DDBStreamBatchInfo: {
      batchSize: records.length,
      streamArn,
      startSequenceNumber: records.at(0)?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
    },
    Records: records,
  };
}
