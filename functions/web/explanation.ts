import type { Explanation, ExplanationEntry } from '../scoring/explain.ts';
import { html, type Markup } from './markup.ts';
import { callout } from './parts.ts';
import { figure, moment, points, type Reader } from './reader.ts';
import { capital } from './words.ts';

/** Why the score is what it is: one line per reason, and their sum, which is the score (T1). */
export function explanationList({ entries, sum, total }: Explanation, reader: Reader): Markup {
  if (entries.length === 0) return html`<p class="muted">Nothing has earned a point yet.</p>`;
  return html`<ul class="sum plain">
${entries.map((entry) => line(entry, reader))}
<li class="sum-total"><span class="points">${figure(sum, reader)}</span><span>The score</span></li>
</ul>
${sum !== total && callout('careful', `The reasons add up to ${figure(sum, reader)}, while ${figure(total, reader)} is stored. The next activity settles it.`)}`;
}

function line(
  { rule, points: full, contribution, capped, decay, occurredAt }: ExplanationEntry,
  reader: Reader,
): Markup {
  return html`<li><span class="points ${contribution < 0 && 'down'}">${points(contribution, reader)}</span><span>${capital(rule)}${
    capped &&
    html` <span class="sum-note">(the rule’s limit is reached: ${points(full, reader)} would be too much)</span>`
  }${!capped && decay < 1 && html` <span class="sum-note">(${points(full, reader)} when it was new)</span>`}</span>${moment(occurredAt, reader)}</li>
`;
}

/** What each activity added, for the timeline. */
export function pointsByActivity({ entries }: Pick<Explanation, 'entries'>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { activityId, contribution } of entries) sums.set(activityId, (sums.get(activityId) ?? 0) + contribution);
  return sums;
}
