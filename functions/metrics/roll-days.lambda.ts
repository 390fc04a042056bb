import account from 'ripen:playbook/account';
import modelVersion from 'ripen:playbook/version';
import * as z from 'zod';
import { Account } from '../leads/account.ts';
import { sequenceDayStore } from '../leads/sequence-day.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { log } from '../runtime/log.ts';
import { dayIndexStore } from './day-index.store.ts';
import { type Roll, rollDays } from './roll-days.ts';
import { snapshotStore } from './snapshot.store.ts';

const metrics = table('METRICS_TABLE_NAME');
const deps = {
  index: dayIndexStore(table()),
  snapshots: snapshotStore(metrics),
  sequences: sequenceDayStore(metrics),
  timeZone: Account.parse(account).timeZone,
  modelVersion,
  now: Date.now,
};

/** The nightly schedule says `{ "rebuild": true }`; the one of every minute says nothing. */
const Scheduled = z.object({ rebuild: z.boolean().default(false) });

export const handler = async (event: unknown): Promise<Roll> => {
  const roll = await rollDays(Scheduled.parse(event), deps);
  if (roll.restated.length > 0) log('days-rolled', { days: roll.restated.length, latest: roll.restated.at(-1) });
  return roll;
};
