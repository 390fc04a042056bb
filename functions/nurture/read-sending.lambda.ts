import accountPart from 'ripen:playbook/account';
import team from 'ripen:playbook/team';
import * as z from 'zod';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { postedAs } from '../runtime/posted.ts';
import { Colleagues, colleaguesOf } from './colleague.ts';
import { messageFateStore } from './message-fate.store.ts';
import { type ReadSendingDeps, readSending } from './read-sending.ts';
import { reconciliationStore } from './reconciliation.store.ts';
import { reputationStore } from './reputation.store.ts';
import { sendingQuotaStore } from './sending-quota.store.ts';
import { sendingSwitchStore } from './sending-switch.store.ts';
import { silenceStore } from './silence.store.ts';
import { troubleStore } from './trouble.store.ts';

const leads = table();
const account = Account.parse(accountPart);
const deps: ReadSendingDeps = {
  switches: sendingSwitchStore(leads),
  quotas: sendingQuotaStore(leads),
  trouble: troubleStore(leads),
  silences: silenceStore(leads),
  colleagues: colleaguesOf(Colleagues.parse(team), account),
  reputation: reputationStore(table('METRICS_TABLE_NAME')),
  fates: messageFateStore(leads, account.timeZone),
  reconciliations: reconciliationStore(leads),
  account,
  now: Date.now,
};

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2048).optional(),
});

export const handler = onHttp(async ({ query }) =>
  json(200, await readSending(postedAs(Query, Object.fromEntries(query)), deps)),
);
