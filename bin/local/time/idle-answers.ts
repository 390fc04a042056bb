import * as z from 'zod';

const IdleAnswer = z.object({ idleUntil: z.iso.datetime({ offset: true }) });

/**
 * What functions have said about having nothing to do. A scheduled function may answer `{ idleUntil: ISO }`: nothing of
 * mine is due before that instant. It stands until some function does work, which may have made something due.
 */
export interface IdleAnswers {
  /** Notes how an invocation ended. */
  note(functionName: string, answer: unknown): void;
  /** Until when all of these functions are idle, in epoch milliseconds; 0 when one of them is not. */
  until(functionNames: readonly string[]): number;
  /** Invocations that were more than an idle answer, leaving out those of `except`. */
  worked(except?: readonly string[]): number;
}

export function openIdleAnswers(): IdleAnswers {
  const idle = new Map<string, { until: number; workedBefore: number }>();
  const workedBy = new Map<string, number>();
  const worked = (except: readonly string[] = []) => {
    let sum = 0;
    for (const [name, count] of workedBy) if (!except.includes(name)) sum += count;
    return sum;
  };
  return {
    note(functionName, answer) {
      const parsed = IdleAnswer.safeParse(answer);
      if (parsed.success) idle.set(functionName, { until: Date.parse(parsed.data.idleUntil), workedBefore: worked() });
      else workedBy.set(functionName, (workedBy.get(functionName) ?? 0) + 1);
    },
    until(functionNames) {
      const instants = functionNames.map((name) => {
        const known = idle.get(name);
        return known && known.workedBefore === worked() ? known.until : 0;
      });
      return instants.length === 0 ? 0 : Math.min(...instants);
    },
    worked,
  };
}
