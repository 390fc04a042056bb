import type { LeadView } from '../leads/read-leads.ts';
import { shownAddress } from '../leads/shown-address.ts';
import type { LeadPageView } from './lead-page.ts';
import { sourceText } from './lead-row.ts';
import { leadText } from './lead-text.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { callout, card, facts, inputField } from './parts.ts';
import { moment, share } from './reader.ts';
import { label } from './words.ts';

/** Who the lead is, as far as they told us or came to us, and the way to give them another address. */
export function whoCard({ lead, repNames, readdressed, frame: { reader } }: LeadPageView): Markup {
  const { email, attributes, source, completeness, owner, createdAt } = lead;
  const text = leadText[reader.language].who;
  const { noted } = leadText[reader.language].address;
  const { text: address, warning } = shownAddress(email);
  const own = Object.entries(attributes).filter(([name, value]) => name !== 'name' && isGiven(value));
  return card(
    text.title,
    html`<div class="stack tight">${readdressed && callout('good', noted)}${warning && callout('careful', warning)}${facts(
      [
        [text.email, html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${address}</a>`],
        ...own.map(([name, value]): [string, Piece] => [label(name), textOf(value)]),
        [text.source, sourceText(source, text.unknown)],
        [text.channel, source.source !== undefined && source.channel !== 'unknown' && channelText(source)],
        [text.complete, text.ofThree(share(completeness, reader))],
        [text.owner, owner ? (repNames[owner] ?? owner) : '–'],
        [text.since, moment(createdAt, reader)],
        [text.id, html`<code>${lead.leadId}</code>`],
      ],
    )}${addressForm(lead, leadText[reader.language].address)}</div>`,
  );
}

function addressForm({ leadId }: LeadView, text: (typeof leadText)['en']['address']): Markup {
  return html`<details class="act"><summary>${text.open}</summary>
<form class="stack tight" action="/api/leads/${encodeURIComponent(leadId)}/address" method="post">
${inputField({ id: 'address-email', name: 'email', label: text.email, attributes: html`type="email" maxlength="320" autocomplete="off" required` })}
${inputField({ id: 'address-author', name: 'author', label: text.author, attributes: html`maxlength="200" autocomplete="name" required` })}
<div class="inline"><button class="primary">${text.send}</button><span class="faint">${text.note}</span></div>
</form></details>`;
}

/** Has the person told us this? */
export function isGiven(value: LeadView['attributes'][string] | undefined): boolean {
  return value !== null && value !== '' && value !== undefined;
}

/** `paid (cpc)`: what kind of source it was, and the medium by which that is known. */
function channelText({ channel, medium }: LeadView['source']): string {
  return medium === undefined || medium === channel ? channel : `${channel} (${medium})`;
}

function textOf(value: LeadView['attributes'][string]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
