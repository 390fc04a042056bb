import accountPart from 'ripen:playbook/account';
import teamPart from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { secret } from '../runtime/secrets.ts';
import { answerLink } from './answer-link.ts';
import { handoffDeps } from './handoff-deps.ts';
import { Team } from './team.ts';

const account = Account.parse(accountPart);
const deps = {
  ...handoffDeps(table(), account, Team.parse(teamPart)),
  account,
  linkKeys: secret('LINK_KEYS_SECRET_ARN'),
  baseUrl: env('BASE_URL'),
};

export const handler = onHttp((request) => answerLink(request, deps));
