import * as z from 'zod';
import type { Lead } from './lead.ts';

/** What kind of lead somebody is, the furthest kind last: each has a follow-up of its own (L1–L4, U1). */
export const LeadType = z.enum(['iql', 'mql', 'sql', 'trial']);
export type LeadType = z.infer<typeof LeadType>;

/** Whoever tries the product is a trial user, whatever else they are; and everybody has at least asked for information. */
export function leadTypeOf({ milestones }: Pick<Lead, 'milestones'>): LeadType {
  return LeadType.options.findLast((type) => milestones[type] !== undefined) ?? 'iql';
}
