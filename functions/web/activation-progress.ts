import type { ActivationView } from '../scoring/read-activation.ts';
import { homeText } from './home-text.ts';
import { html, type Markup } from './markup.ts';
import { figure, type Reader } from './reader.ts';

/** How far the leads have been brought to a changed playbook; nothing when all of them are. Keeps itself fresh. */
export function activationProgress(activation: ActivationView | null, reader: Reader): Markup {
  return html`<div data-live="activation">${activation?.status === 'running' && progress(activation, reader)}</div>`;
}

/** Every pass reads all leads: the first says how far it is, later ones look for those that came in the meantime. */
function progress({ pass, seen, total, rescored }: ActivationView, reader: Reader): Markup {
  const isMeasured = pass === 1 && total > 0;
  const done = Math.min(seen, total);
  const text = homeText[reader.language];
  const count = isMeasured ? text.of(figure(done, reader), figure(total, reader)) : figure(rescored, reader);
  return html`<section class="progress" aria-labelledby="rescoring"><p id="rescoring">${text.rescoring} <strong>${text.rescored(count)}</strong></p>
<progress aria-labelledby="rescoring"${isMeasured && html` max="${total}" value="${done}"`}></progress>
<p class="faint">${pass > 1 && `${text.onceMore} `}${text.quietly}</p></section>`;
}
