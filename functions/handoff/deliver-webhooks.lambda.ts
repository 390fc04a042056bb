import accountPart from 'ripen:playbook/account';
import teamPart from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { DeliveryDue, HandoffChanged } from '../leads/bus-event.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { secret } from '../runtime/secrets.ts';
import { deliver, deliverAgain } from './deliver.ts';
import { delivering } from './delivering.ts';
import { Team } from './team.ts';
import { tellWebhooks } from './tell-webhooks.ts';
import { telling } from './telling.ts';

const leads = table();
const told = telling({
  table: leads,
  team: Team.parse(teamPart),
  account: Account.parse(accountPart),
  ...{ baseUrl: env('BASE_URL'), linkKeys: secret('LINK_KEYS_SECRET_ARN'), publish: publisher(), now: Date.now },
});
const deps = delivering(leads, told);

export const handler = onBusEvents(
  on(HandoffChanged, (changed) => tellWebhooks(changed, { ...told, deliver: (order) => deliver(order, deps) })),
  on(DeliveryDue, (due) => deliverAgain(due, deps)),
);
