import { byHand } from '../../../functions/scoring/folding.ts';
import type { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import type { Parts } from '../cross-checks.ts';
import { type Found, found } from './found.ts';
import { wrongLevels } from './levels.ts';
import { wrongMachines } from './wrong-machines.ts';
import { openIsNoCondition, wrongDisqualifier, wrongMatch, wrongRule } from './wrong-rule.ts';
import { judged } from './wrong-scope.ts';

/**
 * What is well written in `scoring.yaml` and yet cannot be meant: rules that never fire, levels nobody reaches. These checks stand
 * here and not in the schema because the functions read the models of older playbooks too, and must not stop at one that a later
 * Ripen would refuse.
 */
export function wrongScoring(parts: Parts): readonly Found[] {
  const { rules, signals, disqualify } = parts.scoring;
  return [
    ...wrongLevels(parts.scoring),
    ...wrongMachines(parts.scoring),
    ...rules.flatMap((rule, index) => wrongRule(rule, ['rules', index], parts)),
    ...Object.entries(signals).flatMap(([name, signal]) => wrongMatch(signal, ['signals', name], parts)),
    ...disqualify.flatMap((each, index) => wrongDisqualifier(each, ['disqualify', index], parts)),
    ...wrongNames(parts.scoring),
    ...wrongUses(parts.scoring),
  ];
}

function wrongNames({ rules, disqualify }: ScoringModel): readonly Found[] {
  const ids = [...rules, ...disqualify].map(({ id }) => id);
  return [
    ...rules.flatMap(({ id }, index) =>
      found(['rules', index, 'id'], id === byHand && 'points given by hand have this name: choose another'),
    ),
    ...disqualify.flatMap(({ id }, index) => {
      const isTaken = ids.indexOf(id) !== rules.length + index;
      return found(['disqualify', index, 'id'], isTaken && `"${id}" is used twice: give each rule its own id`);
    }),
  ];
}

/** What a signal is used for that it cannot carry: requests of scanners, steps that wait for an open. */
function wrongUses({ signals, buyingSignals, explicitRequests, milestones }: ScoringModel): readonly Found[] {
  const scannersToo = (name: string) => {
    const signal = signals[name];
    return signal && judged.includes(signal.activity) && !signal.humanOnly
      ? `a scanner would give the signal "${name}" in their name: add humanOnly: true to it`
      : undefined;
  };
  const isNobodys = buyingSignals.length === 0 && explicitRequests.length === 0;
  return [
    ...found(
      ['buyingSignals'],
      isNobodys && 'sales would never get anybody: name a signal here, or one in explicitRequests',
    ),
    ...buyingSignals.flatMap((name, index) => found(['buyingSignals', index], scannersToo(name))),
    ...explicitRequests.flatMap((name, index) => found(['explicitRequests', index], scannersToo(name))),
    ...Object.entries(milestones).flatMap(([milestone, names]) =>
      names.flatMap((name, index) =>
        found(['milestones', milestone, index], signals[name]?.activity === 'email.opened' && openIsNoCondition),
      ),
    ),
  ];
}
