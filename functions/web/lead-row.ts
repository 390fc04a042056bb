import type { LeadView } from '../leads/read-leads.ts';
import { shownAddress } from '../leads/shown-address.ts';
import type { Language } from './language.ts';
import { leadText } from './lead-text.ts';
import { leadsText } from './leads-text.ts';
import { html, type Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';
import { avatar, ratingBadge, scoreCell } from './rating.ts';
import { moment, type Reader } from './reader.ts';

const stageTones: Readonly<Record<LeadView['stage'], Tone>> = {
  subscriber: 'plain',
  lead: 'plain',
  mql: 'note',
  sql: 'careful',
  opportunity: 'good',
  customer: 'good',
};

export function stageOptions(language: Language): readonly (readonly [stage: string, name: string])[] {
  return Object.entries(leadText[language].stages);
}

export function stageBadge(stage: LeadView['stage'], language: Language): Markup {
  return badge(leadText[language].stages[stage], stageTones[stage]);
}

/** What kinds of lead they are besides the stage they stand at. */
export function typeBadges({ types, stage }: Pick<LeadView, 'types' | 'stage'>, language: Language): readonly Markup[] {
  const names = new Map(Object.entries(leadText[language].types));
  return types.filter((type) => type !== stage).map((type) => badge(names.get(type) ?? type, 'note'));
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
  const text = leadsText[context.reader.language];
  const wide = context.short ? [] : [text.source, text.owner];
  const columns = [text.lead, text.rating, text.score, text.stage, ...wide, text.since];
  return html`<table class="cards">
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${leads.map((lead) => leadRow(lead, context))}</tbody>
</table>`;
}

function leadRow(lead: LeadView, { threshold, repNames, reader, short = false }: LeadTableContext): Markup {
  const { name, email, rating, score, stage, source, suppressed, disqualified, owner, createdAt } = lead;
  const { text: address, warning } = shownAddress(email);
  const text = leadsText[reader.language];
  const { unknown } = leadText[reader.language].who;
  return html`<tr>
<td class="lead-cell"><span class="who">${avatar(lead)}<a class="row-link" href="${leadHref(lead.leadId)}">${name ?? address}</a><span class="who-email">${name ? address : text.noName}</span></span></td>
<td data-column="${text.rating}"><span class="inline">${ratingBadge(rating, reader.language)}${suppressed && badge(text.doNot, 'bad')}${disqualified && badge(text.noBuyer, 'bad')}${warning && !short && badge(text.doubtful, 'careful')}</span></td>
<td data-column="${text.score}">${scoreCell({ total: score.total, rating }, threshold, reader)}</td>
<td data-column="${text.stage}">${stageBadge(stage, reader.language)}</td>
${!short && html`<td class="source-cell" data-column="${text.source}">${sourceText(source, unknown)}</td><td data-column="${text.owner}">${owner ? (repNames[owner] ?? owner) : '–'}</td>`}
<td data-column="${text.since}">${moment(createdAt, reader)}</td>
</tr>`;
}

/** `google / spring-launch`: the source by name, else its channel, as the metrics group them; what is not known is said to be so (A5). */
export function sourceText({ channel, campaign, source = channel }: LeadView['source'], unknown = 'Unknown'): string {
  if (source === 'unknown' && campaign === 'unknown') return unknown;
  return campaign === 'unknown' ? source : `${source} / ${campaign}`;
}
