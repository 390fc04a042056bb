import type { LeadView } from '../leads/read-leads.ts';
import { leadTable, stageOptions } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { callout, emptyState, select } from './parts.ts';
import { type Frame, pageHead, shellPage } from './shell.ts';

export interface LeadsPageView {
  readonly frame: Frame;
  readonly leads: readonly LeadView[];
  /** Where the next page begins; `null` on the last. */
  readonly cursor: string | null;
  readonly filter: {
    readonly rating?: string | undefined;
    readonly stage?: string | undefined;
    readonly email?: string | undefined;
    readonly cursor?: string | undefined;
  };
  /** The score at which sales gets a lead. */
  readonly threshold: number;
  readonly repNames: Readonly<Record<string, string>>;
  /** Has somebody just been erased? */
  readonly erased: boolean;
}

const ratingOptions = [
  ['', 'Any rating'],
  ['hot', 'Hot'],
  ['warm', 'Warm'],
  ['cold', 'Cold'],
] as const;

/** Every lead, hottest first. The list keeps itself fresh while somebody looks at it. */
export function leadsPage(view: LeadsPageView): string {
  const { frame, leads, filter, threshold, repNames } = view;
  return shellPage(frame, {
    section: 'leads',
    title: 'Leads',
    body: html`${pageHead({ title: 'Leads', lede: `Hottest first. Sales gets a lead at ${threshold} points with a buying signal, or as soon as they ask to talk.` })}
<div class="stack">
${view.erased && callout('good', 'Erased: nothing is kept of this person, and nothing can be sent to them.')}
${filterForm(filter)}
<div data-live="leads">${
      leads.length > 0
        ? html`<section class="card" aria-label="Leads">${leadTable(leads, { threshold, repNames, reader: frame.reader })}</section>`
        : nobody(filter)
    }</div>
${pager(view)}
</div>`,
  });
}

function filterForm({ rating = '', stage = '', email = '' }: LeadsPageView['filter']): Markup {
  return html`<form class="toolbar" action="/leads" role="search">
<div class="field grow"><label for="filter-email">E-mail <span class="optional">(the whole address)</span></label><input id="filter-email" name="email" type="search" value="${email}" placeholder="name@example.com" autocomplete="off" inputmode="email"></div>
${select({ name: 'rating', label: 'Rating', value: rating, options: ratingOptions })}
${select({ name: 'stage', label: 'Stage', value: stage, options: [['', 'Any stage'], ...stageOptions] })}
<button class="primary">Show</button>
</form>`;
}

function nobody({ rating, stage, email, cursor }: LeadsPageView['filter']): Markup {
  const filtered = [rating, stage, email, cursor].some((value) => value !== undefined && value !== '');
  const state = filtered
    ? emptyState({
        title: 'Nobody matches',
        text: email
          ? 'No lead has exactly this e-mail address. Search takes the whole address.'
          : 'No lead has this rating and stage right now.',
        action: { href: '/leads', text: 'Show all leads' },
      })
    : emptyState({
        title: 'No leads yet',
        text: 'The first one appears here the moment somebody fills in a form. Try it yourself with the trial form.',
        action: { href: '/p/trial', text: 'Fill in the trial form' },
      });
  return html`<section class="card">${state}</section>`;
}

function pager({ cursor, filter }: LeadsPageView): Markup | null {
  if (cursor === null && filter.cursor === undefined) return null;
  return html`<nav class="pager" aria-label="Pages">
${filter.cursor === undefined ? html`<span></span>` : html`<a class="button" href="${pageHref(filter, null)}">Back to the hottest</a>`}
${cursor !== null && html`<a class="button" rel="next" href="${pageHref(filter, cursor)}">Next leads</a>`}
</nav>`;
}

function pageHref({ rating, stage, email }: LeadsPageView['filter'], cursor: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ rating, stage, email, cursor })) if (value) query.set(name, value);
  return query.size > 0 ? `/leads?${query}` : '/leads';
}
