import type { SequenceDay } from '../leads/sequence-day.ts';
import type { Place } from './program.ts';

type ByReason = Readonly<Record<string, number>>;

/** Those who came so far, to one e-mail or into the sequence, and were lost before the next: for reasons nobody wished for, by name. */
export interface Leak {
  readonly lost: number;
  readonly of: number;
  /** 0 to 1; `null` before anybody came so far. */
  readonly share: number | null;
  readonly reasons: ByReason;
}

/** Ends that somebody wished for: the walk has done what it was for, or people have taken over. Every other is a loss. */
const wished: readonly string[] = ['goal', 'converted', 'handed-off', 'replied', 'exit-step'];

export interface Passed {
  readonly entered: number;
  readonly exitsAt: (step: number) => ByReason;
  /** How many got the e-mail at this step, or would have if it could be sent. */
  readonly reachedAt: (step: number) => number;
}

/** Who left after an e-mail and before they got another, and which of them are a loss. */
export interface Gap {
  readonly left: ByReason;
  /** `null` where no e-mail follows. */
  readonly leak: Leak | null;
}

/**
 * Who left after each e-mail and before the next ones, by the e-mail's step, and under 0 before the first (R5): everybody once, at the
 * last e-mail they got, however far from there they stood. Where two ways through the sequence meet again, those who left behind the
 * meeting are shared among the e-mails before it, each by how many came from it.
 */
export function gaps(program: readonly Place[], passed: Passed): ReadonlyMap<number, Gap> {
  const emails = program.flatMap(({ step }, index) => (step.kind === 'email' ? [index + 1] : []));
  const onward = leadingToEmail(program);
  const all = [0, ...emails].map((step) => {
    return { step, of: step === 0 ? passed.entered : passed.reachedAt(step), places: behind(step, program) };
  });
  const gapOf = ({ of, places }: (typeof all)[number]): Gap => {
    const parts = places.flatMap((place) => {
      const before = all.filter((gap) => gap.places.includes(place));
      const came = before.reduce((sum, gap) => sum + gap.of, 0);
      // Nobody came in these days, so that they came before: nothing tells from which.
      const portion = came === 0 ? 1 / before.length : of / came;
      const isLoss = (reason: string) => onward.has(place) && !wished.includes(reason);
      return Object.entries(passed.exitsAt(place))
        .filter(([reason]) => reason !== 'completed')
        .map(([reason, walks]) => ({ reason, walks: walks * portion, isLoss: isLoss(reason) }))
        .filter(({ walks }) => walks > 0);
    });
    const left = sumOf(parts);
    if (!places.some((place) => onward.has(place))) return { left, leak: null };
    const losses = parts.filter(({ isLoss }) => isLoss);
    const lost = losses.reduce((sum, { walks }) => sum + walks, 0);
    // Those lost today may have come before the first day that is counted.
    return { left, leak: { lost, of, share: of === 0 ? null : Math.min(1, lost / of), reasons: sumOf(losses) } };
  };
  return new Map(all.map((gap) => [gap.step, gapOf(gap)]));
}

/** Where and why walks ended, of all these days. */
export function leavings(days: readonly SequenceDay[]): {
  readonly byReason: ByReason;
  readonly at: (step: number) => ByReason;
} {
  const all = days.flatMap(({ left }) => left);
  return { byReason: sumOf(all), at: (step) => sumOf(all.filter((one) => one.step === step)) };
}

/** Where a walk may stand after the e-mail at `step` (0: from the start) and before it has got another; the next e-mails included. */
function behind(step: number, program: readonly Place[]): readonly number[] {
  const found = new Set<number>();
  const open = step === 0 ? [1] : [...followers(program[step - 1])];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (found.has(number)) continue;
    found.add(number);
    const place = program[number - 1];
    if (place?.step.kind !== 'email') open.push(...followers(place));
  }
  return [...found].sort((a, b) => a - b);
}

/** The places that are an e-mail, or from which one can still come: from the last on, since every way leads on. */
function leadingToEmail(program: readonly Place[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (let number = program.length; number >= 1; number--) {
    const place = program[number - 1];
    if (place?.step.kind === 'email' || followers(place).some((next) => found.has(next))) found.add(number);
  }
  return found;
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
