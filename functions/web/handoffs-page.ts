import { type Handoff, wroteBack } from '../handoff/handoff.ts';
import { handoffBadge, handoffStatusOptions } from './handoff-badge.ts';
import { handoffsText } from './handoffs-text.ts';
import type { Language } from './language.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { badge, emptyState, select } from './parts.ts';
import { figure, moment, type Reader } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

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
  const { language } = frame.reader;
  const text = handoffsText[language];
  return shellPage(frame, {
    section: 'handoffs',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(language, (other) => `/handoffs?${queryOf({ ...filter, lang: other })}`)}</span>`,
    })}
<div class="stack">
<form class="toolbar" action="/handoffs">
${select({ name: 'status', label: text.status, value: filter.status ?? '', options: [['', text.anyStatus], ...handoffStatusOptions(language)] })}
${select({ name: 'rep', label: text.rep, value: filter.rep ?? '', options: [['', text.everybody], ...Object.entries(repNames)] })}
<button class="primary">${text.show}</button>
</form>
<section class="card" aria-label="${text.title}">${rows.length > 0 ? handoffTable(rows, repNames, frame.reader) : nothingYet(filter, language)}</section>
${cursor !== null && html`<nav class="pager" aria-label="${text.pages}"><span></span><a class="button" rel="next" href="?${queryOf({ ...filter, cursor })}">${text.next}</a></nav>`}
</div>`,
  });
}

export function handoffTable(
  rows: readonly HandoffRow[],
  repNames: HandoffsPageView['repNames'],
  reader: Reader,
): Markup {
  const text = handoffsText[reader.language];
  return html`<table class="cards">
<thead><tr><th scope="col">${text.lead}</th><th scope="col">${text.why}</th><th scope="col" class="number">${text.score}</th><th scope="col">${text.rep}</th><th scope="col">${text.status}</th><th scope="col">${text.assigned}</th></tr></thead>
<tbody>${rows.map(
    ({ handoff, leadName }) => html`<tr>
<td class="lead-cell"><a class="row-link" href="${leadHref(handoff.leadId)}">${leadName}</a></td>
<td data-column="${text.why}">${because(handoff, reader)}</td>
<td data-column="${text.score}" class="number"><strong>${figure(handoff.score, reader)}</strong></td>
<td data-column="${text.rep}">${repNames[handoff.rep ?? ''] ?? handoff.rep ?? '–'}</td>
<td data-column="${text.status}">${handoffBadge(handoff.status, reader.language)}</td>
<td data-column="${text.assigned}">${handoff.assignedAt === null ? '–' : moment(handoff.assignedAt, reader)}</td>
</tr>`,
  )}</tbody>
</table>`;
}

function because(handoff: Handoff, { language }: Reader): Markup {
  const text = handoffsText[language];
  if (wroteBack(handoff)) return badge(text.wroteBack, 'hot');
  return handoff.qualifiedBy === 'explicit-request' ? badge(text.asked, 'hot') : badge(text.reached, 'warm');
}

function nothingYet({ status, rep }: HandoffsPageView['filter'], language: Language): Markup {
  const text = handoffsText[language];
  return status || rep
    ? emptyState({
        title: text.nobody,
        text: text.nobodyLike,
        action: { href: '/handoffs', text: text.all },
      })
    : emptyState({
        title: text.none,
        text: text.noneYet,
        action: { href: '/p/consultation', text: text.tryIt },
      });
}

function queryOf(wishes: HandoffsPageView['filter'] & { readonly cursor?: string; readonly lang?: Language }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wishes)) if (value) query.set(name, value);
  return query.toString();
}
