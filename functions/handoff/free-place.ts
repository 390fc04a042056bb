import type * as z from 'zod';
import type { LeadErased } from '../leads/bus-event.ts';
import { type HandOffDeps, maxAttempts } from './hand-off-lead.ts';
import { withReleased } from './roster.ts';
import { hasPlace } from './team.ts';

/** An erased lead leaves nothing behind but the room that their rep has again: once, however often it is told. */
export async function freePlace(
  { leadId, at, heldBy }: z.output<typeof LeadErased.detail>,
  { handoffs, team, pause }: HandOffDeps,
): Promise<void> {
  if (!hasPlace(team, heldBy)) return;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (attempt > 1) await pause(attempt);
    const before = await handoffs.roster();
    const outcome = await handoffs.free({ leadId, at, roster: { before, after: withReleased(before, heldBy) } });
    if (outcome !== 'conflict') return;
  }
  throw new Error('the roster is written to by too many at once: the message comes back by itself');
}
