import type { LeadPageView } from './lead-page.ts';
import { html, type Markup } from './markup.ts';
import { card, inputField } from './parts.ts';
import { personText } from './person-text.ts';

/** What a person may ask of whoever keeps something about them: to be told what it is, and to be forgotten (I-E1, I-E3). */
export function personCard({ lead: { leadId }, frame: { reader } }: LeadPageView): Markup {
  const text = personText[reader.language];
  const path = `/api/leads/${encodeURIComponent(leadId)}`;
  return card(
    text.title,
    html`<div class="stack tight"><p class="faint">${text.lede}</p>
<p><a class="button" href="${path}/export" download>${text.take}</a></p>
<p class="faint">${text.takeHint}</p>
<details class="act"><summary>${text.open}</summary>
<form class="stack tight" action="${path}/erasure" method="post">
<p>${text.gone}</p>
<p>${text.stays} ${text.late}</p>
${inputField({
  ...{ id: 'erase-confirm', name: 'confirm', label: text.confirm },
  attributes: html`pattern="\\s*${anyCase(text.word)}\\s*" autocomplete="off" autocapitalize="characters" required`,
})}
<div class="inline"><button class="primary">${text.send}</button><span class="faint">${text.noUndo}</span></div>
</form></details></div>`,
    { id: 'person' },
  );
}

/** A browser's pattern knows no other way to take a word in any capitals. */
function anyCase(word: string): string {
  return [...word].map((letter) => `[${letter}${letter.toLowerCase()}]`).join('');
}
