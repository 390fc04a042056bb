import type { EnrollmentStore } from './enrollment.store.ts';
import { type Enrollment, type ExitReason, exit, isOver } from './enrollment.ts';
import type { Exit, Sequences } from './sequence.ts';

export interface EndDeps {
  readonly enrollments: EnrollmentStore;
  readonly now: () => number;
}

/** Ends every walk of a lead, whatever the sequence says: we must not e-mail this person any more. Done when it returns (I-C1). */
export function endWalks(leadId: string, deps: EndDeps): Promise<void> {
  return endEach(leadId, 'suppressed', async () => true, deps);
}

/**
 * Ends the walks whose sequence says that `reason` ends them (N13). `at` (ISO): when it happened; what began after that is not ended
 * by it. Left out: it holds for good.
 */
export function endWalksFor(
  leadId: string,
  reason: Exit,
  deps: EndDeps & { readonly sequences: (version: string) => Promise<Sequences> },
  at?: string,
): Promise<void> {
  const endsIt = async ({ version, sequence, begunAt }: Enrollment) => {
    if (at !== undefined && begunAt > at) return false;
    return (await deps.sequences(version)).find(({ id }) => id === sequence)?.exits.includes(reason) ?? true;
  };
  return endEach(leadId, reason, endsIt, deps);
}

/** Ends the walk through one sequence. */
export function endWalk(leadId: string, sequence: string, reason: ExitReason, deps: EndDeps): Promise<void> {
  return endEach(leadId, reason, async (walk) => walk.sequence === sequence, deps);
}

async function endEach(
  leadId: string,
  reason: ExitReason,
  endsIt: (enrollment: Enrollment) => Promise<boolean>,
  { enrollments, now }: EndDeps,
): Promise<void> {
  // A walk that moves on while it is ended is read again; a sender moves it at most once a round.
  for (let round = 1; round <= 5; round++) {
    const outcomes: string[] = [];
    for (const enrollment of await enrollments.list(leadId)) {
      if (!isOver(enrollment) && (await endsIt(enrollment)))
        outcomes.push(await enrollments.save(exit(enrollment, reason, now())));
    }
    if (!outcomes.includes('conflict')) return;
  }
  throw new Error('a walk is written to by too many at once: the message comes back by itself');
}
