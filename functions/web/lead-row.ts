import type { LeadView } from '../leads/read-leads.ts';
import { html, type Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';
import { avatar, ratingBadge, scoreCell } from './rating.ts';
import { moment, type Reader } from './reader.ts';

const stages: Readonly<Record<LeadView['stage'], readonly [name: string, tone: Tone]>> = {
  subscriber: ['Subscriber', 'plain'],
  lead: ['Lead', 'plain'],
  mql: ['MQL', 'note'],
  sql: ['SQL', 'careful'],
  opportunity: ['Opportunity', 'good'],
  customer: ['Customer', 'good'],
};

export const stageOptions = Object.entries(stages).map(([stage, [name]]) => [stage, name] as const);

export function stageBadge(stage: LeadView['stage']): Markup {
  const [name, tone] = stages[stage];
  return badge(name, tone);
}

export function leadHref(leadId: string): string {
  return `/leads/${encodeURIComponent(leadId)}`;
}

export interface LeadTableContext {
  /** The score at which sales gets a lead. */
  readonly threshold: number;
  /** The name of a rep, by id. */
  readonly repNames: Readonly<Record<string, string>>;
  readonly reader: Reader;
  readonly short?: boolean;
}

/** Leads as a table, as cards on a phone. The short one, for a page that shows more than leads, leaves out where they came from. */
export function leadTable(leads: readonly LeadView[], context: LeadTableContext): Markup {
  return html`<table class="cards">
<thead><tr><th scope="col">Lead</th><th scope="col">Rating</th><th scope="col">Score</th><th scope="col">Stage</th>${
    !context.short && html`<th scope="col">Source</th><th scope="col">Owner</th>`
  }<th scope="col">Since</th></tr></thead>
<tbody>${leads.map((lead) => leadRow(lead, context))}</tbody>
</table>`;
}

function leadRow(lead: LeadView, { threshold, repNames, reader, short = false }: LeadTableContext): Markup {
  const { name, email, rating, score, stage, source, suppressed, owner, createdAt } = lead;
  return html`<tr>
<td class="lead-cell"><span class="who">${avatar(lead)}<a class="row-link" href="${leadHref(lead.leadId)}">${name ?? email}</a><span class="who-email">${name ? email : 'No name given'}</span></span></td>
<td data-column="Rating"><span class="inline">${ratingBadge(rating)}${suppressed && badge('Do not e-mail', 'bad')}</span></td>
<td data-column="Score">${scoreCell({ total: score.total, rating }, threshold, reader)}</td>
<td data-column="Stage">${stageBadge(stage)}</td>
${!short && html`<td data-column="Source">${sourceText(source)}</td><td data-column="Owner">${owner ? (repNames[owner] ?? owner) : '–'}</td>`}
<td data-column="Since">${moment(createdAt, reader)}</td>
</tr>`;
}

/** `google / spring-launch`: the source by name, else its channel, as the metrics group them; what is not known is said to be so (A5). */
export function sourceText({ channel, campaign, source = channel }: LeadView['source']): string {
  if (source === 'unknown' && campaign === 'unknown') return 'Unknown';
  return campaign === 'unknown' ? source : `${source} / ${campaign}`;
}
