import type { SequenceView } from '../nurture/read-sequences.ts';
import type { WalkersPage } from '../nurture/read-walks.ts';
import type { Sequence } from '../nurture/sequence.ts';
import type { SequenceReport } from '../nurture/sequence-report.ts';
import { exitText } from './mail-text.ts';
import { html, type Markup } from './markup.ts';
import { callout, card, inputField } from './parts.ts';
import { figure } from './reader.ts';
import { sequenceDiagram } from './sequence-diagram.ts';
import { emailTable, testCards } from './sequence-figures.ts';
import { sequenceText } from './sequence-text.ts';
import { countText, sequenceHref, weakestText } from './sequences-page.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';
import { walkerList } from './walker-list.ts';

export interface SequencePageView {
  readonly frame: Frame;
  readonly sequence: Sequence;
  /** How it stands, of the same days as the report. */
  readonly state: SequenceView;
  readonly report: SequenceReport;
  readonly walkers: WalkersPage;
  /** Is this not the first page of walkers? */
  readonly further: boolean;
  /** Has it just been paused, or let go? */
  readonly changed: boolean;
}

/** One sequence: drawn, with what came of each step, who is where, and the switch that holds it back. */
export function sequencePage(view: SequencePageView): string {
  const { frame, sequence, state, report, walkers, changed } = view;
  const { reader } = frame;
  const text = sequenceText[reader.language];
  const href = sequenceHref(sequence.id);
  return shellPage(frame, {
    section: 'sequences',
    title: sequence.name,
    body: html`${pageHead({
      crumb: { href: `/sequences?lang=${reader.language}`, text: text.title },
      title: sequence.name,
      lede: `${text.types[sequence.type]} · ${text.priority(sequence.priority)}`,
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => `${href}?lang=${language}`)}</span>`,
    })}
<div class="stack">
${changed && callout('good', text.changed)}
${standing(state, reader.language)}
${tiles(view)}
${state.weakest && callout('careful', html`<strong>${text.mostLost}</strong> ${weakestText(state.weakest, reader)}.`)}
<div class="columns">
<div class="stack">
${card(text.drawn, sequenceDiagram(sequence, report, reader), { aside: html`<p>${text.drawnAside}</p>` })}
${testCards(report, reader)}
</div>
<div class="stack">
${card(text.walkers, walkerList(walkers, reader), { id: 'walkers', footer: pager(view) })}
${state.pausedAlone ? null : card(text.pauseThis, switchForm(sequence.id, 'pause', reader.language))}
</div>
</div>
${card(text.figures, emailTable(report, reader), { flush: true })}
</div>`,
  });
}

function tiles({ state, report, frame: { reader } }: SequencePageView): Markup {
  const text = sequenceText[reader.language];
  const left = Object.entries(report.left);
  const leftEarly = left.reduce((sum, [, walks]) => sum + walks, 0);
  const reasons = left.map(([reason, walks]) => `${exitText(reason, reader.language)}: ${figure(walks, reader)}`);
  // Entered, and either under way or out: who is one of the latter only began before the first day that is counted.
  const before = state.walking.count + report.completed + leftEarly - report.entered;
  const tile = (name: string, value: string, note = '') =>
    html`<div class="tile"><span class="tile-name">${name}</span><span class="tile-value">${value}</span><span class="tile-note">${note}</span></div>`;
  return html`<div class="tiles five">${tile(text.entered, figure(report.entered, reader), before > 0 ? text.begunBefore(figure(before, reader)) : '')}${tile(text.walking, countText(state.walking, reader))}${tile(text.completed, figure(report.completed, reader))}${tile(text.leftEarly, figure(leftEarly, reader), reasons.join(', '))}${tile(text.sent, figure(state.sent, reader))}</div>`;
}

/** That all mail is paused is said above every page. */
function standing({ id, pausedAlone }: SequenceView, language: Frame['reader']['language']): Markup | null {
  if (!pausedAlone) return null;
  const text = sequenceText[language];
  return callout(
    'careful',
    html`<div class="stack tight"><p><strong>${text.pausedNow}</strong> ${text.nothingGoes} <a href="/sending">${text.toSending}</a></p>
${switchForm(id, 'resume', language)}</div>`,
  );
}

function switchForm(id: string, act: 'pause' | 'resume', language: Frame['reader']['language']): Markup {
  const text = sequenceText[language];
  const attributes = (length: number) => html`type="text" required maxlength="${length}" autocomplete="off"`;
  return html`<form class="toolbar" method="post" action="/api/sequences/${encodeURIComponent(id)}/${act}">
${inputField({ id: `${act}-reason`, name: 'reason', label: text.reason, attributes: attributes(500) })}
${inputField({ id: `${act}-author`, name: 'author', label: text.author, attributes: attributes(200) })}
<button${act === 'resume' && html` class="primary"`}>${text[act]}</button></form>`;
}

function pager({ walkers, further, sequence, frame: { reader } }: SequencePageView): Markup | null {
  if (walkers.cursor === null && !further) return null;
  const text = sequenceText[reader.language];
  const href = (cursor: string | null) =>
    `${sequenceHref(sequence.id)}?${new URLSearchParams({ lang: reader.language, ...(cursor !== null && { cursor }) })}#walkers`;
  return html`<nav class="pager" aria-label="${text.walkers}">
${further ? html`<a class="button" href="${href(null)}">${text.first}</a>` : html`<span></span>`}
${walkers.cursor !== null && html`<a class="button" rel="next" href="${href(walkers.cursor)}">${text.more}</a>`}
</nav>`;
}
