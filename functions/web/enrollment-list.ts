import type { EnrollmentsView, EnrollmentView, SendView } from '../nurture/read-enrollments.ts';
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

const exitReasons: Readonly<Record<NonNullable<EnrollmentView['exit']>['reason'], string>> = {
  'handed-off': 'sales has taken over',
  converted: 'they have become a customer',
  suppressed: 'they are not to be e-mailed any more',
};

/** A lead's walks through sequences with every message, and the single messages beside them. */
export function enrollmentList({ enrollments, messages }: EnrollmentsView, reader: Reader): Markup {
  if (enrollments.length === 0 && messages.length === 0)
    return html`<p class="muted">In no sequence. One starts when a form with marketing consent is filled in.</p>`;
  return html`<div class="stack">${enrollments.map((enrollment) => walk(enrollment, reader))}
${
  messages.length > 0 &&
  html`<div><strong>Single messages</strong><ul class="sends">${messages.map(({ purpose, ...send }) =>
    sent(send, reader, purpose === 'team' ? ' to the rep' : ''),
  )}</ul></div>`
}</div>`;
}

function walk({ sequence, status, dueAt, sends, exit }: EnrollmentView, reader: Reader): Markup {
  return html`<div><div class="inline"><strong>${label(sequence)}</strong>${badge(status, enrollmentTones[status])}</div>
${exit && html`<p class="faint">Left ${moment(exit.at, reader)}: ${exitReasons[exit.reason]}</p>`}
${!exit && dueAt && html`<p class="faint">Next step ${moment(dueAt, reader)}</p>`}
${sends.length > 0 && html`<ol class="sends">${sends.map((send) => sent(send, reader))}</ol>`}</div>`;
}

function sent({ template, status, at, reason }: SendView, reader: Reader, whom = ''): Markup {
  return html`<li><span>${capital(messageName(template))}${whom} ${badge(status, sendTones[status])}${reason && html` <span class="faint">${reason}</span>`}</span><span class="faint">${moment(at, reader)}</span></li>`;
}
