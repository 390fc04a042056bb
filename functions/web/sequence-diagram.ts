import { durationText } from '../nurture/duration-text.ts';
import type { Leak } from '../nurture/leak.ts';
import { happeningText, predicateText, reachedText } from '../nurture/predicate-text.ts';
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
${node('stop', 'end', html`<strong>${text.ends}</strong>${report.completed > 0 && html`<p class="faint">${text.cameHere(report.completed, figure(report.completed, reader))}</p>`}${early && html`<p class="faint">${text.endsEarly}: ${early}.</p>`}`)}</ol>`;
}

function beginning({ entry, segment, reentry }: Sequence, report: SequenceReport, reader: Reader): Markup {
  const { language } = reader;
  const text = sequenceText[language];
  const begins = entry.map((one) =>
    'activity' in one ? text.have(happeningText(one, language)) : reachedText(one.milestone, language),
  );
  const asked = (predicates: Sequence['segment']['include']) =>
    predicates.map((predicate) => predicateText(predicate, language)).join(` ${text.or} `);
  return node(
    'person',
    'begin',
    html`<strong>${text.begins} ${begins.join(` ${text.or} `)}</strong>
${segment.include.length > 0 && html`<p class="faint">${text.forWhom} ${asked(segment.include)}.</p>`}
${segment.exclude.length > 0 && html`<p class="faint">${text.notFor} ${asked(segment.exclude)}.</p>`}
<p class="faint">${reentryText(reentry, language)} ${text.entered}: ${figure(report.entered, reader)}.</p>${goneLines(report.leftBefore, report.leak, [text.losesAtOnce, text.leftBefore], reader)}`,
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
  const words = html`<strong>${number}. ${capital(stepText(step, language))}${step.kind === 'branch' && '?'}</strong>`;
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
  const gone = goneLines(came.leftAfter, came.leak, [text.loses, text.leftAfter], reader);
  if (came.sent === 0)
    return html`<strong>${number}. ${names}</strong> <span class="faint">${text.sent} ${figure(0, reader)}</span>${gone}`;
  const told = [
    [text.sent, came.sent],
    [text.delivered, came.delivered],
    [text.opened, came.opened],
    [text.clicked, came.clicked],
  ] as const;
  return html`<strong>${number}. ${names}</strong>
${funnel([came.sent, came.delivered, came.opened, came.clicked], most)}
<p class="faint">${told.map(([name, count], index) => html`${index > 0 && ' · '}${name} ${figure(count, reader)}`)}</p>
${gone}`;
}

type Reasons = Readonly<Record<string, number>>;

/** Who left after an e-mail, each of them in one line: those that were lost, and those that left for a good reason. */
function goneLines(
  all: Reasons,
  leak: Leak | null,
  [lost, otherwise]: readonly [(lost: string, of: string, percent: string) => string, (count: string) => string],
  reader: Reader,
): Markup {
  const losses = leak?.reasons ?? {};
  const others = Object.fromEntries(
    Object.entries(all).map(([reason, walks]) => [reason, walks - (losses[reason] ?? 0)] as const),
  );
  const told = leak && lost(figure(leak.lost, reader), figure(leak.of, reader), share(leak.share ?? 0, reader));
  return html`${told && goneLine('leak', capital(told), losses, reader)}${goneLine('faint', otherwise(figure(sumOf(others), reader)), others, reader)}`;
}

function goneLine(kind: 'leak' | 'faint', told: string, reasons: Reasons, reader: Reader): Markup | null {
  if (sumOf(reasons) < tiny) return null;
  const said = Object.entries(reasons)
    .filter(([, walks]) => walks >= tiny)
    .map(([reason, walks]) => `${exitText(reason, reader.language)} (${figure(walks, reader)})`);
  return html`<p class="${kind}">${told}: ${said.join(', ')}</p>`;
}

/** Shares of people add up to nobody only nearly. */
const tiny = 0.001;

function sumOf(reasons: Reasons): number {
  return Object.values(reasons).reduce((sum, walks) => sum + walks, 0);
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
