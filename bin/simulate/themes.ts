import { rightHandoffDesign, wrongHandoffDesigns } from './handoff/handoff-designs.ts';
import { runHandoffHistory } from './handoff/handoff-history.ts';
import { type Outcome, runHistory } from './history.ts';
import { rightMailDesign, wrongMailDesigns } from './mail/mail-designs.ts';
import { runMailHistory } from './mail/mail-history.ts';
import { rightDesign, wrongDesigns } from './wrong-designs.ts';

/**
 * `any`: scoring and hand-off, where everything may happen. `pauses`: the same, where the model changes in every history and the scoring
 * door stands still more often than it dies. `mail`: sending, consent and erasure. `handoff`: sales, its clock and its answers.
 */
export const themes = ['any', 'pauses', 'mail', 'handoff'] as const;
export type Theme = (typeof themes)[number];

/** Every design there is, by name; `right` is the product as it is. */
export const designNames: readonly string[] = [
  'right',
  ...[wrongDesigns, wrongMailDesigns, wrongHandoffDesigns].flatMap((designs) => Object.keys(designs)),
];

const designs = new Map(Object.entries({ right: rightDesign, ...wrongDesigns }));
const handoffDesigns = new Map(Object.entries({ right: rightHandoffDesign, ...wrongHandoffDesigns }));
const mailDesigns = new Map(Object.entries({ right: rightMailDesign, ...wrongMailDesigns }));

export interface ThemedOptions {
  readonly seed: number;
  readonly history: number;
  readonly design: string;
  readonly theme: Theme;
  readonly trace: ((line: string) => void) | null;
}

/** One history of a theme. @throws for a design that this theme has not. */
export function runThemed({ theme, design, ...options }: ThemedOptions): Promise<Outcome> {
  switch (theme) {
    case 'mail':
      return runMailHistory({ ...options, design: found(mailDesigns, design, theme) });
    case 'handoff':
      return runHandoffHistory({ ...options, design: found(handoffDesigns, design, theme) });
    case 'any':
    case 'pauses':
      return runHistory({ ...options, theme, design: found(designs, design, theme) });
  }
}

function found<Design>(named: ReadonlyMap<string, Design>, design: string, theme: Theme): Design {
  const wanted = named.get(design);
  if (!wanted) throw new Error(`--theme ${theme} has no design ${design}: it has ${[...named.keys()].join(', ')}`);
  return wanted;
}
