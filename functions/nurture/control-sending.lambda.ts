import accountPart from 'ripen:playbook/account';
import sequences from 'ripen:playbook/sequences';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { type ControlDeps, controlSending } from './control-sending.ts';
import { reputationStore } from './reputation.store.ts';
import { sendingSwitchStore } from './sending-switch.store.ts';
import { Sequences } from './sequence.ts';

const deps: ControlDeps = {
  switches: sendingSwitchStore(table()),
  reputation: reputationStore(table('METRICS_TABLE_NAME')),
  account: Account.parse(accountPart),
  sequences: Sequences.parse(sequences).map(({ id }) => id),
  now: Date.now,
};

export const handler = onHttp((request) => controlSending(request, deps));
