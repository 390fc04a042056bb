import type { Entry, Handoff } from '../handoff/handoff.ts';
import { labelIn, type Team } from '../handoff/team.ts';
import { handoffText } from './handoff-text.ts';
import { html, type Markup } from './markup.ts';
import { exactMoment, type Reader } from './reader.ts';

interface HistoryView {
  readonly handoff: Pick<Handoff, 'history'>;
  readonly team: Pick<Team, 'rejectionReasons' | 'lossReasons'>;
  readonly repNames: Readonly<Record<string, string>>;
  readonly reader: Reader;
}

/** What happened to a hand-off, who did it, and why. */
export function handoffHistory(view: HistoryView): Markup {
  const { handoff, reader } = view;
  return html`<ol class="plain did">${handoff.history.map(
    (entry) => html`<li>${entryText(entry, view)} <span class="faint">${exactMoment(entry.at, reader)}</span></li>`,
  )}</ol>`;
}

function entryText({ what, rep, by, reason }: Entry, { repNames, team, reader }: HistoryView): string {
  const text = handoffText[reader.language];
  const nameOf = (id: string) => repNames[id] ?? id;
  const told = text.entries[what](rep === null ? text.nobody : nameOf(rep));
  const who = by !== undefined && by !== rep ? ` (${text.by(nameOf(by))})` : '';
  // Why one is taken back is told with it.
  const why = reason === undefined || what === 'withdrawn' ? '' : `: ${reasonName(reason, team, reader)}`;
  return `${told}${who}${why}`;
}

/** What sales said, in the team's own words; what the team has taken out of its list since, by its id. */
export function reasonName(
  reason: string,
  { rejectionReasons, lossReasons }: HistoryView['team'],
  { language }: Pick<Reader, 'language'>,
): string {
  const known = [...rejectionReasons, ...lossReasons].find(({ id }) => id === reason);
  return known ? labelIn(known.label, language) : reason;
}
