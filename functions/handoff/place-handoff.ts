import type { Activity } from '../leads/activity.ts';
import { localDay } from '../leads/calendar.ts';
import type { Lead } from '../leads/lead.ts';
import { givenTo, minutesToAccept, queued } from './handing.ts';
import type { HandoffWrite } from './handoff.store.ts';
import type { AssignmentReason, Handoff } from './handoff.ts';
import { type RepDay, withDeeds } from './rep-record.ts';
import { withReleased, withTaken } from './roster.ts';
import { type Routed, route } from './route.ts';
import { type RoutingDeps, routingFor } from './routing-for.ts';
import { hasPlace, type Rep, repOf } from './team.ts';
import { addWorkingMinutes, calendarOf } from './working-time.ts';

export type Placement = Pick<HandoffWrite, 'after' | 'what' | 'roster' | 'records'>;

interface Placing {
  /** As it is, with what has just happened to it: its last entry says why somebody else is looked for. */
  readonly handoff: Handoff;
  readonly lead: Lead;
  readonly history: readonly Activity[];
  /** Who is to get it: the first rep, another one, or the manager. */
  readonly level: Handoff['level'];
}

/** How often we look again for somebody, should news of a rep who is free have been lost. */
const minuteMs = 60_000;
const lookAgainMs = 15 * minuteMs;

/**
 * Whom a hand-off goes to as things stand: the rep that `route` finds; else the manager, when a rep has had it already (T10); else
 * nobody yet (D9). Reads, and writes nothing: the caller writes what it answers in one transaction.
 */
export async function placed({ handoff, lead, history, level }: Placing, deps: RoutingDeps): Promise<Placement> {
  const routing = await routingFor({ lead, history, handoff }, deps);
  const before = routing.roster;
  const had = hasPlace(deps.team, handoff.rep) ? handoff.rep : null;
  // Whoever had it until now has room for another one.
  const roster = had ? withReleased(before, had) : before;
  const routed = route({ ...routing, roster });
  const at = new Date(routing.now).toISOString();
  const rep = level === 'manager' ? null : repOf(deps.team, routed.rep);
  if (rep) {
    const taken = withTaken(roster, rep.id, localDay(at, rep.timeZone ?? deps.account.timeZone), routed.credits);
    const after = givenTo(handoff, {
      rep: rep.id,
      reason: routed.reason,
      level,
      at,
      lead,
      dueAt: dueFor(rep, level, at, deps),
    });
    return {
      ...{ after, what: 'assigned', roster: { before, after: taken } },
      records: await recordsOf(
        [
          [had, missed(handoff)],
          [rep.id, { assigned: 1 }],
        ],
        at,
        deps,
      ),
    };
  }
  const freed = had ? { roster: { before, after: roster } } : {};
  if (handoff.turn > 0 || level === 'manager') {
    const { manager } = deps.team;
    const reason = escalation(routed.reason, manager.id);
    const after = givenTo(handoff, { rep: manager.id, reason, level: 'manager', at, dueAt: null, lead });
    return { after, what: 'assigned', ...freed, records: await recordsOf([[had, missed(handoff)]], at, deps) };
  }
  const isNews = handoff.history.at(-1)?.what !== 'queued';
  return {
    after: queued(handoff, routed.reason, at, nextLook(routed, routing.now), lead),
    what: isNews ? 'queued' : null,
  };
}

/** Until when this rep is to accept it (ISO): a whole minute, as they read it and as the sweep looks. */
function dueFor(rep: Rep, level: Handoff['level'], at: string, { team, account }: RoutingDeps): string | null {
  const minutes = minutesToAccept(level, team);
  if (minutes === null) return null;
  const due = addWorkingMinutes(calendarOf(rep, team, account), Date.parse(at), minutes);
  return new Date(Math.ceil(due / minuteMs) * minuteMs).toISOString();
}

function escalation({ candidates, exclusions, passedRules }: AssignmentReason, manager: string): AssignmentReason {
  return { rule: 'manager', method: 'manager', candidates: [manager, ...candidates], exclusions, passedRules };
}

function nextLook({ nextTryAt }: Routed, now: number): string {
  const atTheLatest = now + lookAgainMs;
  return new Date(nextTryAt === null ? atTheLatest : Math.min(Date.parse(nextTryAt), atTheLatest)).toISOString();
}

function missed({ history }: Handoff): Partial<RepDay> {
  return history.at(-1)?.what === 'missed' ? { missed: 1 } : {};
}

/** The records of these reps after what they did; nobody's, and those of whom there is nothing to say, are left out. */
export async function recordsOf(
  did: readonly (readonly [rep: string | null, deeds: Partial<RepDay>])[],
  at: string,
  { handoffs, team, account }: Pick<RoutingDeps, 'handoffs' | 'team' | 'account'>,
): Promise<NonNullable<HandoffWrite['records']>> {
  const said = did.filter(([rep, deeds]) => hasPlace(team, rep) && Object.keys(deeds).length > 0);
  const records = await handoffs.records(said.map(([rep]) => rep ?? ''));
  const day = localDay(at, account.timeZone);
  return records.map((before, n) => ({ before, after: withDeeds(before, day, said[n]?.[1] ?? {}) }));
}
