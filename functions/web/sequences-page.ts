import type { SequenceView } from '../nurture/read-sequences.ts';
import { html, type Markup } from './markup.ts';
import { messageName } from './message-name.ts';
import { badge, emptyState } from './parts.ts';
import { figure, type Reader, share } from './reader.ts';
import { sequenceText } from './sequence-text.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

export interface SequencesPageView {
  readonly frame: Frame;
  readonly sequences: readonly SequenceView[];
}

/** Every sequence: how it stands, what came of it, and where it loses people. */
export function sequencesPage({ frame, sequences }: SequencesPageView): string {
  const { reader } = frame;
  const text = sequenceText[reader.language];
  return shellPage(frame, {
    section: 'sequences',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => `/sequences?lang=${language}`)}</span>`,
    })}
<section class="card" aria-label="${text.title}">${
      sequences.length > 0
        ? table(sequences, reader)
        : emptyState({ title: text.none, text: text.noneYet, action: { href: '/leads', text: text.seeLeads } })
    }</section>`,
  });
}

export function sequenceHref(id: string): string {
  return `/sequences/${encodeURIComponent(id)}`;
}

export function countText({ count, atLeast }: SequenceView['walking'], reader: Reader): string {
  return `${figure(count, reader)}${atLeast ? '+' : ''}`;
}

/** Where most are lost, as a sentence. */
export function weakestText(
  { step, templates, lost, of, share: part }: NonNullable<SequenceView['weakest']>,
  reader: Reader,
): Markup {
  const text = sequenceText[reader.language];
  const told = [figure(lost, reader), figure(of, reader), share(part, reader)] as const;
  if (step === 0) return html`${text.losesAtOnce(...told)}`;
  const names = templates.map((template) => messageName(template, reader.language)).join(` ${text.or} `);
  return html`${text.after(step, names)}: ${text.loses(...told)}`;
}

function table(sequences: readonly SequenceView[], reader: Reader): Markup {
  const text = sequenceText[reader.language];
  return html`<table class="cards">
<thead><tr><th scope="col">${text.name}</th>${[text.walking, text.entered, text.completed, text.sent].map(
    (name) => html`<th scope="col" class="number">${name}</th>`,
  )}<th scope="col">${text.weakest}</th></tr></thead>
<tbody>${sequences.map((sequence) => row(sequence, reader))}</tbody></table>`;
}

function row(sequence: SequenceView, reader: Reader): Markup {
  const { id, name, type, priority, pausedAlone, walking, entered, completed, sent, weakest } = sequence;
  const text = sequenceText[reader.language];
  const cell = (column: string, value: string) => html`<td class="number" data-column="${column}">${value}</td>`;
  return html`<tr>
<td class="lead-cell"><a class="row-link" href="${sequenceHref(id)}?lang=${reader.language}">${name}</a><span class="faint under">${text.types[type]} · ${text.priority(priority)} ${pausedAlone && badge(text.paused, 'careful')}</span></td>
${cell(text.walking, countText(walking, reader))}${cell(text.entered, figure(entered, reader))}${cell(text.completed, figure(completed, reader))}${cell(text.sent, figure(sent, reader))}
<td class="whole" data-column="${text.weakest}">${weakest ? weakestText(weakest, reader) : '–'}</td>
</tr>`;
}
