import * as z from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(256)).nullish().catch(null);
const Text = z.string().nullish().catch(null);
const Bag = z.record(z.string(), z.unknown()).nullish().catch(null);

/** A Segment message as clients of all ages send it: unknown members are left alone, members of the wrong type are left out. */
export const TrackingMessage = z.object({
  type: Text,
  action: Text,
  event: Text,
  name: Text,
  messageId: Text,
  userId: Id,
  user_id: Id,
  anonymousId: Id,
  previousId: Id,
  timestamp: z.unknown().optional(),
  sentAt: z.unknown().optional(),
  properties: Bag,
  traits: Bag,
  context: z
    .object({ traits: Bag, page: Bag, campaign: Bag, userAgent: Text, user_agent: Text, locale: Text })
    .nullish()
    .catch(null),
});
export type TrackingMessage = z.infer<typeof TrackingMessage>;
