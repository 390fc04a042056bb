import * as z from 'zod';

/** Somebody who sells: qualified leads go to them. `id` stands in items, figures and links, so it never changes. */
export const Rep = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and dashes, such as ana-souza'),
  name: z.string().trim().min(1).max(120),
  email: z.email('write it like name@example.com'),
  /** Languages this rep sells in (BCP 47), the best one first. */
  languages: z.array(z.string().min(2)).min(1).optional(),
});
export type Rep = z.infer<typeof Rep>;

/**
 * Who sells, and how qualified leads are shared among them: `playbook/team.yaml`. The order of `reps` is the order of the
 * rotation (D3). Skills, regions and working hours will be further fields of a rep; other ways to assign, further words.
 */
export const Team = z.strictObject({
  reps: z
    .array(Rep)
    .min(1, 'name at least one rep: a qualified lead must reach somebody')
    .refine((reps) => new Set(reps.map(({ id }) => id)).size === reps.length, 'two reps have the same id'),
  assignment: z.literal('round-robin', 'only round-robin is known so far'),
  /** The e-mail that brings a rep their lead: a template of `playbook/emails` in this language. */
  hotLead: z.strictObject({ template: z.string().min(1), language: z.string().min(2) }),
});
export type Team = z.infer<typeof Team>;
