import * as z from 'zod';

/** A change of the active scoring model: every lead is brought to it, quietly, however often the work is cut short (T4). */
export const Activation = z.object({
  /** The model's version, and the one that was active before it; `null`: there was none. */
  version: z.string(),
  from: z.string().nullable(),
  /** How many activations there have been: a later one takes over from an earlier one that is still at work. */
  number: z.number().int().positive(),
  status: z.enum(['running', 'done']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Since when every new lead is scored with it; `null`: not all copies say so yet. */
  activeSince: z.string().nullable(),
  /** Leads there were at the start: what `seen` is measured against. */
  total: z.number().int(),
  /** All lists are read again and again until nothing is found in them. */
  pass: z.number().int().positive(),
  passStartedAt: z.string(),
  /** Where the pass stands; `null`: at its beginning. */
  position: z.string().nullable(),
  /** Leads this pass has looked at, and how many of them it has brought to the model. */
  seen: z.number().int(),
  found: z.number().int(),
  /**
   * Of all passes: leads brought to the model, and those of them that now wait for a review. Not counted are those that were moved one
   * by one because somebody wrote to them, and a few after a crash: a count that all of them wrote to would be the one hot item.
   */
  rescored: z.number().int(),
  crossed: z.number().int(),
  /** Every write of progress is one more, so that of two workers only one goes on. */
  step: z.number().int(),
});
export type Activation = z.infer<typeof Activation>;

/** The change to a model, before anything has been done about it. The first model ever finds no leads: there is nothing to do. */
export function newActivation(version: string, before: Activation | null, at: string): Activation {
  return {
    version,
    from: before?.version ?? null,
    number: (before?.number ?? 0) + 1,
    status: before ? 'running' : 'done',
    startedAt: at,
    finishedAt: before ? null : at,
    activeSince: null,
    total: 0,
    ...firstPass(at),
    rescored: 0,
    crossed: 0,
    step: 0,
  };
}

function firstPass(at: string): Pick<Activation, 'pass' | 'passStartedAt' | 'position' | 'seen' | 'found'> {
  return { pass: 1, passStartedAt: at, position: null, seen: 0, found: 0 };
}
