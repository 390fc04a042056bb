import { doneWith } from '../../../functions/handoff/handing.ts';
import { RepRecord } from '../../../functions/handoff/rep-record.ts';
import { Roster, startOfRoster } from '../../../functions/handoff/roster.ts';
import { route } from '../../../functions/handoff/route.ts';
import type { Team } from '../../../functions/handoff/team.ts';
import { leadOf } from '../../../functions/leads/lead-item.ts';
import { askedOf } from '../../../functions/leads/predicate.ts';
import { key } from '../../../functions/leads/table.ts';
import { timeZone } from '../models.ts';
import type { TableTwin } from '../twin/table.ts';
import { handoffsIn } from './sales-chronicle.ts';

/** Whoever waits is looked at every quarter of an hour, and the sweep and the queue take their minutes. */
const patienceMs = 18 * 60_000;

interface Moment {
  readonly table: TableTwin;
  readonly now: number;
  readonly team: Team;
  /** Reps whose mailboxes have stopped our notices. */
  readonly silenced: readonly string[];
}

/** In calm weather nobody waits for a rep while one has been there for them all the while. */
export function whoWaits({ table, now, team, silenced }: Moment): string[] {
  const all = table.all();
  const item = table.get(key.roster());
  const roster = item ? Roster.parse(item) : startOfRoster;
  const records = all.filter(({ kind }) => kind === 'rep-record').map((each) => RepRecord.parse(each));
  const handoffs = handoffsIn(all);
  // Somebody has just become free: whoever waits is about to be looked at.
  const isQuiet = handoffs.every(({ history }) => Date.parse(history.at(-1)?.at ?? '') < now - patienceMs);
  if (!isQuiet) return [];
  const silent = team.reps.filter(({ id, channel }) => channel.kind === 'email' && silenced.includes(id));
  return handoffs
    .filter(({ status }) => status === 'queued')
    .flatMap((handoff) => {
      const lead = leadOf(table.get(key.lead(handoff.leadId)));
      const former = handoffs.find(({ leadId, cycle }) => leadId === handoff.leadId && cycle === handoff.cycle - 1);
      const at = (instant: number) =>
        route({
          ...{ team, roster, records, now: instant },
          account: { timeZone, language: 'en' },
          asked: askedOf(lead, 'en', [], instant),
          previousRep: former?.rep ?? null,
          excluded: [...doneWith(handoff), ...silent.map(({ id: rep }) => ({ rep, reason: 'silenced' as const }))],
        }).rep;
      const rep = at(now);
      return rep !== null && at(now - patienceMs) !== null && at(now - patienceMs / 2) !== null
        ? [`queue: ${handoff.handoffId} waits since ${handoff.history[0]?.at} although ${rep} is there`]
        : [];
    });
}
