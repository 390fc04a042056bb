import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { logFault } from './log.ts';

/**
 * A door on a queue that takes what a service says through a topic, without the bus's envelope. What fails comes back alone, and
 * may come twice. A message that is no JSON is handed over as `null`: it will be none the next time either.
 */
export function onQueueMessages(
  handle: (said: unknown) => Promise<unknown>,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const failed: string[] = [];
    for (const { messageId, body } of Records) {
      try {
        await handle(parsed(body));
      } catch (error) {
        logFault('message-failed', error, { messageId });
        failed.push(messageId);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
