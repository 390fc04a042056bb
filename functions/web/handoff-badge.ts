import type { HandoffStatus } from '../handoff/handoff.ts';
import type { Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';

const looks: Readonly<Record<HandoffStatus, readonly [name: string, tone: Tone]>> = {
  queued: ['Waiting for a rep', 'careful'],
  assigned: ['Assigned', 'note'],
  accepted: ['Accepted', 'good'],
  rejected: ['Rejected', 'bad'],
  recycled: ['Recycled', 'plain'],
  won: ['Won', 'good'],
  lost: ['Lost', 'plain'],
};

/** What a hand-off can be today: reps cannot answer it yet, and a filter for what nobody can reach finds nothing. */
const reachable: readonly HandoffStatus[] = ['assigned'];

export const handoffStatusOptions = reachable.map((status) => [status, looks[status][0]] as const);

export function handoffBadge(status: HandoffStatus): Markup {
  const [name, tone] = looks[status];
  return badge(name, tone);
}
