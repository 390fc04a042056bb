import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { reviewStore } from '../leads/review.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { modelStore } from './model.store.ts';
import { reviewLeads } from './review-leads.ts';

const leads = table();
const deps = {
  leads: leadStore(leads, Account.parse(account).timeZone),
  reviews: reviewStore(leads),
  models: modelStore(leads),
  now: Date.now,
};

/** The API waits thirty seconds for an answer. */
const workMs = 20_000;

export const handler = onHttp((request) => {
  const endsAt = performance.now() + workMs;
  return reviewLeads(request, { ...deps, hasTime: () => performance.now() < endsAt });
});
