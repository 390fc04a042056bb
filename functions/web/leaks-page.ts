import { goalsAfter } from '../handoff/leaks.ts';
import { daysBefore, type LeakReport, longestRange } from '../handoff/read-leaks.ts';
import { type Label, labelIn } from '../handoff/team.ts';
import { localDay } from '../leads/calendar.ts';
import { Milestone } from '../leads/lead.ts';
import { leadHref } from './lead-row.ts';
import { leaksText } from './leaks-text.ts';
import { html, type Markup } from './markup.ts';
import { callout, card, emptyState, inputField, select } from './parts.ts';
import { figure, type Reader, share } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

interface Reason {
  readonly id: string;
  readonly label: Label;
}

export interface LeaksPageView {
  readonly frame: Frame;
  readonly report: LeakReport;
  /** What was asked could not be answered: these are the last days instead. */
  readonly isRefused: boolean;
  readonly rejectionReasons: readonly Reason[];
  readonly lossReasons: readonly Reason[];
}

/** Where leads are lost, and why: the causes as bars, with people to look at. */
export function leaksPage(view: LeaksPageView): string {
  const { frame, report } = view;
  const { reader } = frame;
  const text = leaksText[reader.language];
  return shellPage(frame, {
    section: 'metrics',
    title: text.title,
    body: html`${pageHead({
      crumb: { href: '/metrics', text: text.metrics },
      title: text.title,
      lede: text.lede,
      actions: html`<span class="inline">${languageLinks(reader.language, (language) => hrefOf(report, { lang: language }))}</span>`,
    })}
<div class="stack">
${view.isRefused && callout('careful', text.refused)}
${filters(report, reader)}
${
  report.leads === 0
    ? html`<section class="card">${emptyState({ title: text.nobody, text: text.nobodyYet(text.stages[report.stage]) })}</section>`
    : html`${biggest(view)}
${tiles(report, reader)}
${report.leaks.length > 0 && card(text.chart, html`${bars(view)}`)}
${causes(view)}`
}
</div>`,
  });
}

function hrefOf(
  { from, to, stage, goal, noFollowUpDays }: LeakReport,
  changed: Readonly<Record<string, string>>,
): string {
  const asked = { from, to, stage, goal, noFollowUpDays: String(noFollowUpDays) };
  return `/leaks?${new URLSearchParams({ ...asked, ...changed })}`;
}

function filters(report: LeakReport, reader: Reader): Markup {
  const text = leaksText[reader.language];
  const today = localDay(new Date(reader.nowMs).toISOString(), reader.timeZone);
  const before = daysBefore(today, longestRange);
  const named = (steps: readonly Milestone[]) => steps.map((step) => [step, text.stages[step]] as const);
  const day = (value: string) => html`type="date" value="${value}" max="${today}" required`;
  const range = (to: string, name: string) =>
    html`<a class="button" href="${hrefOf(report, { from: daysBefore(to, longestRange - 1), to })}">${name}</a>`;
  return html`<form class="toolbar" action="/leaks">
${select({ name: 'stage', label: text.became, value: report.stage, options: named(Milestone.options.filter((step) => step !== 'customer')) })}
${select({ name: 'goal', label: text.should, value: report.goal, options: named(goalsAfter('lead')) })}
${inputField({ id: 'from', name: 'from', label: text.from, attributes: day(report.from) })}
${inputField({ id: 'to', name: 'to', label: text.to, attributes: day(report.to) })}
${inputField({ id: 'no-follow-up', name: 'noFollowUpDays', label: text.noFollowUp, attributes: html`type="number" min="1" max="365" value="${report.noFollowUpDays}" required` })}
<button class="primary">${text.show}</button>${range(today, text.last)}${range(before, text.before)}
</form>`;
}

function biggest(view: LeaksPageView): Markup {
  const { report, frame } = view;
  const text = leaksText[frame.reader.language];
  const [line] = report.leaks;
  if (!line) return callout('good', text.noLeak);
  const told = [
    figure(line.leads, frame.reader),
    figure(report.leads, frame.reader),
    share(line.share, frame.reader),
  ] as const;
  return callout('careful', html`<strong>${text.biggest}</strong> ${causeName(line, view)}: ${text.ofAll(...told)}.`);
}

