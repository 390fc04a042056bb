import type { SilentView } from '../nurture/read-sending.ts';
import { html, type Markup } from './markup.ts';
import { card, inputField } from './parts.ts';
import { moment, type Reader } from './reader.ts';
import { sendingText } from './sending-text.ts';

/** Who has stopped our notices, perhaps without knowing it: somebody a notice was forwarded to can have pressed. */
export function silentCard(silent: readonly SilentView[], reader: Reader): Markup {
  const { silent: text, act } = sendingText[reader.language];
  return card(
    text.title,
    html`<form class="stack tight" action="/api/sending" method="post">
<p class="faint">${text.why}</p>
${
  // Enter in a field presses a form's first button: this one does nothing.
  html`<button disabled hidden></button>`
}
<div class="fields">${inputField({ id: 'silent-author', name: 'author', label: act.author, attributes: html`maxlength="200" autocomplete="name" required` })}${inputField({ id: 'silent-reason', name: 'reason', label: act.reason, attributes: html`maxlength="500" autocomplete="off" required` })}</div>
<ul class="sends">${silent.map(
      ({ id, name, email, at }) =>
        html`<li><span><strong>${name}</strong> ${email} <span class="faint">${moment(at, reader)}</span></span><button name="colleague" value="${id}">${text.press(name)}</button></li>`,
    )}</ul></form>`,
    { id: 'silent' },
  );
}
