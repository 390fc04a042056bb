import type { Activity } from '../leads/activity.ts';
import type { Explanation, ExplanationEntry } from '../scoring/explain.ts';
import { byHand } from '../scoring/folding.ts';
import type { ScoringRule } from '../scoring/scoring-model.ts';
import { html, type Markup } from './markup.ts';
import { callout } from './parts.ts';
import { figure, moment, points, type Reader, share } from './reader.ts';
import { scoreText } from './score-text.ts';
import { capital } from './words.ts';

/** What a reason is told with, besides itself: the rules of the lead's own model, and the activities. */
export interface ExplanationContext {
  readonly rules: readonly ScoringRule[];
  readonly activities: readonly Activity[];
  readonly reader: Reader;
}

/** As many lines without points are shown among the others; more are folded away. */
const mostZeros = 3;

/** Why the score is what it is: one line per reason, and their sum, which is the score (T1). */
export function explanationList({ entries, sum, total }: Explanation, context: ExplanationContext): Markup {
  const { reader } = context;
  const text = scoreText[reader.language];
  if (entries.length === 0) return html`<p class="muted">${text.nothing}</p>`;
  const zeros = entries.filter(({ contribution }) => contribution === 0);
  const isFolded = zeros.length > mostZeros;
  const shown = isFolded ? entries.filter(({ contribution }) => contribution !== 0) : entries;
  return html`<ul class="sum plain">
${shown.map((entry) => line(entry, context))}
${isFolded && html`<li class="sum-fold"><details><summary>${text.zeros(figure(zeros.length, reader))}</summary><ul class="sum plain">${zeros.map((entry) => line(entry, context))}</ul></details></li>`}
<li class="sum-total"><span class="points">${figure(sum, reader)}</span><span>${text.sum}</span></li>
</ul>
${sum !== total && callout('careful', text.unequal(figure(sum, reader), figure(total, reader)))}`;
}

function line(entry: ExplanationEntry, context: ExplanationContext): Markup {
  const { contribution, group, occurredAt } = entry;
  const { reader } = context;
  const notes = notesOn(entry, context);
  return html`<li class="${group === null && 'sum-limit'}"><span class="points ${contribution < 0 && 'down'}">${points(contribution, reader)}</span><span>${capital(sentence(entry, context))}${
    notes.length > 0 && html` <span class="sum-note">${notes.join('; ')}</span>`
  }</span>${group !== null && moment(occurredAt, reader)}</li>
`;
}

/** The rule's own words; of an adjustment, who made it and why (Q2). */
function sentence({ ruleId, rule, activityId }: ExplanationEntry, { activities, reader }: ExplanationContext): string {
  if (ruleId !== byHand) return rule;
  const { author, reason } = activities.find((activity) => activity.activityId === activityId)?.properties ?? {};
  const { adjusted, byHand: hand, noReason } = scoreText[reader.language];
  return adjusted(typeof author === 'string' ? author : hand, typeof reason === 'string' ? reason : noReason);
}

/** What time and limits have left of the points, and how long the reason stands. A limit's own line says it all itself. */
function notesOn(
  { ruleId, group, points: full, decay, capped }: ExplanationEntry,
  context: ExplanationContext,
): string[] {
  if (group === null) return [];
  const { rules, reader } = context;
  const { notes } = scoreText[reader.language];
  const rule = rules.find(({ id }) => id === ruleId);
  return [
    ...(rule && 'ignores' in rule
      ? [notes.silence(figure(rule.ignores.messages, reader), figure(rule.ignores.days, reader))]
      : []),
    ...(rule && 'attributes' in rule ? [notes.who] : []),
    ...(decay < 0.995 ? [notes.faded(points(full, reader).replace('+', ''), share(decay, reader))] : []),
    ...(capped && rule?.limit !== undefined ? [notes.limited(figure(rule.limit, reader))] : []),
  ];
}

/** What each activity added, for the timeline. */
export function pointsByActivity({ entries }: Pick<Explanation, 'entries'>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { activityId, contribution } of entries)
    sums.set(activityId, Math.round(((sums.get(activityId) ?? 0) + contribution) * 10) / 10);
  return sums;
}
