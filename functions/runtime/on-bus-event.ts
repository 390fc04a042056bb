import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { BusEventKind } from './bus-event-kind.ts';
import { logFault } from './log.ts';

// biome-ignore lint/suspicious/noExplicitAny: the detail's type differs per entry; each handler is held to its own kind by `on`.
type AnyKind = BusEventKind<string, any>;
type Handler = { readonly kind: AnyKind; readonly handle: (detail: never) => Promise<unknown> };

/** Pairs a kind of event with what to do with it; the handler sees the parsed detail. */
export function on<Type extends string, Detail extends z.ZodType>(
  kind: BusEventKind<Type, Detail>,
  handle: (detail: z.output<Detail>) => Promise<unknown>,
): Handler {
  return { kind, handle: handle as (detail: never) => Promise<unknown> };
}

/**
 * A door on a queue that takes events from the bus, one at a time within a batch. What fails is reported alone, so that its
 * neighbours are done and it comes back (and ends in the dead-letter queue when it keeps failing). Every event may come twice.
 */
export function onBusEvents(...handlers: readonly Handler[]): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const failed = await eachRecord(Records, async (record) => {
      const { detailType, detail } = envelope(record);
      const handler = handlers.find(({ kind }) => kind.detailType === detailType);
      if (!handler)
        throw new Error(`no handler for ${detailType}: this queue's rule lets through what its door does not know`);
      await handler.handle(handler.kind.detail.parse(detail) as never);
    });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/**
 * A door on a queue that takes one kind of event and groups a batch by a key (the lead), so that one transaction can cover
 * many activities and two of one lead never race inside a batch. When a group fails, its events are tried one by one: one that
 * cannot succeed must not take the others with it (I-Q3).
 */
export function onBusEventGroups<Type extends string, Detail extends z.ZodType>(
  kind: BusEventKind<Type, Detail>,
  groupOf: (detail: z.output<Detail>) => string | Promise<string>,
  handle: (details: readonly z.output<Detail>[], group: string) => Promise<unknown>,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const groups = new Map<string, { details: z.output<Detail>[]; messageIds: string[] }>();
    const unread = await eachRecord(Records, async (record) => {
      const detail = kind.detail.parse(envelope(record).detail);
      const key = await groupOf(detail);
      const group = groups.get(key) ?? { details: [], messageIds: [] };
      group.details.push(detail);
      group.messageIds.push(record.messageId);
      groups.set(key, group);
    });
    const failed = await Promise.all(
      [...groups].map(async ([group, { details, messageIds }]) => {
        try {
          await handle(details, group);
          return [];
        } catch (error) {
          logFault('group-failed', error, { messages: messageIds.length });
          return messageIds.length === 1 ? messageIds : each(details, messageIds, (detail) => handle([detail], group));
        }
      }),
    );
    return { batchItemFailures: [...unread, ...failed.flat()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

async function each<Detail>(
  details: readonly Detail[],
  messageIds: readonly string[],
  handle: (detail: Detail) => Promise<unknown>,
): Promise<string[]> {
  const failed: string[] = [];
  for (const [index, detail] of details.entries()) {
    const messageId = messageIds[index] ?? '';
    try {
      await handle(detail);
    } catch (error) {
      logFault('message-failed', error, { messageId });
      failed.push(messageId);
    }
  }
  return failed;
}

async function eachRecord(
  records: readonly SQSRecord[],
  work: (record: SQSRecord) => Promise<void>,
): Promise<string[]> {
  const failed: string[] = [];
  for (const record of records) {
    try {
      await work(record);
    } catch (error) {
      logFault('message-failed', error, { messageId: record.messageId });
      failed.push(record.messageId);
    }
  }
  return failed;
}

/** The EventBridge envelope that a rule put on the queue. */
function envelope(record: Pick<SQSRecord, 'body'>): { detailType: string; detail: unknown } {
  const { 'detail-type': detailType, detail } = JSON.parse(record.body);
  return { detailType, detail };
}
