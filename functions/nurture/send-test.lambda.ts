import accountPart from 'ripen:playbook/account';
import emails from 'ripen:playbook/emails';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { publisher } from '../runtime/publish.ts';
import { secret } from '../runtime/secrets.ts';
import { EmailTemplates } from './email-template.ts';
import { type SendTestDeps, sendTest } from './send-test.ts';

const account = Account.parse(accountPart);
const deps: SendTestDeps = {
  emails: EmailTemplates.parse(emails),
  leads: leadStore(table(), account.timeZone),
  pepper: secret('PEPPER_SECRET_ARN'),
  publish: publisher(),
  ...{ account, baseUrl: env('BASE_URL'), now: Date.now },
};

export const handler = onHttp((request) => sendTest(request, deps));
