import type { EnrollmentStore } from './enrollment.store.ts';
import { type Enrollment, exit, isAt } from './enrollment.ts';
import { type Place, programOf } from './program.ts';
import type { SendStore } from './send.store.ts';
import { isFinal, type Send } from './send.ts';
import type { Sequence, Sequences } from './sequence.ts';
import { advance } from './walking.ts';

export interface ConcludeDeps {
  readonly enrollments: EnrollmentStore;
  readonly sends: SendStore;
  /** The sequences of a playbook version: a walk goes on by the one it began with. */
  readonly sequences: (version: string) => Promise<Sequences>;
  readonly now: () => number;
}

/** Records what became of a send and moves the walk it belongs to, in one transaction. */
export async function conclude(before: Send | null, after: Send, deps: ConcludeDeps): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    if ((await deps.sends.save(before, after, await movedBy(after, deps))) === 'saved') return;
    const stored = await deps.sends.get(after);
    // Evidence from SES has ended it before us.
    if (stored && (isFinal(stored) || stored.token !== before?.token)) return;
  }
  throw new Error('a send could not be recorded: its walk is written to by too many at once; the message comes back');
}

/** The walk after this send, or null when the send does not move it: it is not final, or the walk has left this step already. */
async function movedBy(send: Send, { enrollments, sequences, now }: ConcludeDeps): Promise<Enrollment | null> {
  if (send.purpose !== 'marketing' || !isFinal(send) || send.status === 'cancelled') return null;
  const enrollment = await enrollments.get(send.leadId, send.sequence);
  if (!enrollment || !isAt(enrollment, send)) return null;
  if (send.status === 'suppressed') return exit(enrollment, 'suppressed', now());
  return advance(enrollment, (await pinned(enrollment, sequences)).program, now());
}

/** The sequence a walk goes by, as it was when the walk began. */
export async function pinned(
  { version, sequence: id }: Pick<Enrollment, 'version' | 'sequence'>,
  sequences: ConcludeDeps['sequences'],
): Promise<{ readonly sequence: Sequence; readonly program: readonly Place[] }> {
  const sequence = (await sequences(version)).find((one) => one.id === id);
  if (!sequence) throw new Error(`playbook ${version} has no sequence ${id}: deploy that version again`);
  return { sequence, program: programOf(sequence) };
}
