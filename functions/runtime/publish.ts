import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type * as z from 'zod';
import type { BusEventKind } from './bus-event-kind.ts';
import { env } from './environment.ts';

/** An event on its way to the bus. Make one with `toEvent`, which checks the detail against its kind. */
export interface OutgoingEvent {
  readonly detailType: string;
  readonly detail: unknown;
}

export type Publish = (events: readonly OutgoingEvent[]) => Promise<void>;

/** An event of `kind`; the type checker holds the detail to the kind's shape. */
export function toEvent<Type extends string, Detail extends z.ZodType>(
  kind: BusEventKind<Type, Detail>,
  detail: z.input<Detail>,
): OutgoingEvent {
  return { detailType: kind.detailType, detail };
}

// The limit of one PutEvents call: ten entries, 256 KB in all. Our entries stay well under 25 KB (a form is at most 64 KB).
const entriesPerCall = 10;
const bytesPerCall = 240_000;

/**
 * Publishes to the product's bus. Resolves when EventBridge has every event; throws when it took only some, since an accepted
 * activity that is not on the bus is lost (check `FailedEntryCount`: the SDK does not).
 */
export function publisher(client = new EventBridgeClient({}), busName = env('BUS_NAME')): Publish {
  return async (events) => {
    for (const batch of batches(events)) {
      let entries = batch.map(({ detailType, detail }) => ({
        EventBusName: busName,
        Source: 'ripen',
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      }));
      for (let attempt = 1; entries.length > 0; attempt++) {
        const answer = await client.send(new PutEventsCommand({ Entries: entries }));
        if (!answer.FailedEntryCount) break;
        if (attempt === 3)
          throw new Error(
            `EventBridge refused ${answer.FailedEntryCount} events: ${answer.Entries?.find((e) => e.ErrorCode)?.ErrorCode}`,
          );
        entries = entries.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
      }
    }
  };
}

function batches(events: readonly OutgoingEvent[]): OutgoingEvent[][] {
  const result: OutgoingEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event.detail)) + 100;
    const current = result.at(-1);
    if (current && current.length < entriesPerCall && bytes + size <= bytesPerCall) {
      current.push(event);
      bytes += size;
    } else {
      result.push([event]);
      bytes = size;
    }
  }
  return result;
}
