import account from 'ripen:playbook/account';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { Account } from './account.ts';
import { leadStore } from './lead.store.ts';
import { leadFilter, readActivities, readLead, readLeads } from './read-leads.ts';

const deps = {
  leads: leadStore(table(), Account.parse(account).timeZone),
  pepper: secret('PEPPER_SECRET_ARN'),
  now: Date.now,
};

export const handler = onHttp(async ({ path, params: { leadId }, query }) => {
  if (leadId === undefined) return json(200, await readLeads(leadFilter(query), deps));
  return json(200, path.endsWith('/activities') ? await readActivities(leadId, deps) : await readLead(leadId, deps));
});
