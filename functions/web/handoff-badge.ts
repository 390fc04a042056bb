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

export const handoffStatusOptions = Object.entries(looks).map(([status, [name]]) => [status, name] as const);

export function handoffBadge(status: HandoffStatus): Markup {
  const [name, tone] = looks[status];
  return badge(name, tone);
}
