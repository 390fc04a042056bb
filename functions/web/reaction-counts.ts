import type { Activity } from '../leads/activity.ts';
import type { Language } from './language.ts';
import { html, type Markup } from './markup.ts';
import { figure, type Reader } from './reader.ts';

const english = {
  caption: 'Opens and clicks, and whose they were',
  kind: 'Counted',
  all: 'All',
  human: 'By a person',
  machine: 'By a machine',
  unsure: 'Not sure',
  opens: 'Opens',
  clicks: 'Clicks',
};

const words: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    caption: 'Aberturas e cliques, e de quem foram',
    kind: 'Contados',
    all: 'Todos',
    human: 'De pessoa',
    machine: 'De máquina',
    unsure: 'Incertos',
    opens: 'Aberturas',
    clicks: 'Cliques',
  },
};

const kinds = [
  ['email.opened', 'opens'],
  ['email.clicked', 'clicks'],
] as const;
const verdicts = ['human', 'machine', 'unsure'] as const;

/** Raw and human counts side by side (Q9, T6); nothing as long as there was neither an open nor a click. */
export function reactionCounts(activities: readonly Activity[], reader: Reader): Markup | null {
  const text = words[reader.language];
  const rows = kinds.map(([type, name]) => ({ name, found: activities.filter((activity) => activity.type === type) }));
  if (rows.every(({ found }) => found.length === 0)) return null;
  const cell = (count: number, column: string) =>
    html`<td class="number" data-column="${column}">${figure(count, reader)}</td>`;
  return html`<table class="counts"><caption class="visually-hidden">${text.caption}</caption>
<thead><tr><th scope="col"><span class="visually-hidden">${text.kind}</span></th><th scope="col" class="number">${text.all}</th>${verdicts.map((verdict) => html`<th scope="col" class="number">${text[verdict]}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ name, found }) =>
      html`<tr><th scope="row">${text[name]}</th>${cell(found.length, text.all)}${verdicts.map((verdict) => cell(found.filter((one) => whose(one) === verdict).length, text[verdict]))}</tr>`,
  )}</tbody></table>`;
}

/** What nobody has judged counts as a person's, in the score too. */
function whose({ verdict }: Activity): (typeof verdicts)[number] {
  return verdict?.by ?? 'human';
}
