import * as z from 'zod';
import { Origin, Verdict } from '../leads/activity.ts';
import { Milestone } from '../leads/lead.ts';

const Counted = { recordedAt: z.string(), origin: Origin.optional() };

/** An activity of the ledger, of a lead or of a visitor nobody knows yet. */
const ActivityRow = z.object({
  ...Counted,
  kind: z.literal('activity'),
  activityId: z.string(),
  type: z.string(),
  leadId: z.string().nullish(),
  anonymousId: z.string().nullish(),
  properties: z.record(z.string(), z.json()).default({}),
  verdict: Verdict.pick({ by: true }).optional(),
});
export type ActivityRow = z.infer<typeof ActivityRow>;

/** A lead became an IQL, an MQL …: at most one row per lead and milestone in the whole index. */
const MilestoneRow = z.object({
  ...Counted,
  kind: z.literal('milestone'),
  leadId: z.string(),
  milestone: Milestone,
  /** Whether this is somebody who permits contact: whoever does not is stored and not counted (A2). */
  counted: z.boolean().default(true),
});
export type MilestoneRow = z.infer<typeof MilestoneRow>;

const HandoffRow = z.object({ ...Counted, kind: z.literal('handoff'), handoffId: z.string(), rep: z.string() });

/** What the day index holds, told apart by `kind`. Kinds that no metric counts yet are left out when the index is read. */
export const DayRow = z.discriminatedUnion('kind', [ActivityRow, MilestoneRow, HandoffRow]);
export type DayRow = z.infer<typeof DayRow>;
