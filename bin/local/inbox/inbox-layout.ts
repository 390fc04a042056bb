import { type IconName, icon } from '../../../functions/web/icon.ts';
import { brand } from '../../../functions/web/mark.ts';
import { html, type Markup } from '../../../functions/web/markup.ts';
import { headTags } from '../../../functions/web/shell.ts';

const tabs: readonly { readonly href: string; readonly label: string; readonly icon: IconName }[] = [
  { href: '/', label: 'Home', icon: 'home' },
  { href: '/leads', label: 'Leads', icon: 'people' },
  { href: '/handoffs', label: 'Hand-offs', icon: 'handoff' },
  { href: '/metrics', label: 'Metrics', icon: 'chart' },
  { href: '/connect', label: 'Connect', icon: 'plug' },
  { href: '/_local/inbox', label: 'Inbox', icon: 'inbox' },
];

/** The frame around every page of the inbox: the same as around the product's own. */
export function layout(title: string, main: Markup): string {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    ${headTags(`${title} · Ripen`)}
    <link rel="stylesheet" href="/_local/inbox.css" />
  </head>
  <body class="shell">
    <a class="skip" href="#main">Skip to the content</a>
    <div class="shell-side">
      <header class="shell-bar">${brand('/')}<span class="account">On this machine</span></header>
      <nav class="tabs" aria-label="Main"><ul>${tabs.map(tab)}</ul></nav>
    </div>
    <main class="shell-main" id="main" tabindex="-1">${main}</main>
  </body>
</html>`;
  return page.toString();
}

function tab({ href, label, icon: name }: (typeof tabs)[number]): Markup {
  const here = href === '/_local/inbox';
  return html`<li><a href="${href}"${here && html` aria-current="page"`}>${icon(name)}<span>${label}</span></a></li>`;
}

/** What stands for a message where its subject would. */
export function titleOf({ subject }: { readonly subject: string }): string {
  return subject.trim() === '' ? '(no subject)' : subject;
}

const toTheSecond = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** `23 Nov 2026, 15:47:27 UTC`: seconds, because they tell a person from a machine. */
export function time(at: string | number): Markup {
  const instant = new Date(at);
  return html`<time datetime="${instant.toISOString()}">${toTheSecond.format(instant)} UTC</time>`;
}
