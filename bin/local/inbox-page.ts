import { html } from 'hono/html';
import * as z from 'zod';
import type { InboxMessage, Simulation } from './inbox.ts';
import type { ListedEvent } from './ses-store.ts';
import { oneClickUrl, unsubscribeUrls } from './unsubscribe-header.ts';

type Html = ReturnType<typeof html>;

/** What an action on a message led to; the page says it in words of its own, never in those of the address. */
export const notices = [
  'bounce',
  'complaint',
  'scanner-open',
  'scanner-click',
  'unsubscribed',
  'unsubscribe-failed',
  'unsubscribe-elsewhere',
] as const;
export type Notice = (typeof notices)[number];

const noticeText: Readonly<Record<Notice, string>> = {
  bounce: 'The mailbox bounced for good. The address must not be written to again.',
  complaint: 'The reader marked the message as spam. The address must not be written to again.',
  'scanner-open': 'A scanner opened the message. That is not a person.',
  'scanner-click': 'A scanner followed every link in the message. That is not a person.',
  unsubscribed: 'Unsubscribed with one click, as a mail client does it: the answer was 200.',
  'unsubscribe-failed': 'The unsubscribe address did not answer 200. Look at the log of this runner.',
  'unsubscribe-elsewhere':
    'Nothing was posted: the message offers no one-click address on this runner, and the local inbox calls no one else.',
};

const simulationButtons: readonly {
  readonly event: Simulation;
  readonly label: string;
  readonly needsHtml: boolean;
}[] = [
  { event: 'bounce', label: 'Bounce for good', needsHtml: false },
  { event: 'complaint', label: 'Mark as spam', needsHtml: false },
  { event: 'scanner-open', label: 'Open as a scanner', needsHtml: true },
  { event: 'scanner-click', label: 'Click as a scanner', needsHtml: true },
];

/** The list of messages, newest first. `older` continues after the last one shown. */
export async function inboxPage(view: {
  readonly rows: readonly { readonly message: InboxMessage; readonly events: readonly ListedEvent[] }[];
  readonly to: string;
  readonly older: string | null;
}): Promise<string> {
  const { rows, to, older } = view;
  const next = older === null ? '' : `?${new URLSearchParams({ ...(to === '' ? {} : { to }), before: older })}`;
  return layout(
    'Inbox',
    html`<h1>Inbox</h1>
      <p>Every e-mail this runner accepted. Nothing leaves your machine.</p>
      <form class="inbox-search" method="get" action="/_local/inbox" role="search">
        <label>Sent to <input type="email" name="to" value="${to}" autocomplete="off" placeholder="ana@example.com" /></label>
        <button type="submit">Filter</button>
        ${to === '' ? '' : html`<a href="/_local/inbox">Show all</a>`}
      </form>
      ${rows.length === 0 ? emptyState(to) : html`<ul class="inbox-list">${rows.map(({ message, events }) => row(message, events))}</ul>`}
      ${older === null ? '' : html`<p><a href="/_local/inbox${next}" rel="next">Older messages</a></p>`}`,
  );
}

function row(message: InboxMessage, events: readonly ListedEvent[]): Html {
  const happened = [...new Set(events.map(({ eventType }) => eventType))].join(' · ');
  return html`<li>
    <a href="/_local/inbox/${message.messageId}">${titleOf(message)}</a>
    <p class="inbox-line"><span>To ${recipients(message)}</span> ${time(message.acceptedAt)} <span>${happened}</span></p>
  </li>`;
}

function emptyState(to: string): Html {
  if (to !== '') {
    return html`<div class="inbox-empty"><h2>No message to ${to}</h2>
      <p>Check the address, or <a href="/_local/inbox">show every message</a>. An e-mail that waits for its time is sent when the clock gets there.</p></div>`;
  }
  return html`<div class="inbox-empty"><h2>No e-mail yet</h2>
    <p>Send the form on the <a href="/">home page</a>, or a test submission from <a href="/connect">Connect a form</a>. The first e-mail arrives here within a minute.</p></div>`;
}

/** One message: what it says, what happened to it, and what may happen to it next. */
export async function mailPage(view: {
  readonly message: InboxMessage;
  readonly events: readonly ListedEvent[];
  readonly notice: Notice | null;
}): Promise<string> {
  const { message, events, notice } = view;
  return layout(
    titleOf(message),
    html`<p><a href="/_local/inbox">All messages</a></p>
      <h1>${titleOf(message)}</h1>
      ${notice === null ? '' : html`<p role="status" class="notice">${noticeText[notice]}</p>`}
      ${facts(message)} ${bodies(message)} ${eventTable(events)} ${unsubscribing(message)} ${simulating(message)}
      <details><summary>All headers</summary>
        <dl class="inbox-facts">${Object.entries(message.headers).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      </details>`,
  );
}

function facts(message: InboxMessage): Html {
  const tags = Object.entries(message.tags).map(([name, value]) => `${name}=${value}`);
  const optional = [
    ['Cc', message.cc.join(', ')],
    ['Bcc', message.bcc.join(', ')],
    ['Tags', tags.join(', ')],
  ].filter(([, value]) => value !== '');
  return html`<dl class="inbox-facts">
    <dt>From</dt><dd>${message.from}</dd>
    <dt>To</dt><dd>${message.to.join(', ')}</dd>
    <dt>Accepted</dt><dd>${time(message.acceptedAt)}</dd>
    ${optional.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
    <dt>Configuration set</dt><dd>${message.configurationSet ?? 'none, so SES reports nothing about this message'}</dd>
    <dt>Message id</dt><dd>${message.messageId}</dd>
  </dl>`;
}

