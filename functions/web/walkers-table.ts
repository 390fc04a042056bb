import { shownAddress } from '../leads/shown-address.ts';
import type { WalkersPage, WalkerView } from '../nurture/read-walks.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { moment, type Reader } from './reader.ts';
import { sequenceText } from './sequence-text.ts';
import { capital } from './words.ts';

/** Who stands at which step, when it goes on, and why not before. */
export function walkersTable({ walks }: Pick<WalkersPage, 'walks'>, reader: Reader): Markup {
  const text = sequenceText[reader.language];
  if (walks.length === 0) return html`<p class="muted">${text.nobody}</p>`;
  return html`<table class="cards">
<thead><tr><th scope="col">${text.who}</th><th scope="col">${text.where}</th><th scope="col">${text.next}</th></tr></thead>
<tbody>${walks.map((walk) => row(walk, reader))}</tbody></table>`;
}

function row({ leadId, name, email, step, doing, dueAt, why }: WalkerView, reader: Reader): Markup {
  const text = sequenceText[reader.language];
  return html`<tr>
<td class="lead-cell"><a class="row-link" href="${leadHref(leadId)}">${name ?? shownAddress(email).text}</a><span class="faint under">${name === null ? text.noName : shownAddress(email).text}</span></td>
<td data-column="${text.where}">${step}. ${capital(doing)}</td>
<td data-column="${text.next}">${dueAt && moment(dueAt, reader)}<span class="faint under">${why}</span></td>
</tr>`;
}
