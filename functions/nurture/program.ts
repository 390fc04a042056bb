import type { Sequence, Step } from './sequence.ts';

/**
 * A sequence laid out flat, as a walk goes through it: steps by number from 1, depth first in the order written, each with where it
 * leads. `null`: the walk is over.
 */
export type Place =
  | { readonly step: Extract<Step, { kind: 'email' | 'wait' | 'goal' | 'exit' }>; readonly next: number | null }
  | {
      readonly step: Extract<Step, { kind: 'waitFor' | 'branch' }>;
      /** Where it goes when it happened, or is so; and when not. */
      readonly then: number | null;
      readonly else: number | null;
    };

/** The program of a sequence: place `n` is at index `n − 1`. */
export function programOf({ steps }: Pick<Sequence, 'steps'>): readonly Place[] {
  const places: Place[] = [];
  lay(steps, null, places, 1);
  return places;
}

/** Lays `steps` out from place `at`; what comes after the last of them is `after`. */
function lay(steps: readonly Step[], after: number | null, places: Place[], at: number): void {
  let number = at;
  for (const [index, step] of steps.entries()) {
    const end = number + sizeOf(step);
    const next = index === steps.length - 1 ? after : end;
    if (step.kind === 'waitFor' || step.kind === 'branch') {
      const elseAt = number + 1 + sizeOfAll(step.then);
      places[number - 1] = {
        step,
        then: step.then.length > 0 ? number + 1 : next,
        else: step.else.length > 0 ? elseAt : next,
      };
      lay(step.then, next, places, number + 1);
      lay(step.else, next, places, elseAt);
    } else {
      places[number - 1] = { step, next };
    }
    number = end;
  }
}

function sizeOf(step: Step): number {
  return step.kind === 'waitFor' || step.kind === 'branch' ? 1 + sizeOfAll(step.then) + sizeOfAll(step.else) : 1;
}

function sizeOfAll(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + sizeOf(step), 0);
}

/** The place with this number. Throws when the sequence has none: an enrollment names the version it is to be read with. */
export function placeAt(program: readonly Place[], number: number): Place {
  const place = program[number - 1];
  if (!place) throw new Error(`this sequence has no step ${number}`);
  return place;
}
