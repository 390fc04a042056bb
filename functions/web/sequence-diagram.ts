import { durationText } from '../nurture/duration-text.ts';
import type { Leak } from '../nurture/leak.ts';
import { happeningText, predicateText } from '../nurture/predicate-text.ts';
import type { Sequence, Step } from '../nurture/sequence.ts';
import type { EmailReport, SequenceReport } from '../nurture/sequence-report.ts';
import { stepText } from '../nurture/step-text.ts';
import { emailHref } from './email-preview-page.ts';
import { type IconName, icon } from './icon.ts';
import type { Language } from './language.ts';
import { exitText } from './mail-text.ts';
import { html, type Markup } from './markup.ts';
import { messageName } from './message-name.ts';
import { figure, type Reader, share } from './reader.ts';
import { sequenceText } from './sequence-text.ts';
import { capital } from './words.ts';

interface Drawing {
  readonly report: SequenceReport;
  readonly reader: Reader;
  /** What a full bar stands for: the most that any step sent. */
  readonly most: number;
}

/**
 * The sequence drawn from the top down, what came of each step on it. One nested list: side by side for eyes, in reading order for
 * a screen reader, and the numbers are those that walks and reports name.
 */
export function sequenceDiagram(sequence: Sequence, report: SequenceReport, reader: Reader): Markup {
  const text = sequenceText[reader.language];
  const most = Math.max(1, report.entered, ...report.steps.map((step) => (step.kind === 'email' ? step.sent : 0)));
  const exits = sequence.exits.map((reason) => exitText(reason, reader.language)).join(', ');
  const goals = sequence.goals.map((goal) => text.have(happeningText(goal, reader.language))).join(', ');
  const early = [exits, goals].filter((part) => part !== '').join('; ');
  return html`<ol class="flow">${beginning(sequence, report, reader)}${steps(sequence.steps, 1, { report, reader, most })}
${node('stop', 'end', html`<strong>${text.ends}</strong>${early && html`<p class="faint">${text.endsEarly}: ${early}.</p>`}`)}</ol>`;
}

function beginning({ entry, segment, reentry }: Sequence, { entered, leak }: SequenceReport, reader: Reader): Markup {
  const { language } = reader;
  const text = sequenceText[language];
  const begins = entry.map((one) =>
    'activity' in one ? text.have(happeningText(one, language)) : text.become(predicateText(one, language)),
  );
  const asked = (predicates: Sequence['segment']['include']) =>
    predicates.map((predicate) => predicateText(predicate, language)).join(` ${text.or} `);
  return node(
    'person',
    'begin',
    html`<strong>${text.begins} ${begins.join(` ${text.or} `)}</strong>
${segment.include.length > 0 && html`<p class="faint">${text.forWhom} ${asked(segment.include)}.</p>`}
${segment.exclude.length > 0 && html`<p class="faint">${text.notFor} ${asked(segment.exclude)}.</p>`}
<p class="faint">${reentryText(reentry, language)} ${text.entered}: ${figure(entered, reader)}.</p>${leakLine(leak, text.losesAtOnce, reader)}`,
  );
}

function reentryText(reentry: Sequence['reentry'], language: Language): string {
  const text = sequenceText[language];
  if (reentry === 'once') return text.once;
  return reentry === 'always' ? text.always : text.reenter(durationText(reentry.after, language));
}

function steps(all: readonly Step[], first: number, drawing: Drawing): readonly Markup[] {
  let number = first;
  return all.map((step) => {
    const at = number;
    number += sizeOf(step);
    return place(step, at, drawing);
  });
}

function place(step: Step, number: number, drawing: Drawing): Markup {
  const { report, reader } = drawing;
  const { language } = reader;
  const text = sequenceText[language];
  const came = report.steps[number - 1];
  const words = html`<strong>${number}. ${capital(stepText(step, language))}${step.kind === 'branch' && '?'}</strong>${left(came?.exits ?? {}, reader)}`;
  switch (step.kind) {
    case 'email':
      return node('mail', 'email', email(step, number, came?.kind === 'email' ? came : null, drawing));
    case 'wait':
      return node('clock', 'wait', words);
    case 'goal':
      return node('won', 'goal', words);
    case 'exit':
      return node('stop', 'end', words);
    case 'waitFor':
      return node('clock', 'fork', html`${words}${arms(step, number, [text.happened, text.timeIsUp], drawing)}`);
    case 'branch':
      return node('handoff', 'fork', html`${words}${arms(step, number, [text.yes, text.no], drawing)}`);
  }
}

