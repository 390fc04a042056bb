import { icon } from '../../../functions/web/icon.ts';
import { html, type Markup } from '../../../functions/web/markup.ts';
import type { ListedEvent } from '../mail/ses-store.ts';
import { channelTabs } from './channel-tabs.ts';
import type { InboxMessage } from './inbox.ts';
import { layout, time, titleOf } from './inbox-layout.ts';
import { tonesOf } from './mail-events-list.ts';

interface Row {
  readonly message: InboxMessage;
  readonly events: readonly ListedEvent[];
}

/** The list of messages, newest first. `older` is the message after which the next page goes on. */
export function inboxPage(view: {
  readonly rows: readonly Row[];
  readonly to: string;
  readonly older: string | null;
}): string {
  const { rows, to, older } = view;
  return layout(
    'Inbox',
    html`<div class="page-head">
        <div><h1>Inbox</h1><p class="lede">Every e-mail this runner sent. None of it leaves your machine. Times are UTC.</p></div>
        ${filter(to)}
      </div>
      <div class="stack">${channelTabs('email')}
        <div class="card">${rows.length === 0 ? emptyState(to) : table(rows)}</div>
        ${older !== null && html`<nav class="pager" aria-label="Pages"><a class="button" rel="next" href="${olderHref(to, older)}">Older messages</a></nav>`}
      </div>`,
  );
}

function filter(to: string): Markup {
  return html`<form class="toolbar inbox-filter" method="get" action="/_local/inbox" role="search">
    <div class="field grow"><label for="to">Sent to</label>
      <input id="to" type="search" inputmode="email" name="to" value="${to}" autocomplete="off" spellcheck="false" placeholder="ana@example.com" /></div>
    <button type="submit">Filter</button>
    ${to !== '' && html`<a class="button quiet" href="/_local/inbox">Show all</a>`}
  </form>`;
}

function olderHref(to: string, older: string): string {
  return `/_local/inbox?${new URLSearchParams({ ...(to === '' ? {} : { to }), before: older })}`;
}

function table(rows: readonly Row[]): Markup {
  return html`<table class="cards">
    <thead><tr><th scope="col">Message</th><th scope="col">To</th><th scope="col">So far</th><th scope="col">Sent</th></tr></thead>
    <tbody>${rows.map(row)}</tbody>
  </table>`;
}

function row({ message, events }: Row): Markup {
  const told = [...new Set(events.map(({ eventType }) => eventType))].filter((eventType) => eventType !== 'Send');
  const badges = told.map((type) => html`<span class="badge ${tonesOf(type).tone}">${tonesOf(type).label}</span>`);
  return html`<tr>
    <td class="lead-cell"><a class="row-link" href="/_local/inbox/${message.messageId}">${titleOf(message)}</a></td>
    <td data-column="To"><span class="inbox-to">${[...message.to, ...message.cc, ...message.bcc].join(', ')}</span></td>
    <td data-column="So far"><span class="inline">${badges}</span></td>
    <td data-column="Sent">${time(message.acceptedAt)}</td>
  </tr>`;
}

function emptyState(to: string): Markup {
  if (to !== '') {
    return html`<div class="empty">${icon('mail')}<strong>No message to ${to}</strong>
      <p>Check the address. An e-mail of a sequence is sent when the clock gets to it.</p>
      <a class="button" href="/_local/inbox">Show every message</a></div>`;
  }
  return html`<div class="empty">${icon('mail')}<strong>No e-mail yet</strong>
    <p>Fill in a form and give the marketing consent: what it promises, and the first e-mail of the welcome sequence, arrive here.</p>
    <a class="button primary" href="/connect">Try a form</a></div>`;
}

/** The page for a message or a link that is not there. */
export function missingPage(): string {
  return layout(
    'Not found',
    html`<h1>Not found</h1><p>There is no such message or link. <a href="/_local/inbox">Back to the inbox</a></p>`,
  );
}
