import { type Enrollment, exit, runOf } from './enrollment.ts';
import type { Place } from './program.ts';
import { templatesOf } from './sequence.ts';

/** What changing to the running version does to one walk. */
export type Migration =
  | { readonly outcome: 'moves'; readonly walk: Enrollment }
  | { readonly outcome: 'ends'; readonly walk: Enrollment }
  | { readonly outcome: 'stays' };

interface Versions {
  /** The sequence as the walk began with it, and as it is now. */
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  readonly version: string;
  /** The templates this walk has brought already. */
  readonly brought: ReadonlySet<string>;
  readonly now: number;
}

/**
 * A walk under way, moved to another version of its sequence (Q21: only ever because a person asked for it). It goes on at the first
 * e-mail that it would have come to and that the new version still has; failing that, at the new version's first e-mail that it has
 * not brought. Nothing is brought twice. A walk with nothing left to bring is over.
 */
export function migrate(walk: Enrollment, { from, to, version, brought, now }: Versions): Migration {
  if (walk.version === version || walk.status !== 'active') return { outcome: 'stays' };
  const ahead = from.slice(walk.step - 1).flatMap(templatesAt);
  const isNew = (template: string) => !brought.has(template);
  const places = to.map(templatesAt);
  const wanted = ahead.find((template) => isNew(template) && places.some((templates) => templates.includes(template)));
  const index =
    wanted === undefined
      ? places.findIndex((templates) => templates.length > 0 && templates.every(isNew))
      : places.findIndex((templates) => templates.includes(wanted));
  const ver = walk.ver + 1;
  if (index === -1) return { outcome: 'ends', walk: { ...exit(walk, 'exit-step', now), version, ver } };
  // A new name for the walk: what its old steps have sent says nothing about the new ones of the same number.
  const run = runOf(`${walk.run}~${version}`);
  const because = walk.because === 'wait-for' ? 'wait' : walk.because;
  return { outcome: 'moves', walk: { ...walk, version, run, step: index + 1, because, ver } };
}

function templatesAt({ step }: Place): readonly string[] {
  return step.kind === 'email' ? templatesOf(step) : [];
}
