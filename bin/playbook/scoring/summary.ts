import type { ActivityRule, Scope, ScoringModel, ScoringRule } from '../../../functions/scoring/scoring-model.ts';
import { conditionWords } from './condition-words.ts';
import { mostOfRule, mostPoints } from './most-points.ts';

/** A scoring model in words, a line for each rule: to see at a glance whether it says what was meant. */
export function summaryOf(model: ScoringModel): string {
  const { rules, disqualify } = model;
  const width = Math.max(...rules.map(({ id }) => id.length));
  return [
    ...levels(model),
    ...rules.map((rule) => `  ${signed(rule.points).padStart(5)}  ${rule.id.padEnd(width)}  ${ruleWords(rule)}`),
    ...disqualify.map(({ id, attributes }) => `     no  ${id.padEnd(width)}  ${conditionWords(attributes)}`),
    ...totals(model),
  ].join('\n');
}

function levels(model: ScoringModel): string[] {
  const { ratings, floor } = model;
  const kept = ratings.margin > 0 ? `, kept until more than ${ratings.margin} below` : '';
  return [
    ...handovers(model),
    `Hot from ${ratings.hot}, warm from ${ratings.warm}${kept}.`,
    ...(floor === undefined ? [] : [`No score is below ${floor}.`]),
  ];
}

function handovers({
  threshold,
  rearmBelow,
  buyingSignals,
  buyingSignalDays,
  explicitRequests,
}: ScoringModel): string[] {
  const asked = `when asked (${explicitRequests.join(', ')}).`;
  if (buyingSignals.length === 0)
    return [`Sales gets a lead only ${asked}`, `No points alone bring one there: buyingSignals names no signal.`];
  return [
    `Sales gets a lead at ${threshold} points with a signal of the last ${buyingSignalDays} days (${buyingSignals.join(', ')}),`,
    `again after the score has been below ${rearmBelow}${explicitRequests.length === 0 ? '; never for asking alone.' : `; or at any score ${asked}`}`,
  ];
}

function ruleWords(rule: ScoringRule): string {
  const most = rule.limit === undefined ? [] : [`at most ${signed(Math.sign(rule.points) * rule.limit)}`];
  if ('ignores' in rule) {
    const { messages, days } = rule.ignores;
    return [`${messages} e-mails delivered in ${days} days and no sign of life`, ...most].join(' · ');
  }
  if ('attributes' in rule) return [conditionWords(rule.attributes), rule.group, ...most].join(' · ');
  return [doneWords(rule), scopeWords[rule.scope], ...given(rule), ...days(rule), ...most].join(' · ');
}

const scopeWords: Readonly<Record<Scope, string>> = {
  once: 'once',
  perMessage: 'once a message',
  perMessageAndLink: 'once a message and link',
  perDay: 'once a day',
  perSubject: 'once a subject',
  always: 'always',
};

function doneWords({ activity, where, humanOnly }: ActivityRule): string {
  const which = Object.keys(where).length > 0 ? ` where ${conditionWords(where)}` : '';
  return `${activity}${which}${humanOnly ? ', by people only' : ''}`;
}

function given({ given }: ActivityRule): string[] {
  return given.map(({ activity, where, times, withinDays, apartHours }) => {
    const which = Object.keys(where).length > 0 ? ` where ${conditionWords(where)}` : '';
    const hours = apartHours === 1 ? '1 hour' : `${apartHours} hours`;
    const apart = apartHours > 0 ? `, at least ${hours} before` : '';
    return `after ${times} × ${activity}${which} in ${withinDays} days${apart}`;
  });
}

function days({ from, until }: ActivityRule): string[] {
  return [...(from === undefined ? [] : [`from ${from}`]), ...(until === undefined ? [] : [`before ${until}`])];
}

function totals(model: ScoringModel): string[] {
  const plus = model.rules.filter(({ points }) => points > 0);
  const once = plus.reduce((sum, { points }) => sum + points, 0);
  const endless = plus.filter((rule) => mostOfRule(rule) === Number.POSITIVE_INFINITY).map(({ id }) => id);
  const most = mostPoints(model);
  const end =
    most === Number.POSITIVE_INFINITY
      ? `there is no most: no limit stands at ${endless.join(', ')}`
      : `the most is ${most}`;
  return [`All rules that add points bring ${once} when each is paid once; ${end}.`, fading(model)];
}

function fading({ groups }: ScoringModel): string {
  const [engagement, fit] = [groups.engagement, groups.fit].map(({ halfLifeDays, limit }) => {
    const fades = halfLifeDays === 'none' ? 'does not fade' : `halves every ${halfLifeDays} days`;
    return limit === undefined ? fades : `${fades} and counts at most ${limit}`;
  });
  return `Engagement ${engagement}, fit ${fit}; minus points do not fade.`;
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}
