import { whyUnsuited } from './suitability.ts';
import type { Match, Rep, Team } from './team.ts';

interface Wrong {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Names that stand for nobody and nothing, or for two, and rules that no rep could ever get a lead by. */
export function wrongTeam(team: Team): readonly Wrong[] {
  return [...twice(team), ...unknownInReps(team), ...unknownInRules(team), ...idleRules(team)];
}

interface Named {
  readonly id: string;
}

function twice(team: Team): readonly Wrong[] {
  const lists = ['rejectionReasons', 'lossReasons', 'territories', 'holidays', 'webhooks'] as const;
  return [
    ...repeated([...team.reps, team.manager]).map((id) => ({
      path: ['reps'],
      message: `two people have the id "${id}"`,
    })),
    ...lists.flatMap((name) =>
      repeated(team[name]).map((id) => ({ path: [name], message: `two of them have the id "${id}"` })),
    ),
    ...repeated(team.assignment.rules).map((id) => ({
      path: ['assignment', 'rules'],
      message: `two rules have the id "${id}"`,
    })),
  ];
}

function repeated(all: readonly Named[]): readonly string[] {
  const ids = all.map(({ id }) => id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

function unknownInReps({ reps, holidays, territories }: Team): readonly Wrong[] {
  return reps.flatMap((rep, index) => [
    ...unknown(holidays, [rep.holidays ?? []].flat(), ['reps', index, 'holidays'], 'calendar of holidays'),
    ...unknown(territories, rep.territories ?? [], ['reps', index, 'territories'], 'territory'),
  ]);
}

function unknownInRules({ assignment: { rules }, reps, territories }: Team): readonly Wrong[] {
  return rules.flatMap(({ needs }, index) => {
    const path = ['assignment', 'rules', index, 'needs'];
    return [
      ...unknown(reps, needs.reps ?? [], [...path, 'reps'], 'rep'),
      ...unknown(territories, needs.territories ?? [], [...path, 'territories'], 'territory'),
    ];
  });
}

function unknown(known: readonly Named[], ids: readonly string[], path: Wrong['path'], what: string): readonly Wrong[] {
  const strange = ids.filter((id) => !known.some((each) => each.id === id));
  return strange.map((id) => ({ path, message: `there is no ${what} "${id}"` }));
}

/** A rule that asks for what nobody has is valid, and silent for ever. */
function idleRules(team: Team): readonly Wrong[] {
  return team.assignment.rules.flatMap((rule, index) => {
    const path = ['assignment', 'rules', index];
    const needed = { ...rule, matching: [] };
    const able = team.reps.filter((rep) => whyUnsuited(rep, needed, noTraits, team) === null);
    // A name that nobody has is told above.
    if (unknownInRules({ ...team, assignment: { ...team.assignment, rules: [rule] } }).length > 0) return [];
    if (able.length === 0)
      return [
        { path: [...path, 'needs'], message: 'no rep meets all of this: take something out, or add it to a rep' },
      ];
    const nobodys = rule.matching.filter((match) => !able.some((rep) => has[match](rep)));
    return nobodys.map((match) => ({
      path: [...path, 'matching'],
      message: `none of its reps says which ${match} they are for: add ${writtenAs[match]} to a rep, or take ${match} out`,
    }));
  });
}

const noTraits = { industry: [], product: [], language: [], region: [] };

const has: Readonly<Record<Match, (rep: Rep) => boolean>> = {
  industry: ({ industries }) => industries !== undefined,
  product: ({ skills }) => skills !== undefined,
  language: ({ languages }) => languages !== undefined,
  region: ({ regions, territories }) => regions !== undefined || territories !== undefined,
};

const writtenAs: Readonly<Record<Match, string>> = {
  industry: 'industries',
  product: 'skills',
  language: 'languages',
  region: 'regions or territories',
};
