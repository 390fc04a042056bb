import type { LeadPageView } from './lead-page.ts';
import { html, type Markup } from './markup.ts';
import { inputField } from './parts.ts';
import { scoreText } from './score-text.ts';

/** Points by hand, with who gives them and why (Q2). The id makes a second press, and a second post, the same adjustment. */
export function adjustForm({ lead, newAdjustmentId, frame }: LeadPageView): Markup {
  const text = scoreText[frame.reader.language].adjust;
  return html`<details class="act"><summary>${text.open}</summary>
<form class="stack tight" action="/api/leads/${encodeURIComponent(lead.leadId)}/adjustments" method="post">
<input type="hidden" name="adjustment_id" value="${newAdjustmentId}">
<div class="fields">${inputField({
    ...{ id: 'adjust-points', name: 'points', label: text.points, hint: text.pointsHint },
    attributes: html`type="number" min="-1000" max="1000" step="1" required`,
  })}${inputField({
    ...{ id: 'adjust-author', name: 'author', label: text.author },
    attributes: html`maxlength="200" autocomplete="name" required`,
  })}
<div class="whole">${inputField({ id: 'adjust-reason', name: 'reason', label: text.reason, attributes: html`maxlength="500" autocomplete="off" required` })}</div></div>
<div class="inline"><button class="primary">${text.send}</button><span class="faint">${text.note}</span></div>
</form></details>`;
}
