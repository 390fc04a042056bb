import accountPart from 'ripen:playbook/account';
import sequencesPart from 'ripen:playbook/sequences';
import version from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import { playbookStore } from '../leads/playbook.store.ts';
import { sequenceDayStore } from '../leads/sequence-day.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { json, onHttp } from '../runtime/http.ts';
import { pinnedSequences } from './pinned-playbook.ts';
import { readReport, readSequences } from './read-sequences.ts';
import { readWalks } from './read-walks.ts';
import { sendingSwitchStore } from './sending-switch.store.ts';
import { Sequences } from './sequence.ts';
import { walkListStore } from './walk-list.store.ts';

const leads = table();
const { timeZone } = Account.parse(accountPart);
const deps = {
  sequences: Sequences.parse(sequencesPart),
  pinned: pinnedSequences({ version, content: sequencesPart }, playbookStore(leads)),
  days: sequenceDayStore(table('METRICS_TABLE_NAME')),
  walks: walkListStore(leads),
  leads: leadStore(leads, timeZone),
  sendingSwitch: sendingSwitchStore(leads),
  timeZone,
  now: Date.now,
};

export const handler = onHttp(async ({ path, params: { id }, query }) => {
  if (id === undefined) return json(200, { sequences: await readSequences(deps), cursor: null });
  if (path.endsWith('/walks'))
    return json(200, await readWalks(id, { cursor: query.get('cursor') ?? undefined }, deps));
  return json(200, await readReport(id, query, deps));
});
