import type { EnrollmentsView, EnrollmentView, SendView } from '../nurture/read-enrollments.ts';
import { whyNext } from '../nurture/why-next.ts';
import { exitText, mailText } from './mail-text.ts';
import { html, type Markup } from './markup.ts';
import { fateBadge, fateLine } from './message-fate.ts';
import { messageName } from './message-name.ts';
import { badge, type Tone } from './parts.ts';
import { moment, type Reader } from './reader.ts';
import { type SequenceNames, sequenceName } from './sequence-name.ts';
import { sequenceHref } from './sequences-page.ts';
import { capital } from './words.ts';

const enrollmentTones: Readonly<Record<EnrollmentView['status'], Tone>> = {
  active: 'good',
  waiting: 'note',
  completed: 'good',
  paused: 'careful',
  exited: 'plain',
};

/** A lead's walks through sequences with every message, and the single messages beside them. */
export function enrollmentList(
  { enrollments, messages }: EnrollmentsView,
  names: SequenceNames,
  reader: Reader,
): Markup {
  const text = mailText[reader.language];
  if (enrollments.length === 0 && messages.length === 0) return html`<p class="muted">${text.none}</p>`;
  return html`<div class="stack">${enrollments.map((enrollment) => walk(enrollment, names, reader))}
${
  messages.length > 0 &&
  html`<div><strong>${text.single}</strong><ul class="sends">${messages.map(({ purpose, ...send }) =>
    sent(send, reader, purpose === 'team' ? text.toRep : ''),
  )}</ul></div>`
}</div>`;
}

function walk(
  { sequence, status, dueAt, because, sends, exit }: EnrollmentView,
  names: SequenceNames,
  reader: Reader,
): Markup {
  const { language } = reader;
  const text = mailText[language];
  return html`<div><div class="inline"><strong><a href="${sequenceHref(sequence)}?lang=${language}">${sequenceName(sequence, names)}</a></strong>${badge(text.walks[status], enrollmentTones[status])}</div>
${exit && html`<p class="faint">${text.left} ${moment(exit.at, reader)}: ${exitText(exit.reason, language)}</p>`}
${!exit && dueAt && html`<p class="faint">${text.next} ${moment(dueAt, reader)} · ${whyNext(because, language)}</p>`}
${sends.length > 0 && html`<ol class="sends">${sends.map((send) => sent(send, reader))}</ol>`}</div>`;
}

function sent(send: SendView, reader: Reader, whom = ''): Markup {
  const { template, at } = send;
  const told = fateLine(send, reader);
  return html`<li><span>${capital(messageName(template, reader.language))}${whom} ${fateBadge(send, reader)}${told}</span>${!told && html`<span class="faint">${moment(at, reader)}</span>`}</li>`;
}
