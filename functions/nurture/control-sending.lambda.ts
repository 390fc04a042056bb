import accountPart from 'ripen:playbook/account';
import sequences from 'ripen:playbook/sequences';
import team from 'ripen:playbook/team';
import { Account } from '../leads/account.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { Colleagues, colleaguesOf } from './colleague.ts';
import { type ControlDeps, controlSending } from './control-sending.ts';
import { reputationStore } from './reputation.store.ts';
import { sendingSwitchStore } from './sending-switch.store.ts';
import { Sequences } from './sequence.ts';
import { silenceStore } from './silence.store.ts';

const account = Account.parse(accountPart);
const deps: ControlDeps = {
  switches: sendingSwitchStore(table()),
  silences: silenceStore(table()),
  colleagues: colleaguesOf(Colleagues.parse(team), account),
  reputation: reputationStore(table('METRICS_TABLE_NAME')),
  account,
  sequences: Sequences.parse(sequences).map(({ id }) => id),
  now: Date.now,
};

export const handler = onHttp((request) => controlSending(request, deps));
