import type { Sequences } from '../../functions/nurture/sequence.ts';
import type { MustSend } from './verdict.ts';

type Step = Sequences[number]['steps'][number];

/** The e-mails of each sequence that stand outside every branch: whoever walks it to its end has come by all of them. */
export function mustSend(sequences: Sequences): readonly MustSend[] {
  return sequences.map(({ id, steps }) => ({ sequence: id, steps: emailsOutside(steps) }));
}

/** Their numbers, counted depth first as the walks count them. */
function emailsOutside(steps: readonly Step[]): readonly number[] {
  const found: number[] = [];
  let number = 1;
  for (const step of steps) {
    if (step.kind === 'email') found.push(number);
    number += sizeOf(step);
  }
  return found;
}

function sizeOf(step: Step): number {
  if (!('then' in step)) return 1;
  return [...step.then, ...step.else].reduce((sum, inner) => sum + sizeOf(inner), 1);
}
