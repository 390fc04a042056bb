import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { LeadType, leadTypeOf } from '../leads/lead-type.ts';
import type { Sequences } from './sequence.ts';

const Planned = z.object({ strategy: z.string(), sequence: z.string().optional(), recycled: z.string().optional() });

/** What nurture needs to know of the follow-up plan: which sequence a lead of each type walks. */
export const PlannedSequences = z.object({ iql: Planned, mql: Planned, sql: Planned, trial: Planned });
export type PlannedSequences = z.infer<typeof PlannedSequences>;

/**
 * The sequence that the plan begins for what has happened: sales has given the lead back, or nothing came of them in time. They walk
 * it though they have walked it before: this is another cause, and another reason to write to them.
 */
export function plannedBy(
  { type, properties }: Pick<Activity, 'type' | 'properties'>,
  lead: Pick<Lead, 'milestones'>,
  planned: PlannedSequences,
  sequences: Sequences,
): Sequences[number] | null {
  const { strategy, sequence, recycled } = planned[LeadType.safeParse(properties.leadType).data ?? leadTypeOf(lead)];
  const id = type === 'handoff.recycled' ? (recycled ?? sequence) : strategy === 're-engage' ? sequence : undefined;
  const found = sequences.find((each) => each.id === id);
  return found ? { ...found, reentry: 'always' } : null;
}

/** What the plan begins a sequence for. Only our own doors record these. */
export const plannedCauses: readonly string[] = ['handoff.recycled', 'audience.joined'];
