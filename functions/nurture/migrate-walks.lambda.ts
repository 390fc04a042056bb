import accountPart from 'ripen:playbook/account';
import sequences from 'ripen:playbook/sequences';
import version from 'ripen:playbook/version';
import { Account } from '../leads/account.ts';
import { playbookStore } from '../leads/playbook.store.ts';
import { table } from '../runtime/dynamodb.ts';
import { onHttp } from '../runtime/http.ts';
import { enrollmentStore } from './enrollment.store.ts';
import { frequencyStore } from './frequency.store.ts';
import { type MigrateDeps, migrateWalks } from './migrate-walks.ts';
import { pinnedSequences } from './pinned-playbook.ts';
import { sendStore } from './send.store.ts';
import { walkListStore } from './walk-list.store.ts';

const leads = table();
const { timeZone } = Account.parse(accountPart);
const deps: MigrateDeps = {
  walks: walkListStore(leads),
  frequencies: frequencyStore(leads),
  enrollments: enrollmentStore(leads, timeZone),
  sends: sendStore(leads, timeZone),
  sequences: pinnedSequences({ version, content: sequences }, playbookStore(leads)),
  version,
  now: Date.now,
};

export const handler = onHttp((request) => migrateWalks(request, deps));
