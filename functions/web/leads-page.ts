import type { LeadView } from '../leads/read-leads.ts';
import type { Language } from './language.ts';
import { leadTable, stageOptions } from './lead-row.ts';
import { leadText } from './lead-text.ts';
import { leadsText } from './leads-text.ts';
import { html, type Markup } from './markup.ts';
import { callout, emptyState, select } from './parts.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

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

/** Every lead, hottest first. The list keeps itself fresh while somebody looks at it. */
export function leadsPage(view: LeadsPageView): string {
  const { frame, leads, filter, threshold, repNames } = view;
  const { language } = frame.reader;
  const text = leadsText[language];
  return shellPage(frame, {
    section: 'leads',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede(threshold),
      actions: html`<span class="inline">${languageLinks(language, (other) => pageHref({ ...filter, lang: other }, filter.cursor ?? null))}</span>`,
    })}
<div class="stack">
${view.erased && callout('good', text.erased)}
${filterForm(filter, language)}
<div data-live="leads">${
      leads.length > 0
        ? html`<section class="card" aria-label="${text.title}">${leadTable(leads, { threshold, repNames, reader: frame.reader })}</section>`
        : nobody(filter, language)
    }</div>
${pager(view)}
</div>`,
  });
}

function filterForm({ rating = '', stage = '', email = '' }: LeadsPageView['filter'], language: Language): Markup {
  const text = leadsText[language];
  const ratings = Object.entries(leadText[language].ratings);
  return html`<form class="toolbar" action="/leads" role="search">
<div class="field grow"><label for="filter-email">${text.email} <span class="optional">(${text.wholeAddress})</span></label><input id="filter-email" name="email" type="search" value="${email}" placeholder="name@example.com" autocomplete="off" inputmode="email"></div>
${select({ name: 'rating', label: text.rating, value: rating, options: [['', text.anyRating], ...ratings] })}
${select({ name: 'stage', label: text.stage, value: stage, options: [['', text.anyStage], ...stageOptions(language)] })}
<button class="primary">${text.show}</button>
</form>`;
}

function nobody({ rating, stage, email, cursor }: LeadsPageView['filter'], language: Language): Markup {
  const text = leadsText[language];
  const filtered = [rating, stage, email, cursor].some((value) => value !== undefined && value !== '');
  const state = filtered
    ? emptyState({
        title: text.nobody,
        text: email ? text.noAddress : text.noLike,
        action: { href: '/leads', text: text.all },
      })
    : emptyState({
        title: text.none,
        text: text.noneYet,
        action: { href: '/p/trial', text: text.tryIt },
      });
  return html`<section class="card">${state}</section>`;
}

function pager({ cursor, filter, frame: { reader } }: LeadsPageView): Markup | null {
  if (cursor === null && filter.cursor === undefined) return null;
  const text = leadsText[reader.language];
  return html`<nav class="pager" aria-label="${text.pages}">
${filter.cursor === undefined ? html`<span></span>` : html`<a class="button" href="${pageHref(filter, null)}">${text.first}</a>`}
${cursor !== null && html`<a class="button" rel="next" href="${pageHref(filter, cursor)}">${text.next}</a>`}
</nav>`;
}

function pageHref(
  { rating, stage, email, lang }: LeadsPageView['filter'] & { readonly lang?: Language },
  cursor: string | null,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ rating, stage, email, cursor, lang })) if (value) query.set(name, value);
  return query.size > 0 ? `/leads?${query}` : '/leads';
}
