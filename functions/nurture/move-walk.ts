import type { Account } from '../leads/account.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { askedOf } from '../leads/predicate.ts';
import { timeZoneOf } from '../leads/time-zone.ts';
import { type ConcludeDeps, pinned } from './conclude-send.ts';
import { type Enrollment, isOver } from './enrollment.ts';
import { historyFrom, proceed } from './walking.ts';

export interface MoveDeps extends ConcludeDeps {
  readonly leads: {
    get(leadId: string): Promise<Lead | null>;
    between(leadId: string, from: string, until: string): Promise<readonly Activity[]>;
  };
  readonly account: Account;
}

/**
 * Takes a walk on as far as it goes without an e-mail: by what the lead is, by what they have done, and by the time. Answers where it
 * stands then; null when there is no such walk, or nobody to walk it any more.
 */
export async function moveWalk(leadId: string, sequence: string, deps: MoveDeps): Promise<Enrollment | null> {
  // Every round ends it, or somebody else wrote the walk in the meantime: decide on what they wrote.
  for (let round = 1; round <= 10; round++) {
    const walk = await deps.enrollments.get(leadId, sequence);
    const lead = await deps.leads.get(leadId);
    if (!walk || !lead) return null;
    if (isOver(walk)) return walk;
    const { program } = await pinned(walk, deps.sequences);
    const now = deps.now();
    const here = { ...walk, timeZone: timeZoneOf(lead, deps.account) };
    const from = historyFrom(here, program, now);
    const history = from === null ? [] : await deps.leads.between(leadId, from, new Date(now).toISOString());
    const moved = proceed(here, program, askedOf(lead, walk.language, history, now), now);
    if (moved === here || (await deps.enrollments.save(moved)) === 'saved') return moved;
  }
  throw new Error('a walk is written to by too many at once: the message comes back by itself');
}
