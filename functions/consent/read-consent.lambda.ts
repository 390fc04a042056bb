import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { consentStore } from './consent.store.ts';
import { readConsent } from './read-consent.ts';

const leads = table();
const deps = { leads: leadStore(leads, Account.parse(account).timeZone), consents: consentStore(leads) };

export const handler = onHttp(async ({ params: { leadId = '' } }) => json(200, await readConsent(leadId, deps)));
