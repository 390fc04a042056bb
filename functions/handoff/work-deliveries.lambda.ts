import accountPart from 'ripen:playbook/account';
import teamPart from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { onHttp } from '../runtime/http.ts';
import { publisher } from '../runtime/publish.ts';
import { secret } from '../runtime/secrets.ts';
import { delivering } from './delivering.ts';
import { postReplay } from './post-replay.ts';
import { readDeliveries } from './read-deliveries.ts';
import { Team } from './team.ts';
import { telling } from './telling.ts';

const leads = table();
const told = telling({
  table: leads,
  team: Team.parse(teamPart),
  account: Account.parse(accountPart),
  ...{ baseUrl: env('BASE_URL'), linkKeys: secret('LINK_KEYS_SECRET_ARN'), publish: publisher(), now: Date.now },
});
const deps = delivering(leads, told);

export const handler = onHttp((request) =>
  request.method === 'GET' ? readDeliveries(request, { deliveries: deps.deliveries }) : postReplay(request, deps),
);
