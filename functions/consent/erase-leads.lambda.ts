import type { SQSEvent } from 'aws-lambda';
import { ErasureDue } from '../leads/bus-event.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { finishErasure } from './erase-lead.ts';
import { erasureStore } from './erasure.store.ts';
import { erasureVisitorStore } from './erasure-visitor.store.ts';

const leads = table();
const deps = { erasures: erasureStore(leads), visitors: erasureVisitorStore(leads), now: Date.now };

/** Of the function's five minutes; the rest is for the page that is under way. What is left then is due again. */
const workMs = 4 * 60_000;

export const handler = (event: SQSEvent) => {
  const endsAt = performance.now() + workMs;
  const hasTime = () => performance.now() < endsAt;
  return onBusEvents(on(ErasureDue, ({ leadId, look }) => finishErasure(leadId, look, { ...deps, hasTime })))(event);
};
