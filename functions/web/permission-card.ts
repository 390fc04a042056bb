import type { Evidence } from '../consent/consent.store.ts';
import { wroteBack } from '../handoff/handoff.ts';
import { type Lead, mayTrack } from '../leads/lead.ts';
import type { LeadPageView } from './lead-page.ts';
import { html, type Markup } from './markup.ts';
import { badge, card, facts, type Tone } from './parts.ts';
import { permissionText } from './permission-text.ts';
import { moment, type Reader } from './reader.ts';

/** What a lead permits, and every row that proves it, oldest first. */
export interface Permissions {
  readonly consent: Lead['consent'];
  readonly suppressed: Lead['suppressed'];
  readonly evidence: readonly Evidence[];
}

/** What the person permits, and what proves it. */
export function permissionCard({ permissions, handoff, frame: { reader } }: LeadPageView): Markup {
  const { consent, suppressed, evidence } = permissions;
  const text = permissionText[reader.language];
  const marketing = consent.marketing?.status;
  const sales = consent['sales-contact']?.status;
  const tracking = consent.tracking?.status;
  // Whoever asks to talk permits the answer to that, ticked box or not (requirements §2.11). Who answered our mail has asked nothing.
  const asked = handoff?.qualifiedBy === 'explicit-request' && !wroteBack(handoff) && sales !== 'revoked';
  const given = marketing === undefined ? text.notGiven : text.statuses[marketing];
  const contact = asked ? text.asked : sales === undefined ? text.notAsked : text.statuses[sales];
  return card(
    text.title,
    html`<div class="stack tight">${facts([
      [
        text.purposes.marketing,
        badge(suppressed ? text.suppressed(text.reasons[suppressed.reason]) : given, toneOf(permissions)),
      ],
      [text.purposes['sales-contact'], badge(contact, asked || sales === 'granted' ? 'good' : 'plain')],
      [
        text.purposes.tracking,
        badge(
          tracking === undefined ? text.notRefused : text.statuses[tracking],
          mayTrack(permissions) ? 'plain' : 'careful',
        ),
      ],
    ])}${evidenceList(evidence, reader)}</div>`,
  );
}

function toneOf({ consent, suppressed }: Permissions): Tone {
  if (suppressed) return 'bad';
  const status = consent.marketing?.status;
  return status === 'granted' ? 'good' : status === 'pending' ? 'careful' : 'plain';
}

function evidenceList(evidence: readonly Evidence[], reader: Reader): Markup {
  const text = permissionText[reader.language];
  if (evidence.length === 0) return html`<p class="faint">${text.none}</p>`;
  return html`<details class="act"><summary>${text.evidence(evidence.length)}</summary>
<ol class="evidence">${evidence.map((row) => evidenceRow(row, reader))}</ol></details>`;
}

/** One row as it was written: how they said it is evidence, and is not translated. */
function evidenceRow(row: Evidence, reader: Reader): Markup {
  const { wording } = permissionText[reader.language];
  return html`<li><strong>${saidBy(row, reader)}</strong> <span class="faint">${moment(row.at, reader)}</span>
<q lang="en">${row.evidence}</q>${
    row.wording !== undefined &&
    html` <code title="SHA-256 ${row.wording}">${wording} ${row.wording.slice(0, 8)}</code>`
  }</li>`;
}

function saidBy(row: Evidence, { language }: Reader): string {
  const { purposes, statuses, reasons, stopped, lifted } = permissionText[language];
  switch (row.kind) {
    case 'consent':
      return `${purposes[row.purpose]}: ${statuses[row.status]}`;
    case 'suppressed':
      return stopped(reasons[row.reason]);
    case 'lifted':
      return lifted(reasons[row.reason]);
  }
}
