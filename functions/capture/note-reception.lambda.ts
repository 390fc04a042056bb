import { ActivityCaptured, SubmissionRejected } from '../leads/bus-event.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { noteReceived, noteRejected } from './note-reception.ts';
import { receptionStore } from './reception.store.ts';

const receptions = receptionStore(table());

export const handler = onBusEvents(
  on(ActivityCaptured, (activity) => noteReceived(activity, receptions)),
  on(SubmissionRejected, (rejected) => noteRejected(rejected, receptions)),
);
