import * as z from 'zod';

/**
 * What a message of a sequence is counted by, each message once, in the day it was sent. A figure about people has the one with
 * machines beside it, named `…Raw` (N11, Q9).
 */
export const MessageCounter = z.enum([
  'sent',
  'delivered',
  'opened',
  'openedRaw',
  'clicked',
  'clickedRaw',
  'replies',
  'bounced',
  'complained',
  'unsubscribed',
  'suppressed',
  'failed',
  'unconfirmed',
]);
export type MessageCounter = z.infer<typeof MessageCounter>;

/** How many messages; a counter that counted none is left out. */
export const MessageCounts = z.partialRecord(MessageCounter, z.number().int().positive());
export type MessageCounts = z.infer<typeof MessageCounts>;

/** The messages of one step: of the template it had then, and of one variant when several are tried. */
export const StepDay = z.object({
  step: z.number().int(),
  template: z.string(),
  variant: z.string().nullable(),
  counts: MessageCounts,
});
export type StepDay = z.infer<typeof StepDay>;

/** Walks that ended at a step for one reason; `completed`: there was nothing more to do. */
export const WalksLeft = z.object({ step: z.number().int(), reason: z.string(), walks: z.number().int().positive() });
export type WalksLeft = z.infer<typeof WalksLeft>;

/**
 * One sequence on one local day: the walks that began and ended on it, and what has become by now of the messages sent on it. Late
 * news restate the day, so that delivered never exceeds sent (I-D3). Days add up.
 */
export const SequenceDay = z.object({
  sequence: z.string(),
  entered: z.number().int().nonnegative(),
  left: z.array(WalksLeft),
  steps: z.array(StepDay),
});
export type SequenceDay = z.infer<typeof SequenceDay>;
