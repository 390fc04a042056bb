import { icon } from '../../../functions/web/icon.ts';
import { html, type Markup, safeHref } from '../../../functions/web/markup.ts';
import { card, facts } from '../../../functions/web/parts.ts';
import type { ListedEvent } from '../mail/ses-store.ts';
import { oneClickUrl, unsubscribeUrls } from '../mail/unsubscribe-header.ts';
import type { InboxMessage, Simulation } from './inbox.ts';
import { layout, time, titleOf } from './inbox-layout.ts';
import { eventsList } from './mail-events-list.ts';
import { replyCard } from './reply-card.ts';

/** What an action on a message led to. The address carries its name, the page has the words. */
export const notices = [
  'delay',
  'reject',
  'bounce',
  'complaint',
  'scanner-open',
  'scanner-click',
  'unsubscribed',
  'unsubscribe-failed',
  'unsubscribe-elsewhere',
  'replied',
  'replied-out-of-office',
  'replied-forged',
  'reply-nobody',
] as const;
export type Notice = (typeof notices)[number];

const noticeText: Readonly<Record<Notice, string>> = {
  delay: 'The mailbox is full for now: SES goes on trying for twelve hours.',
  reject: 'SES found a virus in the message, and delivers it to nobody.',
  bounce: 'The mailbox bounced for good: this address must not be written to again.',
  complaint: 'The reader marked the message as spam: this address must not be written to again.',
  'scanner-open': 'A scanner opened the message. That is no person.',
  'scanner-click': 'A scanner followed every link of the message. That is no person.',
  unsubscribed: 'Unsubscribed with one click, as a mail client does it. The answer was 200.',
  'unsubscribe-failed': 'The unsubscribe address did not answer 200: look at what this runner logged.',
  'unsubscribe-elsewhere':
    'Nothing was posted: the message offers no one-click address on this runner, and the inbox calls no one else.',
  replied: 'The reply has been received, as SES receives it.',
  'replied-out-of-office': 'An automatic reply has been received. Nobody has read the message.',
  'replied-forged': 'A reply has been received whose sender fails SPF, DKIM and DMARC: anybody may have written it.',
  'reply-nobody': 'The reply was not sent: no receipt rule of the template takes mail for its address.',
};

const simulations: readonly { readonly event: Simulation; readonly label: string; readonly needsTracking: boolean }[] =
  [
    { event: 'delay', label: 'Delay the delivery', needsTracking: false },
    { event: 'reject', label: 'Reject for a virus', needsTracking: false },
    { event: 'bounce', label: 'Bounce for good', needsTracking: false },
    { event: 'complaint', label: 'Mark as spam', needsTracking: false },
    { event: 'scanner-open', label: 'Open as a scanner', needsTracking: true },
    { event: 'scanner-click', label: 'Click as a scanner', needsTracking: true },
  ];

/** One message: what it says, what happened to it, and what else may happen to it. */
export function mailPage(view: {
  readonly message: InboxMessage;
  readonly events: readonly ListedEvent[];
  /** Whether SES follows its opens and clicks. */
  readonly isTracked: boolean;
  /** Whether anybody here takes mail for the address that replies go to. */
  readonly repliesArrive: boolean;
  readonly notice: Notice | null;
}): string {
  const { message, isTracked, repliesArrive, notice } = view;
  return layout(
    titleOf(message),
    html`<a class="crumb" href="/_local/inbox">${icon('back')}All messages</a>
      <div class="page-head"><div><h1 class="inbox-subject">${titleOf(message)}</h1>
        <p class="lede">${message.from} to ${message.to.join(', ')}</p></div></div>
      <div class="stack">
        ${notice !== null && html`<p class="callout" role="status">${icon('info')}<span>${noticeText[notice]}</span></p>`}
        <div class="columns">
          <div class="stack">${body(message)}${headers(message)}</div>
          <div class="stack">${happened(view)}${replyCard(message, repliesArrive)}${unsubscribing(message)}${simulating(message, isTracked)}${details(message)}</div>
        </div>
      </div>`,
  );
}

function body(message: InboxMessage): Markup {
  const text = html`<pre class="inbox-text">${message.text}</pre>`;
  if (message.html === null) return card('Message', text);
  return html`${card(
    'Message',
    html`<iframe class="inbox-frame" title="The message as its reader sees it" src="/_local/inbox/${message.messageId}/html"
      sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`,
  )}
  ${message.text === null ? card('Text part', html`<p>This message has none: a reader without HTML sees nothing.</p>`) : fold('Text part', text)}`;
}

function headers(message: InboxMessage): Markup {
  return fold('All headers', facts(Object.entries(message.headers)));
}

function happened({ message, events, isTracked }: Parameters<typeof mailPage>[0]): Markup {
  const hint = trackingHint(message, isTracked);
  return card('What SES reported', html`${eventsList(events)}<p class="faint">${hint}</p>`);
}

function trackingHint({ html }: InboxMessage, isTracked: boolean): string {
  if (!isTracked)
    return 'Not tracked: no pixel, and every link as it was written. Opens and clicks stay with the reader.';
  if (html === null) return 'SES sees no one open a message without HTML.';
  return 'Whoever clicks within seconds of the delivery is taken for a machine: mail scanners are that fast.';
}

function unsubscribing(message: InboxMessage): Markup {
  const urls = unsubscribeUrls(message.headers);
  if (urls.length === 0)
    return card('Unsubscribe', html`<p class="muted">No <code>List-Unsubscribe</code> header.</p>`);
  const button =
    oneClickUrl(message.headers) === null
      ? html`<p class="muted">No <code>List-Unsubscribe-Post</code> header: a mail client offers no one-click button.</p>`
      : html`<form method="post" action="/_local/inbox/${message.messageId}/unsubscribe"><button type="submit">One-click unsubscribe</button></form>`;
  const links = urls.map(
    (url) =>
      html`<li><a class="inbox-address" href="${safeHref(url)}" target="_blank" rel="noopener noreferrer">${url}</a></li>`,
  );
  return card('Unsubscribe', html`<div class="stack">${button}<ul class="plain">${links}</ul></div>`);
}

function simulating(message: InboxMessage, isTracked: boolean): Markup {
  const possible = simulations.filter(({ needsTracking }) => !needsTracking || (isTracked && message.html !== null));
  const buttons = possible.map(
    ({ event, label }) => html`<button type="submit" name="event" value="${event}">${label}</button>`,
  );
  const form = html`<form class="inline" method="post" action="/_local/inbox/${message.messageId}/simulate">${buttons}</form>`;
  return card('What else could happen', form);
}

function details(message: InboxMessage): Markup {
  const tags = Object.entries(message.tags).map(([name, value]) => `${name}=${value}`);
  return card(
    'Details',
    facts([
      ['From', message.from],
      ['To', message.to.join(', ')],
      ['Cc', message.cc.join(', ')],
      ['Bcc', message.bcc.join(', ')],
      ['Tags', tags.join(', ')],
      ['Accepted', time(message.acceptedAt)],
      ['Configuration set', message.configurationSet ?? 'none: SES reports nothing about this message'],
      ['Message id', message.messageId],
    ]),
  );
}

function fold(title: string, inside: Markup): Markup {
  return html`<details class="fold"><summary><span class="fold-arrow">${icon('arrow')}</span><h2>${title}</h2></summary><div class="body">${inside}</div></details>`;
}
