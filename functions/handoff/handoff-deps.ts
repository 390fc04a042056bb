import type { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { pauseAtRandom } from '../runtime/pause.ts';
import type { HandOffDeps } from './hand-off-lead.ts';
import { handoffStore } from './handoff.store.ts';
import { silencedIn } from './silenced.ts';
import type { Team } from './team.ts';

/** What every door that changes a hand-off works with. */
export function handoffDeps(table: Table, account: Account, team: Team): HandOffDeps {
  return {
    ...{ account, team },
    leads: leadStore(table, account.timeZone),
    handoffs: handoffStore(table, account.timeZone),
    silenced: silencedIn(table),
    now: Date.now,
    pause: (attempt) => pauseAtRandom(Math.min(200, 20 * attempt)),
  };
}
