import { shownAddress } from '../leads/shown-address.ts';
import type { WalkersPage, WalkerView } from '../nurture/read-walks.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { moment, type Reader } from './reader.ts';
import { sequenceText } from './sequence-text.ts';
import { capital } from './words.ts';

/** Who stands at which step, when it goes on, and why not before. */
export function walkerList({ walks }: Pick<WalkersPage, 'walks'>, reader: Reader): Markup {
  const text = sequenceText[reader.language];
  if (walks.length === 0) return html`<p class="muted">${text.nobody}</p>`;
  return html`<ul class="walkers">${walks.map((walk) => walker(walk, reader))}</ul>`;
}

function walker({ leadId, name, email, step, doing, dueAt, why }: WalkerView, reader: Reader): Markup {
  const { next } = sequenceText[reader.language];
  const address = shownAddress(email).text;
  return html`<li><div class="inline"><a href="${leadHref(leadId)}">${name ?? address}</a>${name !== null && html`<span class="faint">${address}</span>`}</div>
<p>${step}. ${capital(doing)}</p>
<p class="faint">${dueAt && html`${next}: ${moment(dueAt, reader)} · `}${why}</p></li>`;
}
