import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { publisher } from '../runtime/publish.ts';
import { emailEventIn } from './email-event-message.ts';
import { receiveEmailEvents } from './receive-email-events.ts';

const deps = { publish: publisher(), now: Date.now };

/** No event can fail alone: any is either an activity or ignored. When the bus is away, the whole batch comes back. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  await receiveEmailEvents(
    Records.map(({ body }) => emailEventIn(body)),
    deps,
  );
  return { batchItemFailures: [] };
}
