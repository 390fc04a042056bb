import { type Delivery, DeliveryStatus } from '../handoff/delivery.ts';
import { noticeText } from '../handoff/notice-text.ts';
import { deliveryRef } from '../handoff/read-deliveries.ts';
import { deliveriesText } from './deliveries-text.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup } from './markup.ts';
import { badge, codeBlock, emptyState, select, type Tone } from './parts.ts';
import { exactMoment, figure, moment, type Reader } from './reader.ts';
import { type Frame, languageLinks, pageHead, shellPage } from './shell.ts';

export interface DeliveryRow {
  readonly delivery: Delivery;
  readonly leadName: string;
}

export interface DeliveriesPageView {
  readonly frame: Frame;
  /** The last begun first. */
  readonly rows: readonly DeliveryRow[];
  /** Leads to the earlier ones. */
  readonly cursor: string | null;
  /** As it was asked for; empty: all. */
  readonly filter: { readonly status: string; readonly endpoint: string };
  /** The names that the playbook knows. */
  readonly endpoints: readonly string[];
}

const tones: Readonly<Record<DeliveryStatus, Tone>> = { pending: 'note', delivered: 'good', failed: 'bad' };

/** What other systems were told of hand-offs, what they answered, and a button to tell them again. */
export function deliveriesPage(view: DeliveriesPageView): string {
  const { frame, rows, cursor } = view;
  const { reader } = frame;
  const text = deliveriesText[reader.language];
  return shellPage(frame, {
    section: 'handoffs',
    title: text.title,
    body: html`${pageHead({
      title: text.title,
      lede: text.lede,
      crumb: { href: '/handoffs', text: text.handoffs },
      actions: html`<span class="inline">${languageLinks(reader.language, (lang) => hrefOf(view, { lang }))}</span>`,
    })}
<div class="stack">
${isConnected(view) && filters(view)}
${rows.length === 0 ? nothingHere(view) : rows.map((row) => deliveryCard(row, view))}
${cursor !== null && html`<nav class="pager" aria-label="${text.pages}"><span></span><a class="button" rel="next" href="${hrefOf(view, { cursor })}">${text.next}</a></nav>`}
</div>`,
  });
}

function isConnected({ rows, endpoints, filter }: DeliveriesPageView): boolean {
  return rows.length > 0 || endpoints.length > 0 || isFiltered(filter);
}

function isFiltered({ status, endpoint }: DeliveriesPageView['filter']): boolean {
  return status !== '' || endpoint !== '';
}

function filters({ frame, filter, endpoints }: DeliveriesPageView): Markup {
  const text = deliveriesText[frame.reader.language];
  const statuses = DeliveryStatus.options.map((status) => [status, text.statuses[status]] as const);
  // What has left the playbook may stand in the address all the same.
  const names = [...new Set([...endpoints, ...(filter.endpoint === '' ? [] : [filter.endpoint])])];
  return html`<form class="toolbar" action="/deliveries">
${select({ name: 'status', label: text.status, value: filter.status, options: [['', text.every], ...statuses] })}
${select({ name: 'endpoint', label: text.endpoint, value: filter.endpoint, options: [['', text.every], ...names.map((name) => [name, name] as const)] })}
<button>${text.show}</button></form>`;
}

function deliveryCard({ delivery, leadName }: DeliveryRow, view: DeliveriesPageView): Markup {
  const { reader } = view.frame;
  const text = deliveriesText[reader.language];
  const { leadId, endpoint, status, purpose, what, createdAt, replays, nextAt, deliveryId, channel, body } = delivery;
  const name = purpose === 'webhook' ? what : (text.notices[what] ?? what);
  return html`<section class="card"><header><h2>${purpose === 'webhook' ? html`<code>${name}</code>` : name}</h2>${badge(text.statuses[status], tones[status])}</header>
<div class="body stack tight"><p><a href="${leadHref(leadId)}">${leadName}</a> · ${text.to} <strong>${endpoint}</strong> · ${moment(createdAt, reader)}${replays > 0 && html` · ${text.sentAgain(replays, figure(replays, reader))}`}</p>
${attempts(delivery, reader)}
${nextAt !== null && html`<p class="faint">${text.nextCall}: ${moment(nextAt, reader)}</p>`}
<details><summary>${text.sent}</summary>${channel === 'webhook' && html`<p class="faint">${text.id} <code>${deliveryId}</code></p>`}${codeBlock(indented(body), text.sent)}</details>
${status !== 'pending' && replayForm(delivery, text.replayOf(name, leadName), view)}</div></section>`;
}

function attempts({ attempts: all }: Delivery, reader: Reader): Markup {
  const text = deliveriesText[reader.language];
  if (all.length === 0) return html`<p class="faint">${text.noCalls}</p>`;
  return html`<ol aria-label="${text.attempts}">${all.map(
    ({ at, ms, ...said }) =>
      html`<li>${exactMoment(at, reader)} <span class="faint">(${text.took(figure(ms, reader, 0))})</span> ${answered(said, reader)}</li>`,
  )}</ol>`;
}

/** Why there was no answer, in the words in which the manager is told of a channel that does not work. */
function answered({ status, error }: { status?: number | undefined; error?: string | undefined }, reader: Reader) {
  const { broken } = noticeText(reader.language);
  const { arrived, refused } = deliveriesText[reader.language];
  if (status === undefined) return broken.unanswered[error ?? ''] ?? broken.unanswered.other;
  return status >= 200 && status < 300 ? arrived(status) : refused(status);
}

/** Whoever hears the buttons one by one hears which one, too. */
function replayForm(delivery: Delivery, label: string, view: DeliveriesPageView): Markup {
  const { replay } = deliveriesText[view.frame.reader.language];
  return html`<form action="/api/deliveries/${deliveryRef(delivery)}/replay" method="post"><input type="hidden" name="back" value="${hrefOf(view)}"><button aria-label="${label}">${replay}</button></form>`;
}

/** JSON as people read it; what is none stands as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function nothingHere({ frame, filter, endpoints }: DeliveriesPageView): Markup {
  const text = deliveriesText[frame.reader.language];
  if (isFiltered(filter))
    return html`<section class="card">${emptyState({ title: text.noneSuch, text: text.noneSuchYet, action: { href: '/deliveries', text: text.seeAll } })}</section>`;
  const endpoint = endpoints[0] ?? 'crm';
  const yaml = `webhooks:\n  - { id: ${endpoint}, endpoint: ${endpoint} }\n`;
  const json = JSON.stringify({ [endpoint]: { url: 'https://crm.example/hooks/ripen', secret: 'whsec_…' } }, null, 2);
  const names = new Intl.ListFormat(frame.reader.language).format(endpoints);
  return html`<section class="card">${emptyState({ title: text.none, text: endpoints.length > 0 ? text.waiting(names) : text.noneYet })}
<div class="body stack tight">${endpoints.length === 0 && codeBlock(yaml, text.yaml)}<p>${text.secret}</p>${codeBlock(json, text.json)}
<p class="muted">${frame.local && `${text.local} `}${text.more}</p></div></section>`;
}

function hrefOf({ filter }: Pick<DeliveriesPageView, 'filter'>, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams([...Object.entries({ ...filter, ...more })].filter(([, value]) => value !== ''));
  return query.size === 0 ? '/deliveries' : `/deliveries?${query}`;
}