function bodies(message: InboxMessage): Html {
  const text = html`<pre class="inbox-text">${message.text ?? ''}</pre>`;
  if (message.html === null) return html`<section><h2>Message</h2>${text}</section>`;
  return html`<section><h2>Message</h2>
    <iframe class="inbox-frame" title="The message as its reader sees it" src="/_local/inbox/${message.messageId}/html"
      sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
    ${message.text === null ? html`<p>This message has no text part.</p>` : html`<details><summary>Text part</summary>${text}</details>`}
  </section>`;
}

function eventTable(events: readonly ListedEvent[]): Html {
  const rows = events.map(
    ({ eventType, at, state, detail }) => html`<tr>
      <th scope="row">${eventType}</th><td>${time(new Date(at).toISOString())}</td><td>${gist(detail)}</td>
      <td>${state === 'ignored' ? 'not published: the configuration set leaves it out' : state}</td></tr>`,
  );
  return html`<section><h2>What SES reported</h2><div class="inbox-scroll" tabindex="0" role="region" aria-label="What SES reported">
    <table><thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">About</th><th scope="col">On the bus</th></tr></thead>
    <tbody>${rows}</tbody></table></div></section>`;
}

function unsubscribing(message: InboxMessage): Html {
  const urls = unsubscribeUrls(message.headers);
  if (urls.length === 0)
    return html`<section><h2>Unsubscribe</h2><p>This message has no List-Unsubscribe header.</p></section>`;
  const oneClick = oneClickUrl(message.headers);
  return html`<section><h2>Unsubscribe</h2>
    <ul>${urls.map((url) => html`<li>${linkTo(url)}</li>`)}</ul>
    ${
      oneClick === null
        ? html`<p>No <code>List-Unsubscribe-Post</code>: a mail client shows no one-click button.</p>`
        : html`<form method="post" action="/_local/inbox/${message.messageId}/unsubscribe"><button type="submit">One-click unsubscribe</button></form>`
    }</section>`;
}

/** Only addresses a person may follow become links: a header can say anything. */
function linkTo(url: string): Html {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return html`<code>${url}</code>`;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer">${url}</a>`;
}

function simulating(message: InboxMessage): Html {
  const buttons = simulationButtons.filter(({ needsHtml }) => !needsHtml || message.html !== null);
  return html`<section><h2>What else could happen</h2><div class="inbox-actions">${buttons.map(
    ({ event, label }) => html`<form method="post" action="/_local/inbox/${message.messageId}/simulate">
      <button type="submit" name="event" value="${event}">${label}</button></form>`,
  )}</div></section>`;
}

/** The page for a message or a link that is not there. */
export async function missingPage(): Promise<string> {
  return layout(
    'Not found',
    html`<h1>Not found</h1><p>No such message or link. <a href="/_local/inbox">Back to the inbox</a></p>`,
  );
}

async function layout(title: string, main: Html): Promise<string> {
  const links = [
    ['/', 'Home'],
    ['/leads', 'Leads'],
    ['/handoffs', 'Hand-offs'],
    ['/metrics', 'Metrics'],
    ['/connect', 'Connect'],
  ];
  const page = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Ripen</title>
    <link rel="stylesheet" href="/assets/ripen.css" />
    <link rel="stylesheet" href="/_local/inbox.css" />
  </head>
  <body>
    <header><nav aria-label="Main"><ul>
      ${links.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
      <li><a href="/_local/inbox" aria-current="page">Inbox</a></li>
    </ul></nav></header>
    <main>${main}</main>
  </body>
</html>`;
  return page.toString();
}

function titleOf({ subject }: InboxMessage): string {
  return subject.trim() === '' ? '(no subject)' : subject;
}

function recipients({ to, cc, bcc }: InboxMessage): string {
  return [...to, ...cc, ...bcc].join(', ');
}

/** `2026-11-23T15:47:27.000Z`, told as `23 Nov 2026, 15:47:27 UTC`. */
function time(iso: string): Html {
  const told = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return html`<time datetime="${iso}">${told.format(new Date(iso))} UTC</time>`;
}

const Gist = z.looseObject({
  click: z.object({ link: z.string(), userAgent: z.string() }).partial().optional(),
  open: z.object({ userAgent: z.string() }).partial().optional(),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string() }).partial().optional(),
  delivery: z
    .object({ recipients: z.array(z.string()) })
    .partial()
    .optional(),
});

/** The one thing worth seeing of an event. */
function gist(detail: unknown): string {
  const read = Gist.safeParse(detail);
  if (!read.success) return '';
  const { click, open, bounce, delivery } = read.data;
  if (click) return [click.link, click.userAgent].join(' — ');
  if (bounce) return [bounce.bounceType, bounce.bounceSubType].join(' · ');
  return open?.userAgent ?? delivery?.recipients?.join(', ') ?? '';
}
