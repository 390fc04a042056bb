import type { Account } from '../leads/account.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { type Asked, askedOf } from '../leads/predicate.ts';
import { doneWith } from './handing.ts';
import type { HandoffStore } from './handoff.store.ts';
import type { Handoff } from './handoff.ts';
import type { Routing } from './route.ts';
import type { Team } from './team.ts';

export interface RoutingDeps {
  readonly handoffs: Pick<HandoffStore, 'get' | 'roster' | 'records'>;
  /** Which of these mailboxes have stopped our notices. */
  readonly silenced: (emails: readonly string[]) => Promise<readonly string[]>;
  readonly team: Team;
  readonly account: Pick<Account, 'timeZone' | 'language'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface AskedLead {
  readonly lead: Lead;
  readonly history: readonly Activity[];
  /** Whoever has had this hand-off already does not get it again; left out: a new one. */
  readonly handoff?: Handoff;
}

/**
 * Everything that decides who gets a lead as things stand. The roster is read last: the shorter the time between reading whose turn
 * it is and taking it, the fewer the conflicts.
 */
export async function routingFor({ lead, history, handoff }: AskedLead, deps: RoutingDeps): Promise<Routing> {
  const { account } = deps;
  const language = lead.language ?? account.language;
  const previousRep = await previousRepOf(lead, handoff, deps);
  const excluded = handoff ? doneWith(handoff) : [];
  return routingAbout(askedOf(lead, language, history, deps.now()), { previousRep, excluded }, deps);
}

/** As `routingFor`, about anybody: also about a lead whom nobody has met. */
export async function routingAbout(
  asked: Asked,
  { previousRep, excluded }: Pick<Routing, 'previousRep' | 'excluded'>,
  deps: RoutingDeps,
): Promise<Routing> {
  const { team, account } = deps;
  const now = deps.now();
  const [silent, records] = await Promise.all([
    silentReps(deps),
    usesPerformance(team) ? deps.handoffs.records(team.reps.map(({ id }) => id)) : [],
  ]);
  return {
    ...{ team, account, asked, previousRep, records, now },
    excluded: [...excluded, ...silent.map((rep) => ({ rep, reason: 'silenced' as const }))],
    roster: await deps.handoffs.roster(),
  };
}

/** Who had them before this hand-off: who comes back is known to somebody. */
async function previousRepOf(
  { leadId, qualification }: Lead,
  handoff: Handoff | undefined,
  { handoffs }: RoutingDeps,
): Promise<string | null> {
  const cycle = handoff ? handoff.cycle - 1 : (qualification?.cycle ?? 0);
  return cycle > 0 ? ((await handoffs.get(leadId, cycle))?.rep ?? null) : null;
}

/** Who is told by e-mail and has stopped our e-mails would not hear of a lead. */
async function silentReps({ team, silenced }: RoutingDeps): Promise<readonly string[]> {
  const byMail = team.reps.filter(({ channel }) => channel.kind === 'email');
  const silent = await silenced(byMail.map(({ email }) => email));
  return byMail.filter(({ email }) => silent.includes(email)).map(({ id }) => id);
}

function usesPerformance({ assignment: { method, rules } }: Team): boolean {
  return method === 'performance' || rules.some((rule) => rule.method === 'performance');
}
