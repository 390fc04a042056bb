import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { env } from '../runtime/environment.ts';
import { reputationStore } from './reputation.store.ts';
import { sendingSwitchStore } from './sending-switch.store.ts';
import { type WatchDeps, watchReputation } from './watch-reputation.ts';

const deps: WatchDeps = {
  switches: sendingSwitchStore(table()),
  reputation: reputationStore(table('METRICS_TABLE_NAME')),
  account: Account.parse(account),
  baseUrl: env('BASE_URL'),
  now: Date.now,
};

export const handler = () => watchReputation(deps);
