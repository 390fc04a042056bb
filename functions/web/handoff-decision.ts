import type { AssignmentReason } from '../handoff/handoff.ts';
import type { Team } from '../handoff/team.ts';
import { decisionText } from './handoff-decision-text.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './parts.ts';
import { dayName, figure, type Reader } from './reader.ts';

/** A decision to explain: who got it, and why as it was stored. */
export interface Decision {
  readonly rep: string | null;
  readonly reason: AssignmentReason;
  readonly team: Team;
  readonly repNames: Readonly<Record<string, string>>;
  readonly reader: Reader;
}

/** The decision in sentences, then everybody of the team: in which order they stood, or why they did not. */
export function decision(told: Decision): Markup {
  return html`<ul class="plain stack tight">${decisionSentences(told).map((sentence) => html`<li>${sentence}</li>`)}</ul>
${everybody(told)}`;
}

/** Why this rep, in whole sentences (T9). */
export function decisionSentences({ rep, reason, team, repNames, reader }: Decision): readonly string[] {
  const text = decisionText[reader.language];
  const { method, candidates, exclusions, ruleName, rule, passedRules } = reason;
  const name = repNames[rep ?? ''] ?? rep ?? '';
  const ruleOf = (id: string) => team.assignment.rules.find((each) => each.id === id)?.name ?? id;
  const isChoice = method !== 'same-rep' && method !== 'chosen' && method !== 'manager';
  const all = candidates.length + exclusions.length;
  const decided = ruleName ?? (team.assignment.rules.some(({ id }) => id === rule) ? ruleOf(rule) : undefined);
  return [
    ...(passedRules.length > 0 ? [text.passed(passedRules.map(ruleOf).join('; '))] : []),
    ...(isChoice ? [decided === undefined ? text.everybody : text.fromRule(decided)] : []),
    ...(isChoice && all > 0 && candidates.length > 0 ? [text.couldTake(candidates.length, all)] : []),
    isChoice && candidates.length === 1 && exclusions.length > 0 ? text.only(name) : text.methods[method](name),
  ];
}

function everybody({ rep, reason, repNames, reader }: Decision): Markup | null {
  const { candidates, exclusions, weights } = reason;
  if (candidates.length + exclusions.length === 0) return null;
  const text = decisionText[reader.language];
  const nameOf = (id: string) => repNames[id] ?? id;
  const shareCell = (id: string) => {
    const weight = weights?.[id];
    return (
      weights &&
      html`<td class="number" data-column="${text.share}">${weight === undefined ? '–' : figure(weight, reader, 3)}</td>`
    );
  };
  return html`<div class="table-scroll"><table class="cards decision">
<thead><tr><th scope="col">${text.rep}</th><th scope="col">${text.outcome}</th>${weights && html`<th scope="col" class="number">${text.share}</th>`}</tr></thead>
<tbody>${candidates.map(
    (id, index) =>
      html`<tr><th scope="row">${nameOf(id)}</th><td data-column="${text.outcome}">${id === rep ? badge(text.got, 'good') : badge(text.place(index + 1), 'note')}</td>${shareCell(id)}</tr>`,
  )}${exclusions.map(
    (exclusion) =>
      html`<tr><th scope="row">${nameOf(exclusion.rep)}</th><td data-column="${text.outcome}">${badge(text.cannot)} <span class="faint">${whyExcluded(exclusion, reader)}</span></td>${shareCell(exclusion.rep)}</tr>`,
  )}</tbody></table></div>`;
}

/** Why somebody could not get it, such as `on leave until Fri, 27 Nov 2026`. */
export function whyExcluded({ reason, detail = '' }: AssignmentReason['exclusions'][number], reader: Reader): string {
  const words = decisionText[reader.language].why[reason];
  if (reason === 'leave') return words(dayName(detail, reader));
  // By the clock of the rep, as it was stored: 2026-11-30T09:00.
  if (reason === 'hours' && detail !== '') return words(`${dayName(detail.slice(0, 10), reader)}, ${detail.slice(11)}`);
  return words(detail);
}
