import { Platform } from '../handoff/audience-file.ts';
import { rowsPerFile } from '../handoff/export-audience.ts';
import type { AudienceView, VariantResult } from '../handoff/read-audiences.ts';
import type { Estimate } from '../leads/interval.ts';
import { durationText } from '../nurture/duration-text.ts';
import { happeningText } from '../nurture/predicate-text.ts';
import { audiencesText, platformNames } from './audiences-text.ts';
import { html, type Markup } from './markup.ts';
import { badge, callout, card, emptyState } from './parts.ts';
import { figure, type Reader, share } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { verdictTones } from './verdict-tone.ts';

export interface AudiencesPageView {
  readonly frame: Frame;
  readonly audiences: readonly AudienceView[];
}

/** Who is shown advertisements, as files for the platforms, and which variant does better. */
export function audiencesPage({ frame, audiences }: AudiencesPageView): string {
  const { reader } = frame;
  const text = audiencesText[reader.language];
  return shellPage(frame, {
    section: 'audiences',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => `/audiences?lang=${language}`)}</span>`,
    })}
<div class="stack">
${
  audiences.length === 0
    ? html`<section class="card">${emptyState({ title: text.none, text: text.noneYet, action: { href: '/leads', text: text.seeLeads } })}</section>`
    : html`${callout('note', html`<p><strong>${text.consent}</strong> ${text.consentWhy}</p>`)}
${audiences.map((audience) => audienceCard(audience, reader))}`
}
</div>`,
  });
}

function audienceCard(audience: AudienceView, reader: Reader): Markup {
  const text = audiencesText[reader.language];
  const { name, members, joinedBy, conversions } = audience;
  const joins = joinedBy.map(({ leadType, after }) =>
    text.joins(text.types[leadType], durationText(after, reader.language)),
  );
  const steps = new Intl.ListFormat(reader.language, { type: 'disjunction' }).format(
    conversions.map((conversion) => happeningText(conversion, reader.language)),
  );
  return card(
    name,
    html`<div class="body stack tight"><p>${joins.length > 0 ? joins.join(' ') : text.joinsNobody}</p></div>
<div class="table-scroll">${results(audience, reader)}</div>
<div class="body stack tight"><h3>${text.download}</h3>
${members === 0 ? html`<p class="muted">${text.nobody}</p>` : files(audience, reader)}</div>`,
    {
      flush: true,
      id: audience.audience,
      aside: html`<p>${text.now(members, figure(members, reader))}</p>`,
      footer: html`${text.counts(steps)} ${text.intervals}`,
    },
  );
}

function results({ variants }: AudienceView, reader: Reader): Markup {
  const text = audiencesText[reader.language];
  const columns = [text.share, text.members, text.ever, text.converted, text.rate];
  const weights = variants.reduce((sum, { weight }) => sum + weight, 0);
  return html`<table class="cards">
<thead><tr><th scope="col">${text.variant}</th>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}<th scope="col">${text.difference}</th></tr></thead>
<tbody>${variants.map((variant) => {
    const { members, ever, converted, weight } = variant;
    return html`<tr><th scope="row">${variantName(variant.variant, reader)}</th>
${cell(text.share, share(weight / weights, reader))}${cell(text.members, figure(members, reader))}${cell(text.ever, figure(ever, reader))}${cell(text.converted, figure(converted, reader))}
${cell(text.rate, variant.rate ? interval(variant.rate, (part) => share(part, reader)) : '–')}
<td data-column="${text.difference}">${difference(variant, variants.length, reader)}</td></tr>`;
  })}</tbody></table>`;
}

function difference({ difference: by, verdict }: VariantResult, variants: number, reader: Reader): Markup {
  const text = audiencesText[reader.language];
  if (verdict === null) return variants === 1 ? html`–` : html`<span class="faint">${text.comparedWith}</span>`;
  const points = (part: number) => `${part > 0 ? '+' : ''}${share(part, reader)}`;
  return html`${badge(text.verdicts[verdict], verdictTones[verdict])}${by && html`<span class="faint under">${points(by.low)} – ${points(by.high)}</span>`}`;
}

function interval({ value, low, high }: Estimate, say: (part: number) => string): Markup {
  return html`${say(value)}<span class="faint under">${say(low)} – ${say(high)}</span>`;
}

function cell(column: string, value: string | Markup): Markup {
  return html`<td class="number" data-column="${column}">${value}</td>`;
}

/** For each platform one file per variant, to be shown different advertisements; a whole one where nothing is compared. */
function files({ audience, variants, members }: AudienceView, reader: Reader): Markup {
  const text = audiencesText[reader.language];
  const names = variants.map(({ variant }) => variant);
  const href = (platform: Platform, variant: string) =>
    `/api/audiences/${encodeURIComponent(audience)}/export?${new URLSearchParams({ platform, variant })}`;
  return html`<ul class="files">${Platform.options.map(
    (platform) =>
      html`<li><strong>${platformNames[platform]}</strong> <span class="inline">${names.map((variant) => {
        const name = variantName(variant, reader);
        return html`<a class="button" href="${href(platform, variant)}" download aria-label="${text.fileOf(platformNames[platform], name)}">${name}</a>`;
      })}</span></li>`,
  )}</ul>
<p class="muted">${text.hashed}${members > rowsPerFile && ` ${text.large(figure(rowsPerFile, reader))}`}</p>`;
}

/** An audience that compares nothing has one, of which nobody gave a name. */
function variantName(variant: string, { language }: Reader): string {
  const text = audiencesText[language];
  return variant === 'all' ? text.everybody : `${text.variant} ${variant}`;
}
