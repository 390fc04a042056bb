import account from 'ripen:playbook/account';
import type { SQSEvent } from 'aws-lambda';
import { Account } from '../leads/account.ts';
import { activationStore } from '../leads/activation.store.ts';
import { RescoreDue } from '../leads/bus-event.ts';
import { leadStore } from '../leads/lead.store.ts';
import { reviewStore } from '../leads/review.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { holderStore } from './holder.store.ts';
import { modelStore } from './model.store.ts';
import { rescoreLeads } from './rescore-leads.ts';

const leads = table();
const deps = {
  leads: leadStore(leads, Account.parse(account).timeZone),
  holders: holderStore(leads),
  reviews: reviewStore(leads),
  models: modelStore(leads),
  activations: activationStore(leads),
  publish: publisher(),
  now: Date.now,
};

/** Of the function's five minutes; the rest is for the page that is under way. */
const workMs = 4 * 60_000;

export const handler = (event: SQSEvent) => {
  const endsAt = performance.now() + workMs;
  const hasTime = () => performance.now() < endsAt;
  return onBusEvents(on(RescoreDue, (due) => rescoreLeads(due, { ...deps, hasTime })))(event);
};
