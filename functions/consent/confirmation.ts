import * as z from 'zod';

/** The latest question whether an address is theirs, and what came of those before. */
export const Confirmation = z.object({
  askedAt: z.string(),
  /** How many in a row have brought no yes, the latest among them. */
  unanswered: z.number().int().default(1),
  /** When they last pressed unsubscribe in such a question. */
  refusedAt: z.string().optional(),
});
export type Confirmation = z.infer<typeof Confirmation>;

const dayMs = 24 * 60 * 60_000;

/** How long nobody is asked after the first question without a yes, after the second, and after each further one. */
const pausesMs = [dayMs, 7 * dayMs, 30 * dayMs];
const refusalMs = 90 * dayMs;

/**
 * The question to ask now (epoch milliseconds), about what was submitted at `submittedAt` (ISO); null when it is too early. Anybody can
 * type in anybody's address, so who does not answer is asked less and less (I-F1), and who has said no to the question itself not for a
 * season.
 */
export function nextQuestion(last: Confirmation | null, submittedAt: string, now: number): Confirmation | null {
  const askedAt = new Date(now).toISOString();
  if (last === null) return { askedAt, unanswered: 1 };
  const { unanswered, refusedAt } = last;
  const pauseMs = pausesMs[Math.min(Math.max(unanswered, 1), pausesMs.length) - 1] ?? dayMs;
  const isTooEarly =
    now < Date.parse(last.askedAt) + pauseMs ||
    (refusedAt !== undefined && now < Date.parse(refusedAt) + refusalMs) ||
    // An old submission that comes again was answered by what has been asked since.
    last.askedAt >= submittedAt;
  return isTooEarly ? null : { askedAt, unanswered: unanswered + 1, ...(refusedAt !== undefined && { refusedAt }) };
}

/** What the messages that ask are sent under. */
export function questionOf(form: string): string {
  return `confirm-${form}`;
}

export function isQuestion(sequence: string): boolean {
  return sequence.startsWith(questionOf(''));
}
