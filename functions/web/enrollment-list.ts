import { html, type Markup } from './markup.ts';
import { badge, type Tone } from './parts.ts';
import { moment, type Reader } from './reader.ts';

/** One lead's walk through one sequence, and the messages it has brought so far. */
export interface EnrollmentView {
  readonly sequence: string;
  readonly status: string;
  readonly step: number;
  readonly dueAt: string | null;
  readonly sends: readonly {
    readonly step: number;
    readonly status: string;
    readonly at: string;
    readonly template?: string | undefined;
  }[];
  readonly exit: { readonly reason: string; readonly at: string } | null;
}

export function enrollmentList(enrollments: readonly EnrollmentView[], reader: Reader): Markup {
  if (enrollments.length === 0)
    return html`<p class="muted">In no sequence. One starts when a form with marketing consent is filled in.</p>`;
  return html`<div class="stack">${enrollments.map((enrollment) => walk(enrollment, reader))}</div>`;
}

const enrollmentTones: Readonly<Record<string, Tone>> = {
  active: 'good',
  waiting: 'note',
  completed: 'good',
  paused: 'careful',
};
const sendTones: Readonly<Record<string, Tone>> = {
  sent: 'good',
  claimed: 'note',
  retry: 'careful',
  unconfirmed: 'careful',
  failed: 'bad',
  suppressed: 'bad',
};

function walk({ sequence, status, dueAt, sends, exit }: EnrollmentView, reader: Reader): Markup {
  return html`<div><div class="inline"><strong>${sequence}</strong>${badge(status, enrollmentTones[status] ?? 'plain')}</div>
${exit && html`<p class="faint">Left ${moment(exit.at, reader)}: ${exit.reason}</p>`}
${!exit && dueAt && html`<p class="faint">Next step ${moment(dueAt, reader)}</p>`}
<ol class="sends">${sends.map(
    ({ step, status: outcome, at, template }) =>
      html`<li><span>${template ?? `Step ${step}`} ${badge(outcome, sendTones[outcome] ?? 'plain')}</span><span class="faint">${moment(at, reader)}</span></li>`,
  )}</ol></div>`;
}
