import type { LeadView } from '../leads/read-leads.ts';
import { shownAddress } from '../leads/shown-address.ts';
import type { Language } from './language.ts';
import { leadText } from './lead-text.ts';
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

export const stageOptions = Object.entries(leadText.en.stages);

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
  return html`<table class="cards">
<thead><tr><th scope="col">Lead</th><th scope="col">Rating</th><th scope="col">Score</th><th scope="col">Stage</th>${
    !context.short && html`<th scope="col">Source</th><th scope="col">Owner</th>`
  }<th scope="col">Since</th></tr></thead>
<tbody>${leads.map((lead) => leadRow(lead, context))}</tbody>
</table>`;
}

function leadRow(lead: LeadView, { threshold, repNames, reader, short = false }: LeadTableContext): Markup {
  const { name, email, rating, score, stage, source, suppressed, disqualified, owner, createdAt } = lead;
  const { text: address, warning } = shownAddress(email);
  return html`<tr>
<td class="lead-cell"><span class="who">${avatar(lead)}<a class="row-link" href="${leadHref(lead.leadId)}">${name ?? address}</a><span class="who-email">${name ? address : 'No name given'}</span></span></td>
<td data-column="Rating"><span class="inline">${ratingBadge(rating, reader.language)}${suppressed && badge('Do not e-mail', 'bad')}${disqualified && badge('No buyer', 'bad')}${warning && !short && badge('Doubtful address', 'careful')}</span></td>
<td data-column="Score">${scoreCell({ total: score.total, rating }, threshold, reader)}</td>
<td data-column="Stage">${stageBadge(stage, reader.language)}</td>
${!short && html`<td class="source-cell" data-column="Source">${sourceText(source)}</td><td data-column="Owner">${owner ? (repNames[owner] ?? owner) : '–'}</td>`}
<td data-column="Since">${moment(createdAt, reader)}</td>
</tr>`;
}

/** `google / spring-launch`: the source by name, else its channel, as the metrics group them; what is not known is said to be so (A5). */
export function sourceText({ channel, campaign, source = channel }: LeadView['source'], unknown = 'Unknown'): string {
  if (source === 'unknown' && campaign === 'unknown') return unknown;
  return campaign === 'unknown' ? source : `${source} / ${campaign}`;
}
