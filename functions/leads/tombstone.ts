import * as z from 'zod';

/**
 * What stands where a lead stood who asked to be forgotten (I-E1, I-E2): under the id, which is a keyed hash of the address, and with
 * nothing of the person. It stays for good, so that nothing late, repeated or imported makes a lead of them again.
 */
export const Tombstone = z.object({
  kind: z.literal('erased'),
  at: z.string(),
  ver: z.number(),
  /** The ids of the person's other addresses. */
  otherIds: z.array(z.string()).default([]),
  /** What the ids of the rows that stay are hidden with; gone when all are, and from then on nobody can tell whose they were. */
  mask: z.string().optional(),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** On a lead's own item, for whoever writes beside it: an erased person gets nothing new. */
export const unlessErased = {
  ConditionExpression: 'attribute_not_exists(kind) OR kind <> :erased',
  ExpressionAttributeValues: { ':erased': 'erased' },
} as const;
