import type { Handoff } from '../handoff/handoff.ts';
import { handoffBadge, handoffStatusOptions } from './handoff-badge.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { badge, emptyState, select } from './parts.ts';
import { figure, moment, type Reader } from './reader.ts';
import { type Frame, pageHead, shellPage } from './shell.ts';

/** A hand-off with the name of its lead. */
export interface HandoffRow {
  readonly handoff: Handoff;
  readonly leadName: string;
}

export interface HandoffsPageView {
  readonly frame: Frame;
  /** Open requests first, then by score: the order in which sales works them. */
  readonly rows: readonly HandoffRow[];
  readonly cursor: string | null;
  readonly filter: { readonly status?: string | undefined; readonly rep?: string | undefined };
  readonly repNames: Readonly<Record<string, string>>;
}

/** Which leads sales has, whose they are, and why they came. */
export function handoffsPage(view: HandoffsPageView): string {
  const { frame, rows, cursor, filter, repNames } = view;
  return shellPage(frame, {
    section: 'handoffs',
    title: 'Hand-offs',
    body: html`${pageHead({ title: 'Hand-offs', lede: 'Leads that are ready for a conversation, and the rep whose turn it was. People who asked to talk come first.' })}
<div class="stack">
<form class="toolbar" action="/handoffs">
${select({ name: 'status', label: 'Status', value: filter.status ?? '', options: [['', 'Any status'], ...handoffStatusOptions] })}
${select({ name: 'rep', label: 'Rep', value: filter.rep ?? '', options: [['', 'Everybody'], ...Object.entries(repNames)] })}
<button class="primary">Show</button>
</form>
<section class="card" aria-label="Hand-offs">${rows.length > 0 ? handoffTable(rows, repNames, frame.reader) : nothingYet(filter)}</section>
${cursor !== null && html`<nav class="pager" aria-label="Pages"><span></span><a class="button" rel="next" href="?${nextQuery(filter, cursor)}">Next hand-offs</a></nav>`}
</div>`,
  });
}

export function handoffTable(
  rows: readonly HandoffRow[],
  repNames: HandoffsPageView['repNames'],
  reader: Reader,
): Markup {
  return html`<table class="cards">
<thead><tr><th scope="col">Lead</th><th scope="col">Why now</th><th scope="col" class="number">Score</th><th scope="col">Rep</th><th scope="col">Status</th><th scope="col">Assigned</th></tr></thead>
<tbody>${rows.map(
    ({ handoff, leadName }) => html`<tr>
<td class="lead-cell"><a class="row-link" href="${leadHref(handoff.leadId)}">${leadName}</a></td>
<td data-column="Why now">${
      handoff.qualifiedBy === 'explicit-request' ? badge('Asked to talk', 'hot') : badge('Threshold and signal', 'warm')
    }</td>
<td data-column="Score" class="number"><strong>${figure(handoff.score, reader)}</strong></td>
<td data-column="Rep">${repNames[handoff.rep] ?? handoff.rep}</td>
<td data-column="Status">${handoffBadge(handoff.status, reader.language)}</td>
<td data-column="Assigned">${moment(handoff.assignedAt, reader)}</td>
</tr>`,
  )}</tbody>
</table>`;
}

function nothingYet({ status, rep }: HandoffsPageView['filter']): Markup {
  return status || rep
    ? emptyState({
        title: 'No hand-off like that',
        text: 'Nobody matches this status and rep right now.',
        action: { href: '/handoffs', text: 'Show all hand-offs' },
      })
    : emptyState({
        title: 'No hand-offs yet',
        text: 'A lead comes here at the threshold with a buying signal, or at once when they ask to talk. Try it with the consultation form.',
        action: { href: '/p/consultation', text: 'Ask for a consultation' },
      });
}

function nextQuery({ status, rep }: HandoffsPageView['filter'], cursor: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ status, rep, cursor })) if (value) query.set(name, value);
  return query.toString();
}
