import { BatchWriteCommand, DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifItHolds } from '../runtime/condition.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { dueKeys, duePartitions, key, outboxPartitions } from './table.ts';

const Keyed = z.object({ pk: z.string(), sk: z.string() });

/** An event decided by a transaction and not yet on the bus. */
export const OutboxRow = Keyed.extend({ detailType: z.string(), detail: z.unknown(), at: z.string() });
export type OutboxRow = z.infer<typeof OutboxRow>;

/** Something that must happen at an instant: which event to put on the bus then. */
export const DueThing = Keyed.extend({
  due: z.string(),
  subject: z.string(),
  dueAt: z.string(),
  detailType: z.string(),
  detail: z.unknown(),
});
export type DueThing = z.infer<typeof DueThing>;

/** What waits to be told: the outbox, the due index, and the days whose figures have changed. */
export interface ChangeStore {
  /** Says at `at` (ISO) that rows of these local days have come, gone or changed. */
  markDays(days: readonly string[], at: string): Promise<void>;
  forget(row: OutboxRow): Promise<void>;
  /** Outbox rows the stream should have published by `before` and has not. */
  overlooked(before: string): Promise<readonly OutboxRow[]>;
  /** Up to `limit` things due at `now`, oldest first within a shard. */
  due(now: string, limit: number): Promise<readonly DueThing[]>;
  /** Moves a published thing on, unless its worker has already dealt with it. */
  defer(thing: DueThing, until: string): Promise<void>;
  /** The earliest instant at which anything is due; `null` when nothing is. */
  nextDueAt(): Promise<string | null>;
}

export function changeStore({ client, name }: Table): ChangeStore {
  const rows = async (
    list: string,
    until: string | null,
    limit: number,
  ): Promise<readonly Record<string, unknown>[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'byList',
        KeyConditionExpression: until === null ? 'listPk = :list' : 'listPk = :list AND listSk < :until',
        // '~' sorts after every key that begins with this very instant.
        ExpressionAttributeValues: { ':list': list, ...(until !== null && { ':until': `${until}~` }) },
        Limit: limit,
      }),
    );
    return Items;
  };
  return {
    async markDays(days, at) {
      // The mark's value changes with every call, so that the refolding door deletes only the mark it has acted on.
      const mark = crypto.randomUUID();
      let puts = days.map((day) => ({
        PutRequest: { Item: { ...key.changedDay(day), kind: 'changed-day', day, mark, at } },
      }));
      while (puts.length > 0) {
        const { UnprocessedItems } = await client.send(
          new BatchWriteCommand({ RequestItems: { [name]: puts.slice(0, 25) } }),
        );
        const days = UnprocessedItems?.[name]?.map(({ PutRequest }) => PutRequest?.Item?.day);
        puts = puts.filter((put, index) => index >= 25 || days?.includes(put.PutRequest.Item.day));
      }
    },

    async forget({ pk, sk }) {
      await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
    },

    async overlooked(before) {
      const found = await Promise.all(outboxPartitions().map((list) => rows(list, before, 100)));
      return found.flat().map((row) => OutboxRow.parse(row));
    },

    async due(now, limit) {
      const found = await Promise.all(duePartitions().map((list) => rows(list, now, limit)));
      return found.flat().map((row) => DueThing.parse(row));
    },

    async defer({ pk, sk, dueAt, due, subject }, until) {
      const { listPk, listSk } = dueKeys(until, due, subject);
      await ifItHolds(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: { pk, sk },
            UpdateExpression: 'SET dueAt = :until, listPk = :listPk, listSk = :listSk',
            ConditionExpression: 'dueAt = :dueAt',
            ExpressionAttributeValues: { ':until': until, ':dueAt': dueAt, ':listPk': listPk, ':listSk': listSk },
          }),
        ),
      );
    },

    async nextDueAt() {
      const found = await Promise.all([...duePartitions(), ...outboxPartitions()].map((list) => rows(list, null, 1)));
      const instants = found.flat().map(({ listSk }) => String(listSk).split('#', 1)[0] ?? '');
      return instants.sort()[0] ?? null;
    },
  };
}
