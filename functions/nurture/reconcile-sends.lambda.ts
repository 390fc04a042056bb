import { setTimeout } from 'node:timers/promises';
import accountPart from 'ripen:playbook/account';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { publisher } from '../runtime/publish.ts';
import { messageFateStore } from './message-fate.store.ts';
import { sesInsights } from './message-insights.ts';
import { type ReconcileDeps, reconcileSends } from './reconcile-sends.ts';
import { reconciliationStore } from './reconciliation.store.ts';

const leads = table();
const deps: ReconcileDeps = {
  fates: messageFateStore(leads, Account.parse(accountPart).timeZone),
  reconciliations: reconciliationStore(leads),
  ask: sesInsights(),
  publish: publisher(),
  now: Date.now,
  pause: async () => void (await setTimeout(1_000)),
};

export const handler = () => reconcileSends(deps);
