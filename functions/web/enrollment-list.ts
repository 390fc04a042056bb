import type { EnrollmentsView, EnrollmentView, SendView } from '../nurture/read-enrollments.ts';
import { mailText } from './mail-text.ts';
import { html, type Markup } from './markup.ts';
import { messageName } from './message-name.ts';
import { badge, type Tone } from './parts.ts';
import { moment, type Reader } from './reader.ts';
import { capital, label } from './words.ts';

const enrollmentTones: Readonly<Record<EnrollmentView['status'], Tone>> = {
  active: 'good',
  waiting: 'note',
  completed: 'good',
  paused: 'careful',
  exited: 'plain',
};

const sendTones: Readonly<Record<SendView['status'], Tone>> = {
  sent: 'good',
  claimed: 'note',
  retry: 'careful',
  unconfirmed: 'careful',
  failed: 'bad',
  suppressed: 'bad',
  cancelled: 'plain',
};

/** A lead's walks through sequences with every message, and the single messages beside them. */
export function enrollmentList({ enrollments, messages }: EnrollmentsView, reader: Reader): Markup {
  const text = mailText[reader.language];
  if (enrollments.length === 0 && messages.length === 0) return html`<p class="muted">${text.none}</p>`;
  return html`<div class="stack">${enrollments.map((enrollment) => walk(enrollment, reader))}
${
  messages.length > 0 &&
  html`<div><strong>${text.single}</strong><ul class="sends">${messages.map(({ purpose, ...send }) =>
    sent(send, reader, purpose === 'team' ? text.toRep : ''),
  )}</ul></div>`
}</div>`;
}

function walk({ sequence, status, dueAt, sends, exit }: EnrollmentView, reader: Reader): Markup {
  const text = mailText[reader.language];
  return html`<div><div class="inline"><strong>${label(sequence)}</strong>${badge(text.walks[status], enrollmentTones[status])}</div>
${exit && html`<p class="faint">${text.left} ${moment(exit.at, reader)}: ${text.exits[exit.reason]}</p>`}
${!exit && dueAt && html`<p class="faint">${text.next} ${moment(dueAt, reader)}</p>`}
${sends.length > 0 && html`<ol class="sends">${sends.map((send) => sent(send, reader))}</ol>`}</div>`;
}

function sent({ template, status, at, reason }: SendView, reader: Reader, whom = ''): Markup {
  const { sends } = mailText[reader.language];
  return html`<li><span>${capital(messageName(template, reader.language))}${whom} ${badge(sends[status], sendTones[status])}${reason && html` <span class="faint">${reason}</span>`}</span><span class="faint">${moment(at, reader)}</span></li>`;
}