function arms(
  step: Extract<Step, { kind: 'waitFor' | 'branch' }>,
  number: number,
  [then, otherwise]: readonly [string, string],
  drawing: Drawing,
): Markup {
  const elseAt = number + 1 + step.then.reduce((sum, one) => sum + sizeOf(one), 0);
  return html`<ul class="arms">${arm(then, step.then, number + 1, drawing)}${arm(otherwise, step.else, elseAt, drawing)}</ul>`;
}

function arm(name: string, all: readonly Step[], first: number, drawing: Drawing): Markup {
  const { goesOn } = sequenceText[drawing.reader.language];
  return html`<li><span class="arm-name">${name}</span>${
    all.length === 0
      ? html` <span class="faint">${goesOn}</span>`
      : html`<ol class="flow">${steps(all, first, drawing)}</ol>`
  }</li>`;
}

function sizeOf(step: Step): number {
  if (step.kind !== 'waitFor' && step.kind !== 'branch') return 1;
  return 1 + [...step.then, ...step.else].reduce((sum, one) => sum + sizeOf(one), 0);
}

function node(name: IconName, kind: string, body: Markup): Markup {
  return html`<li class="place ${kind}"><div class="node">${icon(name)}<div>${body}</div></div></li>
`;
}

function email(
  step: Extract<Step, { kind: 'email' }>,
  number: number,
  came: EmailReport | null,
  { reader, most }: Drawing,
): Markup {
  const { language } = reader;
  const text = sequenceText[language];
  const link = (template: string) =>
    html`<a href="${emailHref(template, language)}">${capital(messageName(template, language))}</a>`;
  const names =
    step.template === undefined
      ? (step.variants ?? []).map(
          ({ name, template }, index) => html`${index > 0 && ` ${text.or} `}${link(template)} (${name})`,
        )
      : link(step.template);
  if (!came) return html`<strong>${number}. ${names}</strong>`;
  const told = [
    [text.sent, came.sent],
    [text.delivered, came.delivered],
    [text.opened, came.opened],
    [text.clicked, came.clicked],
  ] as const;
  return html`<strong>${number}. ${names}</strong>
${came.sent > 0 && funnel([came.sent, came.delivered, came.opened, came.clicked], most)}
<p class="faint">${told.map(([name, count], index) => html`${index > 0 && ' · '}${name} ${figure(count, reader)}`)}</p>
${leakLine(came.leak, text.loses, reader)}
${left(came.exits, reader)}`;
}

function leakLine(
  leak: Leak | null,
  said: (lost: string, of: string, percent: string) => string,
  reader: Reader,
): Markup | null {
  if (leak === null || leak.lost === 0) return null;
  const told = said(figure(leak.lost, reader), figure(leak.of, reader), share(leak.share ?? 0, reader));
  return html`<p class="leak">${capital(told)}</p>`;
}

/** Bars under each other, each in proportion to the most that any step sent. The figures stand beside it in words. */
function funnel(values: readonly number[], most: number): Markup {
  const height = 5;
  const widthOf = (value: number) => Math.round((value / most) * 1000) / 10;
  return html`<svg class="funnel" viewBox="0 0 100 ${values.length * height}" preserveAspectRatio="none" aria-hidden="true">${values.map(
    (value, index) =>
      html`<rect class="bar-${index}" x="0" y="${index * height}" width="${widthOf(value)}" height="${height - 1}"/>`,
  )}</svg>`;
}

function left(exits: Readonly<Record<string, number>>, reader: Reader): Markup | null {
  const reasons = Object.entries(exits).filter(([, walks]) => walks > 0);
  if (reasons.length === 0) return null;
  const sum = reasons.reduce((total, [, walks]) => total + walks, 0);
  const said = reasons.map(([reason, walks]) => `${exitText(reason, reader.language)} (${figure(walks, reader)})`);
  return html`<p class="faint">${figure(sum, reader)} ${sequenceText[reader.language].leftHere} ${said.join(', ')}</p>`;
}
