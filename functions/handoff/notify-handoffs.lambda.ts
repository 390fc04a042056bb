import accountPart from 'ripen:playbook/account';
import teamPart from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { HandoffChanged } from '../leads/bus-event.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { log } from '../runtime/log.ts';
import { on, onBusEvents } from '../runtime/on-bus-event.ts';
import { publisher } from '../runtime/publish.ts';
import { secret } from '../runtime/secrets.ts';
import { deliver } from './deliver.ts';
import { delivering } from './delivering.ts';
import { notifyReps } from './notify-rep.ts';
import { Team } from './team.ts';
import { telling } from './telling.ts';

const leads = table();
const deps = telling({
  table: leads,
  team: Team.parse(teamPart),
  account: Account.parse(accountPart),
  ...{ baseUrl: env('BASE_URL'), linkKeys: secret('LINK_KEYS_SECRET_ARN'), publish: publisher(), now: Date.now },
});

const calling = delivering(leads, deps);

export const handler = onBusEvents(
  on(HandoffChanged, async (changed) => {
    const outcome = await notifyReps(changed, { ...deps, deliver: (order) => deliver(order, calling) });
    log(`notice-${outcome}`, { leadId: changed.leadId, cycle: changed.cycle, what: changed.what });
  }),
);
