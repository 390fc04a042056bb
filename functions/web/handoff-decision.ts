import { assignmentSentences, exclusionReason } from '../handoff/assignment-text.ts';
import type { AssignmentReason } from '../handoff/handoff.ts';
import type { Team } from '../handoff/team.ts';
import { decisionText } from './handoff-decision-text.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './parts.ts';
import { figure, type Reader } from './reader.ts';

/** A decision to explain: who got it, and why as it was stored. */
export interface Decision {
  readonly rep: string | null;
  readonly reason: AssignmentReason;
  readonly repNames: Readonly<Record<string, string>>;
  readonly reader: Reader;
}

/** The decision in sentences, then everybody of the team: in which order they stood, or why they did not. */
export function decision(told: Decision, sentences: readonly string[]): Markup {
  return html`<div class="stack tight">${sentences.map((sentence) => html`<p>${sentence}</p>`)}
${everybody(told)}</div>`;
}

/** Why this rep, without those who could not: they have a table of their own (T9). */
export function decisionSentences(
  { reason, repNames, reader }: Omit<Decision, 'rep'>,
  { assignment }: Pick<Team, 'assignment'>,
): readonly string[] {
  const ruleNames = Object.fromEntries(assignment.rules.map(({ id, name }) => [id, name]));
  return assignmentSentences({ ...reason, exclusions: [] }, { names: repNames, language: reader.language, ruleNames });
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
      html`<tr><th scope="row">${nameOf(exclusion.rep)}</th><td data-column="${text.outcome}">${badge(text.cannot)} <span class="faint">${exclusionReason(exclusion, reader.language)}</span></td>${shareCell(exclusion.rep)}</tr>`,
  )}</tbody></table></div>`;
}
