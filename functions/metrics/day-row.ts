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

/** `rep`: nobody's while it waits for somebody. */
const HandoffRow = z.object({
  ...Counted,
  kind: z.literal('handoff'),
  handoffId: z.string(),
  rep: z.string().nullish(),
});

/** Of whom a message or a walk is, and where in which sequence. Who was erased leaves the rest. */
const InSequence = {
  leadId: z.string().nullish(),
  sequence: z.string(),
  run: z.string(),
  step: z.number().int(),
};

/** What became of one send, as its own record says. */
const SendRow = z.object({
  ...InSequence,
  kind: z.literal('send'),
  status: z.string(),
  template: z.string(),
  variant: z.string().nullish(),
  purpose: z.string().optional(),
});
export type SendRow = z.infer<typeof SendRow>;

const Since = z.string().nullish();

/** What became of one message, as the mail provider and its reader told: each fact with its first instant. */
const MessageRow = z.object({
  ...InSequence,
  kind: z.literal('message'),
  template: z.string(),
  variant: z.string().nullish(),
  deliveredAt: Since,
  /** By a person; `…Raw`: by anybody or anything. */
  openedAt: Since,
  openedRawAt: Since,
  clickedAt: Since,
  clickedRawAt: Since,
  repliedAt: Since,
  bouncedAt: Since,
  complainedAt: Since,
  unsubscribedAt: Since,
  rejectedAt: Since,
  renderingFailedAt: Since,
});
export type MessageRow = z.infer<typeof MessageRow>;

/** A walk through a sequence began, or ended at `step`. */
const WalkRow = z.object({
  ...InSequence,
  kind: z.literal('walk'),
  what: z.enum(['entered', 'left']),
  reason: z.string().optional(),
});
export type WalkRow = z.infer<typeof WalkRow>;

/** What the day index holds, told apart by `kind`. Kinds that no metric counts yet are left out when the index is read. */
export const DayRow = z.discriminatedUnion('kind', [
  ActivityRow,
  MilestoneRow,
  HandoffRow,
  SendRow,
  MessageRow,
  WalkRow,
]);
export type DayRow = z.infer<typeof DayRow>;

/** What is counted by sequence (fold-sequences.ts); the rest is counted by funnel (fold-day.ts). */
export type SequenceRow = SendRow | MessageRow | WalkRow;

export function isOfSequence(row: DayRow): row is SequenceRow {
  return row.kind === 'send' || row.kind === 'message' || row.kind === 'walk';
}

/** The kinds of row that are counted. */
export const countedKinds: ReadonlySet<unknown> = new Set(DayRow.options.map(({ shape }) => shape.kind.value));
