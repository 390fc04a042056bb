import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { envelope } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { receiveEmailEvents } from './receive-email-events.ts';

const deps = { publish: publisher(), now: Date.now };

/** No event can fail alone: any is either an activity or ignored. When the bus is away, the whole batch comes back. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  await receiveEmailEvents(
    Records.map((record) => envelope(record).detail),
    deps,
  );
  return { batchItemFailures: [] };
}
