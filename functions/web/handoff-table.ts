import { type Handoff, isOpen } from '../handoff/handoff.ts';
import { asTyped } from '../handoff/notice-typed.ts';
import { reasonIn } from '../leads/bus-event.ts';
import { handoffBadge, whyBadge } from './handoff-badge.ts';
import { clockText, type TimeLeft } from './handoff-clock.ts';
import { handoffsText } from './handoffs-text.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { badge } from './parts.ts';
import { figure, moment, type Reader } from './reader.ts';

/** A hand-off with what its lead is called: it names nobody itself. */
export interface HandoffRow {
  readonly handoff: Handoff;
  readonly leadName: string;
  /** Empty where it is not known. */
  readonly company?: string;
}

/** A row of the inbox, with its clock. */
export interface InboxRow extends HandoffRow {
  readonly left: TimeLeft | null;
}

interface TableContext {
  readonly repNames: Readonly<Record<string, string>>;
  readonly reader: Reader;
}

interface InboxContext extends TableContext {
  /** Who looks, by id; `null`: nobody has said. */
  readonly me: string | null;
  /** Everybody's, so that it matters whose each is. */
  readonly isTeams: boolean;
  /** The page to return to after accepting. */
  readonly back: string;
}

export function handoffHref(handoffId: string): string {
  return `/handoffs/${encodeURIComponent(handoffId)}`;
}

/** Hand-offs beside other things: who, why, whose. */
export function handoffTable(rows: readonly HandoffRow[], repNames: TableContext['repNames'], reader: Reader): Markup {
  const text = handoffsText[reader.language];
  return html`<table class="cards">
<thead><tr><th scope="col">${text.lead}</th><th scope="col">${text.why}</th><th scope="col" class="number">${text.score}</th><th scope="col">${text.rep}</th><th scope="col">${text.status}</th><th scope="col">${text.assigned}</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>
${leadCell(row)}
<td data-column="${text.why}">${whyBadge(row.handoff, reader.language)}</td>
<td data-column="${text.score}" class="number"><strong>${figure(row.handoff.score, reader)}</strong></td>
<td data-column="${text.rep}">${repName(row.handoff, repNames)}</td>
<td data-column="${text.status}">${handoffBadge(row.handoff.status, reader.language)}</td>
<td data-column="${text.assigned}">${row.handoff.assignedAt === null ? '–' : moment(row.handoff.assignedAt, reader)}</td>
</tr>`,
  )}</tbody>
</table>`;
}

/** Hand-offs to work on: each with its clock, and what can be done right here. */
export function inboxTable(rows: readonly InboxRow[], context: InboxContext): Markup {
  const { reader, repNames, isTeams } = context;
  const text = handoffsText[reader.language];
  return html`<table class="cards inbox" data-inbox>
<thead><tr><th scope="col">${text.lead}</th><th scope="col">${text.why}</th><th scope="col" class="number">${text.score}</th>${isTeams && html`<th scope="col">${text.rep}</th>`}<th scope="col">${text.status}</th><th scope="col">${text.act}</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr data-row="${row.handoff.handoffId}">
${leadCell(row)}
<td class="why-cell" data-column="${text.why}"><span class="inline">${whyBadge(row.handoff, reader.language)}${marks(row.handoff, reader)}</span>${topReason(row.handoff, reader)}</td>
<td data-column="${text.score}" class="number"><strong>${figure(row.handoff.score, reader)}</strong></td>
${isTeams && html`<td data-column="${text.rep}">${repName(row.handoff, repNames)}</td>`}
<td class="clock-cell" data-column="${text.status}">${handoffBadge(row.handoff.status, reader.language)}<span class="under">${clock(row, reader)}</span></td>
<td class="decide"><span class="inline">${action(row, context)}</span></td>
</tr>`,
  )}</tbody>
</table>`;
}

function leadCell({ handoff, leadName, company = '' }: HandoffRow): Markup {
  return html`<td class="lead-cell"><a class="row-link" href="${handoffHref(handoff.handoffId)}">${leadName}</a>${company !== '' && html`<span class="faint under">${company}</span>`}</td>`;
}

function repName({ rep }: Handoff, repNames: TableContext['repNames']): string {
  return repNames[rep ?? ''] ?? rep ?? '–';
}

/** What a rep must not overlook: what they may not do, and what the lead has done since. */
function marks({ consent, notes }: Handoff, { language }: Reader): readonly Piece[] {
  const text = handoffsText[language];
  const note = notes.at(-1);
  return [
    consent.suppressed && badge(text.doNotEmail, 'bad'),
    !consent.suppressed && consent.marketing !== 'granted' && badge(text.noMarketing, 'careful'),
    note && badge(notes.length > 1 ? `${text.notes[note.kind]} (${notes.length})` : text.notes[note.kind], 'note'),
  ];
}

/** What weighs most of why they came. */
function topReason({ explanation }: Handoff, { language }: Pick<Reader, 'language'>): Markup | null {
  const [top] = explanation.toSorted((a, b) => b.points - a.points);
  return top ? html`<span class="faint under">${asTyped(reasonIn(top, language), 120)}</span>` : null;
}

function clock({ handoff, left }: InboxRow, reader: Reader): Piece {
  const text = handoffsText[reader.language];
  if (left) return clockText(left, reader);
  const { status, acceptedAt, closedAt } = handoff;
  if (status === 'accepted' && acceptedAt !== null)
    return html`<span class="faint">${moment(acceptedAt, reader)}</span>`;
  if (closedAt !== null) return html`<span class="faint">${moment(closedAt, reader)}</span>`;
  return html`<span class="faint">${text.noClock}</span>`;
}

/** What can be done with it from here; the rest is on its own page. */
function action({ handoff, leadName }: InboxRow, { me, back, reader }: InboxContext): Piece {
  const text = handoffsText[reader.language];
  if (!isOpen(handoff)) return null;
  if (handoff.status === 'accepted')
    return html`<a class="button" href="${handoffHref(handoff.handoffId)}#act">${text.whatBecame}</a>`;
  // What waits for anybody is accepted by somebody.
  if (me === null && handoff.rep === null) return null;
  const isTakeOver = handoff.rep !== null && me !== null && handoff.rep !== me;
  const [name, label] = isTakeOver
    ? [text.takeOver, text.takeOverLead(leadName)]
    : [text.accept, text.acceptLead(leadName)];
  return acceptForm(
    handoff,
    { by: me ?? '', back, language: reader.language, label },
    html`<button class="${!isTakeOver && 'primary'}" aria-label="${label}">${name}</button>`,
  );
}

/** Accepting by a form of the page. `by`: who does; empty: whoever has it. */
export function acceptForm(
  { handoffId }: Pick<Handoff, 'handoffId'>,
  {
    by,
    back,
    language,
  }: { readonly by: string; readonly back: string; readonly language: string; readonly label?: string },
  button: Markup,
): Markup {
  return html`<form action="/api/handoffs/${encodeURIComponent(handoffId)}/accept" method="post" data-accept><input type="hidden" name="rep" value="${by}"><input type="hidden" name="lang" value="${language}"><input type="hidden" name="back" value="${back}">${button}</form>`;
}
