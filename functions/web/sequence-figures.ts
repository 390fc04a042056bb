import type { Estimate } from '../leads/interval.ts';
import type { EmailReport, Figures, SequenceReport, VariantReport } from '../nurture/sequence-report.ts';
import { emailHref } from './email-preview-page.ts';
import { html, type Markup } from './markup.ts';
import { messageName } from './message-name.ts';
import { badge, card } from './parts.ts';
import { figure, type Reader, share } from './reader.ts';
import { sequenceText } from './sequence-text.ts';
import { verdictTones } from './verdict-tone.ts';
import { capital } from './words.ts';

/** Every e-mail of a sequence with what became of it: people's figures, those with machines beside them (N11). */
export function emailTable(report: SequenceReport, reader: Reader): Markup {
  const text = sequenceText[reader.language];
  const emails = report.steps.filter((step) => step.kind === 'email');
  const columns = [
    ...[text.sent, text.delivered, text.opened, text.clicked, text.replies],
    ...[text.bounced, text.complained, text.unsubscribed, text.notSent],
  ];
  return html`<div class="table-scroll"><table class="cards dense">
<thead><tr><th scope="col">${text.email}</th>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${emails.map((email) => emailRow(email, reader))}${report.earlier.map(
    ({ step, template, ...figures }) =>
      html`<tr><th scope="row">${step}. ${nameOf(template, reader)} <span class="faint">${text.earlier}</span></th>${cells(figures, reader)}</tr>`,
  )}</tbody></table></div>`;
}

/** The results of every step that tries several e-mails; nothing where none does. */
export function testCards(report: SequenceReport, reader: Reader): readonly Markup[] {
  const text = sequenceText[reader.language];
  return report.steps.flatMap((step) =>
    step.kind === 'email' && step.variants.length > 0
      ? [
          card(
            text.test(String(step.step)),
            html`<div class="table-scroll">${testTable(step.variants, reader)}</div>`,
            {
              flush: true,
              aside: html`<p>${text.testAside}</p>`,
              footer: text.decideBefore,
            },
          ),
        ]
      : [],
  );
}

function emailRow(email: EmailReport, reader: Reader): Markup {
  const templates = email.template === null ? email.variants.map(({ template }) => template) : [email.template];
  const links = templates.map(
    (template, index) =>
      html`${index > 0 && ', '}<a href="${emailHref(template, reader.language)}">${nameOf(template, reader)}</a>`,
  );
  const isBare = email.sent + email.suppressed + email.failed + email.unconfirmed === 0;
  return html`<tr class="${isBare && 'bare'}"><th scope="row">${email.step}. ${links}</th>${cells(email, reader)}</tr>`;
}

function cells(figures: Figures, reader: Reader): Markup {
  const text = sequenceText[reader.language];
  const { notSentWhy } = text;
  const reasons = [
    [notSentWhy.suppressed, figures.suppressed],
    [notSentWhy.failed, figures.failed],
    [notSentWhy.unconfirmed, figures.unconfirmed],
  ] as const;
  const notSent = reasons.reduce((sum, [, count]) => sum + count, 0);
  const why = reasons.filter(([, count]) => count > 0).map(([reason, count]) => `${reason}: ${figure(count, reader)}`);
  return html`${cell(text.sent, figures.sent, reader)}${cell(text.delivered, figures.delivered, reader)}
${withRaw(text.opened, figures.opened, figures.openedRaw, reader)}${withRaw(text.clicked, figures.clicked, figures.clickedRaw, reader)}
${cell(text.replies, figures.replies, reader)}${cell(text.bounced, figures.bounced, reader)}${cell(text.complained, figures.complained, reader)}${cell(text.unsubscribed, figures.unsubscribed, reader)}
<td class="number" data-column="${text.notSent}">${figure(notSent, reader)}${why.length > 0 && html`<span class="faint under">${why.join(', ')}</span>`}</td>`;
}

function cell(column: string, count: number, reader: Reader): Markup {
  return html`<td class="number" data-column="${column}">${figure(count, reader)}</td>`;
}

function withRaw(column: string, people: number, everybody: number, reader: Reader): Markup {
  const { raw } = sequenceText[reader.language];
  return html`<td class="number" data-column="${column}">${figure(people, reader)}${everybody !== people && html`<span class="faint under">${raw(figure(everybody, reader))}</span>`}</td>`;
}

function testTable(variants: readonly VariantReport[], reader: Reader): Markup {
  const text = sequenceText[reader.language];
  return html`<table class="cards">
<thead><tr><th scope="col">${text.variant}</th>${[text.sent, text.delivered, text.openRate, text.clickRate].map(
    (name) => html`<th scope="col" class="number">${name}</th>`,
  )}<th scope="col">${text.verdict}</th></tr></thead>
<tbody>${variants.map(
    ({ name, template, sent, delivered, openRate, clickRate, verdict }) => html`<tr>
<th scope="row">${name} <a class="faint" href="${emailHref(template, reader.language)}">${nameOf(template, reader)}</a></th>
${cell(text.sent, sent, reader)}${cell(text.delivered, delivered, reader)}${rate(text.openRate, openRate, reader)}${rate(text.clickRate, clickRate, reader)}
<td data-column="${text.verdict}">${verdict === null ? html`<span class="faint">${text.comparedWith}</span>` : badge(text.verdicts[verdict], verdictTones[verdict])}</td></tr>`,
  )}</tbody></table>`;
}

function rate(column: string, estimate: Estimate | null, reader: Reader): Markup {
  return html`<td class="number" data-column="${column}">${
    estimate === null
      ? '–'
      : html`${share(estimate.value, reader)}<span class="faint under">${share(estimate.low, reader)} – ${share(estimate.high, reader)}</span>`
  }</td>`;
}

function nameOf(template: string, reader: Reader): string {
  return capital(messageName(template, reader.language));
}
