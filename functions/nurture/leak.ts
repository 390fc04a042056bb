import type { SequenceDay } from '../leads/sequence-day.ts';
import type { Place } from './program.ts';
import type { Leak } from './sequence-report.ts';

type ByReason = Readonly<Record<string, number>>;

/** Ends that somebody wished for: the walk has done what it was for, or people have taken over. Every other is a loss. */
const wished: readonly string[] = ['completed', 'goal', 'converted', 'handed-off', 'replied', 'exit-step'];

/** Where and why walks ended, of all these days. */
export function leavings(days: readonly SequenceDay[]): {
  readonly byReason: ByReason;
  readonly at: (step: number) => ByReason;
} {
  const all = days.flatMap(({ left }) => left);
  return { byReason: sumOf(all), at: (step) => sumOf(all.filter((one) => one.step === step)) };
}

export interface Passed {
  readonly entered: number;
  readonly exitsAt: (step: number) => ByReason;
  /** How many came as far as the e-mail at this step. */
  readonly reachedAt: (step: number) => number;
}

/**
 * Who was lost between this e-mail and the next ones (R5). Where two ways through the sequence meet again, a loss behind the meeting is
 * shared among the e-mails before it, each by how many came from it. `null` where no e-mail follows.
 */
export function leakAfter(step: number, program: readonly Place[], passed: Passed): Leak | null {
  const behind = betweenEmails(step, program);
  if (behind.length === 0) return null;
  const emails = program.flatMap((place, index) => (place.step.kind === 'email' ? [index + 1] : []));
  const of = passed.reachedAt(step);
  const lostAt = behind.map((place) => {
    const sources = [0, ...emails].filter((source) => betweenEmails(source, program).includes(place));
    const came = sources.reduce((sum, source) => sum + (source === 0 ? passed.entered : passed.reachedAt(source)), 0);
    const part = came === 0 ? 0 : of / came;
    return Object.entries(passed.exitsAt(place))
      .filter(([reason]) => !wished.includes(reason))
      .map(([reason, walks]) => ({ reason, walks: walks * part }));
  });
  const reasons = sumOf(lostAt.flat());
  const lost = Math.min(
    of,
    Object.values(reasons).reduce((sum, walks) => sum + walks, 0),
  );
  return { lost, of, share: of === 0 ? null : lost / of, reasons };
}

/**
 * The places where a walk may stand after the e-mail at `step` (0: from the start) and before it has got another: the next e-mails
 * included, places behind which there is none left out.
 */
function betweenEmails(step: number, program: readonly Place[]): readonly number[] {
  const first = step === 0 ? [1] : followers(program[step - 1]);
  const found = new Set<number>();
  const open = [...first];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (found.has(number)) continue;
    found.add(number);
    const place = program[number - 1];
    if (place?.step.kind !== 'email') open.push(...followers(place));
  }
  return [...found].filter((number) => leadsToEmail(number, program)).sort((a, b) => a - b);
}

function leadsToEmail(number: number, program: readonly Place[]): boolean {
  const place = program[number - 1];
  return place?.step.kind === 'email' || followers(place).some((next) => leadsToEmail(next, program));
}

function followers(place: Place | undefined): readonly number[] {
  if (!place || place.step.kind === 'exit') return [];
  const next = 'next' in place ? [place.next] : [place.then, place.else];
  return next.filter((number) => number !== null);
}

function sumOf(parts: readonly { readonly reason: string; readonly walks: number }[]): ByReason {
  const sums = new Map<string, number>();
  for (const { reason, walks } of parts) sums.set(reason, (sums.get(reason) ?? 0) + walks);
  return Object.fromEntries([...sums].sort());
}
