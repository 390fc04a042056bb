import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { Instant } from '../leads/activity.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp, RequestError } from '../runtime/http.ts';
import { explainLead } from './explain-lead.ts';
import { modelStore } from './model.store.ts';

const leads = table();
const deps = {
  leads: leadStore(leads, Account.parse(account).timeZone),
  models: modelStore(leads),
  now: Date.now,
};

export const handler = onHttp(async ({ params, query }) => {
  const given = query.get('asOf');
  const asOf = given === null ? undefined : Instant.safeParse(given);
  if (asOf?.success === false)
    throw new RequestError(422, 'invalid-instant', 'write asOf as an ISO 8601 time, like 2026-01-31T12:00:00Z', 'asOf');
  const explanation = await explainLead(params.leadId ?? '', deps, asOf === undefined ? {} : { asOf: asOf.data });
  if (!explanation) throw new RequestError(404, 'unknown-lead', 'there is no lead with this id');
  return json(200, explanation);
});
