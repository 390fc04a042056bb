import { type Enrollment, exit, runOf } from './enrollment.ts';
import { type Place, placeAt } from './program.ts';
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
  /** The templates this walk has brought already, in its present run. */
  readonly brought: readonly string[];
  readonly now: number;
}

/**
 * A walk under way, moved to another version of its sequence (Q21: only ever because a person asked for it). It goes on at the first
 * e-mail ahead of it that the new version still has; failing that, at the new version's first e-mail that it has not brought. What it
 * has brought it takes along, so that nothing is brought twice wherever the new version leads. Nothing left to bring: it is over.
 */
export function migrate(walk: Enrollment, { from, to, version, brought, now }: Versions): Migration {
  if (walk.version === version || walk.status !== 'active') return { outcome: 'stays' };
  const had = [...new Set([...walk.brought, ...brought])];
  const isNew = (template: string) => !had.includes(template);
  const places = to.map(templatesAt);
  const wanted = ahead(from, walk.step)
    .flatMap((number) => templatesAt(placeAt(from, number)))
    .find((template) => isNew(template) && places.some((templates) => templates.includes(template)));
  const index = places.findIndex((templates) =>
    wanted === undefined ? templates.some(isNew) : templates.includes(wanted),
  );
  const ver = walk.ver + 1;
  if (index === -1) return { outcome: 'ends', walk: { ...exit(walk, 'exit-step', now), version, ver } };
  // A new name for the walk: what its old steps have sent says nothing about the new ones of the same number.
  const run = runOf(`${walk.run}~${version}`);
  const because = walk.because === 'wait-for' ? 'wait' : walk.because;
  return { outcome: 'moves', walk: { ...walk, version, run, step: index + 1, because, brought: had, ver } };
}

/** The places a walk may still come to, the one it stands at first. The way it has not taken is not among them. */
function ahead(program: readonly Place[], from: number): readonly number[] {
  const reached = new Set<number>();
  const open = [from];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (reached.has(number)) continue;
    reached.add(number);
    const place = placeAt(program, number);
    const ways = 'next' in place ? [place.next] : [place.then, place.else];
    open.push(...ways.filter((way) => way !== null));
  }
  return [...reached].sort((a, b) => a - b);
}

function templatesAt({ step }: Place): readonly string[] {
  return step.kind === 'email' ? templatesOf(step) : [];
}
