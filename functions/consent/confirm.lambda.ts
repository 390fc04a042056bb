import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { readLinkKeys } from '../leads/link-token.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { answerConfirm } from './answer-confirm.ts';
import { confirmationStore } from './confirmation.store.ts';
import { consentStore } from './consent.store.ts';

const [leads, account, keys] = [table(), Account.parse(accountPart), secret('LINK_KEYS_SECRET_ARN')];
const deps = {
  leads: leadStore(leads, account.timeZone),
  consents: consentStore(leads),
  confirmations: confirmationStore(leads),
  linkKeys: async () => readLinkKeys(await keys()),
  account,
  now: Date.now,
};

export const handler = onHttp((request) => answerConfirm(request, deps));
