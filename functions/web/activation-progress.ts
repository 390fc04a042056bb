import type { ActivationView } from '../scoring/read-activation.ts';
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
  const count = isMeasured ? `${figure(done, reader)} of ${figure(total, reader)}` : figure(rescored, reader);
  return html`<section class="progress" aria-labelledby="rescoring"><p id="rescoring">Re-scoring leads under the new playbook: <strong>${count} done</strong></p>
<progress aria-labelledby="rescoring"${isMeasured && html` max="${total}" value="${done}"`}></progress>
<p class="faint">${pass > 1 ? 'Looking once more for leads that came in the meantime. ' : ''}Scores change quietly: sales is told of nobody whom only the playbook brought over the threshold.</p></section>`;
}
