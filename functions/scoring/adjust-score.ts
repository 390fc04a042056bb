import * as z from 'zod';
import { ActivityCaptured } from '../leads/bus-event.ts';
import type { LeadStore } from '../leads/lead.store.ts';
import { stableId } from '../leads/lead-id.ts';
import { operatorLine } from '../leads/operator-line.ts';
import { RequestError } from '../runtime/http.ts';
import { postedAs } from '../runtime/posted.ts';
import { type Publish, toEvent } from '../runtime/publish.ts';

export interface AdjustDeps {
  readonly leads: Pick<LeadStore, 'get'>;
  readonly publish: Publish;
  readonly now: () => number;
  readonly newId: () => string;
}

const mend = 'Write the points as a whole number from -1000 to 1000, other than 0.';
const Points = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\s*[+-]?\d{1,4}\s*$/)
        .transform(Number),
    ],
    { error: mend },
  )
  .refine((points) => Number.isInteger(points) && points !== 0 && Math.abs(points) <= 1000, { error: mend });

/** Points by hand, whose they are and why: nobody has to ask later where they come from (Q2). */
const Adjustment = z.object({
  points: Points,
  reason: operatorLine('a reason', 500),
  author: operatorLine('who you are', 200),
  adjustment_id: z.string({ error: 'Write adjustment_id as a text.' }).optional(),
});

/**
 * Adds points to a lead, or takes some away, as an activity in the ledger like any other. `key`, or the field `adjustment_id`, names
 * the adjustment: the same one twice counts once.
 *
 * @throws RequestError 404 unknown lead, 422 with the field that does not fit.
 */
export async function adjustScore(
  leadId: string,
  fields: unknown,
  { key, ...deps }: AdjustDeps & { readonly key?: string | undefined },
): Promise<{ readonly activityId: string }> {
  const { adjustment_id, ...properties } = postedAs(Adjustment, fields);
  const lead = await deps.leads.get(leadId);
  if (!lead) throw new RequestError(404, 'unknown-lead', 'There is no lead with this id.');
  const activityId = stableId('adjustment', lead.leadId, key?.trim() || adjustment_id?.trim() || deps.newId());
  await deps.publish([
    toEvent(ActivityCaptured, {
      activityId,
      type: 'score.adjusted',
      occurredAt: new Date(deps.now()).toISOString(),
      source: 'operator',
      subject: { leadId: lead.leadId },
      properties,
    }),
  ]);
  return { activityId };
}
