import { html, type Markup } from '../../../functions/web/markup.ts';
import { headTags, shellBody } from '../../../functions/web/shell.ts';

const frame = { language: 'en', accountName: 'On this machine', local: true } as const;

/** The frame around every page of the inbox: the product's own, without a script, since mail is written by strangers. */
export function layout(title: string, main: Markup): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
${headTags(`${title} · Ripen`)}
<link rel="stylesheet" href="/_local/inbox.css">
</head>
${shellBody(frame, { section: 'inbox', body: main })}
</html>
`;
  return page.toString();
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
