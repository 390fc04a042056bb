import { html, type Markup } from '../../../functions/web/markup.ts';
import type { CallKind } from './call-kind.ts';

const tabs: readonly (readonly [at: 'email' | CallKind, text: string, href: string])[] = [
  ['email', 'E-mail', '/_local/inbox'],
  ['slack', 'Slack', '/_local/inbox/calls?channel=slack'],
  ['teams', 'Teams', '/_local/inbox/calls?channel=teams'],
  ['webhook', 'Webhooks', '/_local/inbox/calls?channel=webhook'],
];

/** By which channel people and systems were told. */
export function channelTabs(current: 'email' | CallKind): Markup {
  return html`<nav class="channel-tabs" aria-label="Channels">${tabs.map(
    ([at, text, href]) => html`<a href="${href}"${at === current && html` aria-current="page"`}>${text}</a>`,
  )}</nav>`;
}
