import type { SendingView } from '../nurture/read-sending.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { card } from './parts.ts';
import { exactMoment, figure, moment, type Reader } from './reader.ts';
import { sendingText } from './sending-text.ts';
import { capital } from './words.ts';

/** How much of the quota is used, how far a new domain is, and how our mail is received. */
export function sendingFigures(view: SendingView, reader: Reader): Markup {
  return html`<div class="pair">${quotaCard(view, reader)}${warmUpCard(view, reader)}${reputationCard(view, reader)}${feedbackCard(view, reader)}</div>`;
}

function quotaCard({ quota }: SendingView, reader: Reader): Markup {
  const text = sendingText[reader.language].quota;
  if (quota === null) return card(text.title, html`<p class="muted">${text.none}</p>`);
  const { sent24Hour, max24Hour, maxSendRate, asOf } = quota;
  const endless = max24Hour < 0;
  const sent = figure(sent24Hour, reader);
  return card(
    text.title,
    html`<div class="stack tight">
${gauge(text.day, endless ? text.endless(sent) : text.of(sent, figure(max24Hour, reader)), endless ? null : { part: sent24Hour / max24Hour, mark: null })}
${gauge(text.rate, text.rateText(figure(maxSendRate, reader)), null)}
${!endless && html`<p class="faint">${text.reserve}</p>`}</div>`,
    { footer: html`${text.asOf}, ${exactMoment(asOf, reader)}` },
  );
}

function warmUpCard({ warmUp }: SendingView, reader: Reader): Markup | null {
  if (warmUp === null) return null;
  const text = sendingText[reader.language].warmUp;
  const { day, sent, limit } = warmUp;
  return card(
    text.title,
    html`<div class="stack tight">${gauge(text.text(day, figure(sent, reader), figure(limit, reader)), '', { part: sent / limit, mark: null })}
<p class="faint">${text.why}</p></div>`,
  );
}

function reputationCard({ reputation }: SendingView, reader: Reader): Markup {
  const text = sendingText[reader.language].reputation;
  const { sent, hardBounces, complaints, bounceRate, complaintRate, limits } = reputation;
  const rate = (name: string, count: number, value: number | null, limit: number) =>
    gauge(
      name,
      html`${text.text(figure(count, reader), figure(sent, reader), percent(value, reader))} <span class="faint">(${text.limit(percent(limit, reader))})</span>`,
      // The bar goes to twice the limit, so that one sees how far it is on either side.
      { part: (value ?? 0) / (2 * limit), mark: 0.5 },
    );
  return card(
    text.title,
    sent === 0 && hardBounces === 0 && complaints === 0
      ? html`<p class="muted">${text.none}</p>`
      : html`<div class="stack tight">${rate(text.bounces, hardBounces, bounceRate, limits.bounceRate)}${rate(text.complaints, complaints, complaintRate, limits.complaintRate)}</div>`,
    { footer: text.since },
  );
}

function feedbackCard({ feedback }: SendingView, reader: Reader): Markup {
  const text = sendingText[reader.language].feedback;
  const { overdue, oldestSentAt, latest } = feedback;
  const open = html`<p><strong>${capital(text.open(figure(overdue, reader)))}</strong></p>${oldestSentAt !== null && html`<p>${text.oldest} ${moment(oldestSentAt, reader)}.</p>`}`;
  return card(
    text.title,
    html`<div class="stack tight">${overdue === 0 ? html`<p class="muted">${text.none}</p>` : open}
${latest?.closed !== undefined && html`<p>${text.closed}</p>`}
${latest !== null && latest.unknown > 0 && html`<p>${capital(text.unknown(figure(latest.unknown, reader)))}</p>`}</div>`,
    latest ? { footer: html`${text.asked} ${moment(latest.at, reader)}` } : {},
  );
}

/** A name, a figure in words, and a bar for the eye: red where its mark, or its end, is reached. */
function gauge(
  name: string,
  words: Piece,
  bar: { readonly part: number; readonly mark: number | null } | null,
): Markup {
  return html`<div><p><strong>${name}</strong> ${words}</p>${bar && meter(bar)}</div>`;
}

function meter({ part, mark }: { readonly part: number; readonly mark: number | null }): Markup {
  const end = mark ?? 1;
  const colour = part >= end ? 'hot' : part >= end * 0.8 ? 'warm' : 'cold';
  const width = `${Math.round(Math.min(Math.max(part, 0), 1) * 1000) / 10}%`;
  return html`<svg class="meter" aria-hidden="true"><rect class="meter-track" width="100%" height="100%"/><rect class="${colour}" width="${width}" height="100%" rx="3"/>${mark !== null && html`<rect class="meter-mark" x="${mark * 100}%" width="1.5" height="100%"/>`}</svg>`;
}

/** A share as a percentage with two decimals: the limit of complaints is below a tenth of one. */
function percent(value: number | null, reader: Reader): string {
  return value === null ? '–' : `${figure(value * 100, reader, 2)} %`;
}
