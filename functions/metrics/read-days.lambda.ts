import account from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { answerDays } from './read-days.ts';
import { snapshotStore } from './snapshot.store.ts';

const deps = {
  snapshots: snapshotStore(table('METRICS_TABLE_NAME')),
  timeZone: Account.parse(account).timeZone,
  now: Date.now,
};

export const handler = onHttp((request) => answerDays(request, deps));
