import account from 'ripen:playbook/account';
// biome-ignore lint/style/noRestrictedImports: an address nobody may mail must stay so from the instant it becomes a lead's (I-C2).
import { suppressionStore } from '../consent/suppression.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { answerPosted } from '../runtime/posted.ts';
import { secret } from '../runtime/secrets.ts';
import { Account } from './account.ts';
import { addressStore } from './address.store.ts';
import { changeAddress } from './change-address.ts';
import { leadStore } from './lead.store.ts';

const leads = table();
const deps = {
  leads: leadStore(leads, Account.parse(account).timeZone),
  addresses: addressStore(leads),
  suppressions: suppressionStore(leads),
  pepper: secret('PEPPER_SECRET_ARN'),
  now: Date.now,
};

export const handler = onHttp((request) => {
  const { leadId = '' } = request.params;
  const page = `/leads/${encodeURIComponent(leadId)}`;
  const change = async (fields: unknown) => json(200, await changeAddress(leadId, fields, deps));
  return answerPosted(request, page, change, `${page}?address=changed`);
});
