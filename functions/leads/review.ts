import * as z from 'zod';

export const ReviewDecision = z.enum(['hand-over', 'leave']);
export type ReviewDecision = z.infer<typeof ReviewDecision>;

/** A lead that only a change of the playbook brought over the threshold: a person decides whether sales gets it (T4). */
export const Review = z.object({
  leadId: z.string(),
  modelVersion: z.string(),
  /** The score under the model before, and under this one. */
  before: z.number(),
  after: z.number(),
  at: z.string(),
  /** Kept when the review has left the list: who handed the lead over, or left it where it was. */
  decided: z.object({ decision: ReviewDecision, author: z.string(), at: z.string() }).nullable().default(null),
});
export type Review = z.infer<typeof Review>;