function tiles({ leads, wentOn, leaks, underWay, stage, goal }: LeakReport, reader: Reader): Markup {
  const text = leaksText[reader.language];
  const sum = (lines: readonly { readonly leads: number }[]) => lines.reduce((total, line) => total + line.leads, 0);
  const tile = (name: string, count: number, note: string) =>
    html`<div class="tile"><span class="tile-name">${name}</span><span class="tile-value">${figure(count, reader)}</span><span class="tile-note">${note}</span></div>`;
  const part = (count: number) => share(count / leads, reader);
  return html`<div class="tiles">${tile(text.reached, leads, text.stages[stage])}${tile(text.wentOn, wentOn, `${part(wentOn)} · ${text.stages[goal]}`)}${tile(text.leaked, sum(leaks), part(sum(leaks)))}${tile(text.waiting, sum(underWay), part(sum(underWay)))}</div>`;
}

/** Drawn in percent of the biggest, so that it fits any width; the table below holds the same figures. */
function bars(view: LeaksPageView): Markup {
  const { report, frame } = view;
  const most = Math.max(...report.leaks.map(({ leads }) => leads));
  return html`<ol class="bars">${report.leaks.map(
    (
      line,
    ) => html`<li><span class="bar-name">${causeName(line, view)}</span><span class="bar-value">${figure(line.leads, frame.reader)}</span>
<svg class="bar" width="100%" height="12" aria-hidden="true"><rect class="bar-track" width="100%" height="12" rx="6"/><rect class="bar-fill" width="${width(line.leads / most)}%" height="12" rx="6"/></svg></li>`,
  )}</ol>`;
}

function width(part: number): number {
  return Math.max(1, Math.round(part * 1000) / 10);
}

function causes(view: LeaksPageView): Markup {
  const { report, frame } = view;
  const text = leaksText[frame.reader.language];
  const rows = (lines: readonly Line[]) => lines.map((line) => causeRow(line, view));
  return card(
    text.causesAndPeople,
    html`<div class="table-scroll"><table class="cards">
<thead><tr><th scope="col">${text.cause}</th><th scope="col" class="number">${text.leads}</th><th scope="col" class="number">${text.part}</th><th scope="col">${text.examples}</th></tr></thead>
<tbody>${rows(report.leaks)}${rows(report.underWay)}</tbody></table></div>`,
    { flush: true, footer: text.foot(report.noFollowUpDays) },
  );
}

type Line = LeakReport['leaks'][number] | LeakReport['underWay'][number];

function causeRow(line: Line, view: LeaksPageView): Markup {
  const { reader } = view.frame;
  const text = leaksText[reader.language];
  return html`<tr><th scope="row">${causeName(line, view)}${isUnderWay(line) && html`<span class="faint under">${text.notLost}</span>`}</th>
<td class="number" data-column="${text.leads}">${figure(line.leads, reader)}</td><td class="number" data-column="${text.part}">${share(line.share, reader)}</td>
<td class="whole" data-column="${text.examples}">${line.examples.map(
    ({ leadId, name }, index) => html`${index > 0 && ', '}<a href="${leadHref(leadId)}">${name}</a>`,
  )}</td></tr>`;
}

function isUnderWay(line: Line): line is LeakReport['underWay'][number] {
  return line.cause === 'with-sales' || line.cause === 'young';
}

/** The cause, and what sales said of it in the team's own words. */
function causeName(line: Line, { frame, rejectionReasons, lossReasons }: LeaksPageView): string {
  const { language } = frame.reader;
  const text = leaksText[language];
  if (isUnderWay(line)) return text.underWay[line.cause];
  const reason = [...rejectionReasons, ...lossReasons].find(({ id }) => id === line.reason);
  // One that the team has taken out of its list since is told by its id.
  const said = reason ? labelIn(reason.label, language) : line.reason;
  return said === null ? text.causes[line.cause] : `${text.causes[line.cause]}: ${said}`;
}
