import * as z from 'zod';
import type { DynamoDbCall } from '../dynamodb/dynamodb-call.ts';

/** A change of a table, as the engine tells it. */
export const StreamRecord = z.looseObject({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number() }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

/** Where in a stream a reader stands. Records come in order; the engine keeps one shard per table. */
export interface StreamReader {
  /** The records after the last one returned, oldest first; empty when there are none now. */
  next(limit: number): Promise<StreamRecord[]>;
}

const Table = z.object({ Table: z.object({ LatestStreamArn: z.string() }) });
const Stream = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const Iterator = z.object({ ShardIterator: z.string() });
const Page = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().nullish() });

/** Reads the stream of a table after `sequenceNumber`, or from its oldest record when there is none. */
export async function readStream(
  table: string,
  sequenceNumber: string | null,
  call: DynamoDbCall,
): Promise<StreamReader> {
  const { LatestStreamArn: StreamArn } = Table.parse(await call('DescribeTable', { TableName: table })).Table;
  const { Shards } = Stream.parse(await call('DescribeStream', { StreamArn })).StreamDescription;
  const [shard] = Shards;
  if (!shard) throw new Error(`the stream of table ${table} has no shard`);
  let after = sequenceNumber;
  let iterator: string | undefined;

  return {
    async next(Limit) {
      iterator ??= await iteratorAfter(after);
      const ShardIterator = iterator;
      iterator = undefined; // A call that fails leaves the place unknown, so it is asked for again.
      const { Records, NextShardIterator } = Page.parse(await call('GetRecords', { ShardIterator, Limit }));
      iterator = NextShardIterator ?? undefined;
      after = Records.at(-1)?.dynamodb.SequenceNumber ?? after;
      return Records;
    },
  };

  async function iteratorAfter(last: string | null): Promise<string> {
    const place =
      last === null
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last };
    return Iterator.parse(await call('GetShardIterator', { StreamArn, ShardId: shard?.ShardId, ...place }))
      .ShardIterator;
  }
}
