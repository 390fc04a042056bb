import accountPart from 'ripen:playbook/account';
import scoring from 'ripen:playbook/scoring';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { leaksStore } from './leaks.store.ts';
import { hasPricingSignal } from './leaks.ts';
import { answerLeaks } from './read-leaks.ts';

const leads = table();
const { timeZone } = Account.parse(accountPart);
const deps = {
  leaks: leaksStore(leads),
  leads: leadStore(leads, timeZone),
  timeZone,
  knowsPricing: hasPricingSignal(scoring),
  now: Date.now,
};

export const handler = onHttp((request) => answerLeaks(request, deps));
