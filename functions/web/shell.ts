import type { Paused } from '../nurture/sending-switch.ts';
import { type IconName, icon } from './icon.ts';
import type { Language } from './language.ts';
import { brand } from './mark.ts';
import { html, type Markup } from './markup.ts';
import { callout } from './parts.ts';
import type { Reader } from './reader.ts';
import { shellText } from './shell-text.ts';

/** What every private page stands in. */
export interface Frame {
  readonly reader: Reader;
  /** The team that runs this Ripen. */
  readonly accountName: string;
  /** True on a laptop, where there is an inbox to look into and a clock to move. */
  readonly local: boolean;
  /** The playbook's content hash, shown small: two people comparing figures see whether they use the same rules. */
  readonly playbookVersion: string;
  /** Does a lead wait for somebody's decision? */
  readonly toReview: boolean;
  /** Which mail is held back; left out, none is. */
  readonly paused?: Paused;
}

const sections = [
  { id: 'home', href: '/', icon: 'home' },
  { id: 'leads', href: '/leads', icon: 'people' },
  { id: 'handoffs', href: '/handoffs', icon: 'handoff' },
  // Only there while there is something to do.
  { id: 'review', href: '/review', icon: 'check' },
  { id: 'sequences', href: '/sequences', icon: 'mail' },
  { id: 'audiences', href: '/audiences', icon: 'target' },
  { id: 'sending', href: '/sending', icon: 'send' },
  { id: 'metrics', href: '/metrics', icon: 'chart' },
  { id: 'connect', href: '/connect', icon: 'plug' },
] as const;

export type Section = (typeof sections)[number]['id'];

const inbox = { id: 'inbox', href: '/_local/inbox', icon: 'inbox' } as const;

/** A whole private page: one h1, a skip link, and the same places to go on every page. */
export function shellPage(
  frame: Frame,
  {
    section,
    title,
    body,
    script,
  }: {
    readonly section: Section;
    readonly title: string;
    readonly body: Markup;
    /** What this page needs besides `app.js`. */
    readonly script?: string;
  },
): string {
  const { playbookVersion, reader } = frame;
  const { language } = reader;
  const text = shellText[language];
  return String(html`<!doctype html>
<html lang="${language}">
<head>
${headTags(`${title} · Ripen`)}
<meta name="robots" content="noindex">
<script src="/assets/app.js" defer></script>
${script && html`<script src="${script}" defer></script>`}
</head>
${shellBody(
  { ...frame, language },
  { section, foot: html`${text.playbook} <code>${playbookVersion.slice(0, 8)}</code>`, body },
)}
</html>
`);
}

/** The frame itself: the local inbox stands in it too, under a stricter head of its own. */
export function shellBody(
  {
    language,
    accountName,
    local,
    toReview = false,
    paused = 'nothing',
  }: { readonly language: Language } & Pick<Frame, 'accountName' | 'local' | 'paused'> &
    Partial<Pick<Frame, 'toReview'>>,
  {
    section,
    foot,
    body,
  }: { readonly section: Section | typeof inbox.id; readonly foot?: Markup; readonly body: Markup },
): Markup {
  const text = shellText[language];
  const open = sections.filter(({ id }) => id !== 'review' || toReview || section === 'review');
  const places = local ? [...open, inbox] : open;
  return html`<body class="shell">
<a class="skip" href="#main">${text.skip}</a>
<div class="shell-side">
<header class="shell-bar">${brand('/')}<span class="account">${accountName}</span></header>
<nav class="tabs" aria-label="${text.navigation}"><ul>
${places.map(({ id, href, icon: name }) => tab(text.sections[id], { href, name, current: id === section, always: id === inbox.id }))}
</ul></nav>
${foot && html`<footer class="shell-foot">${foot}</footer>`}
</div>
<main class="shell-main" id="main">
${
  // The page of sending says it itself, and more.
  paused !== 'nothing' &&
  section !== 'sending' &&
  html`<div class="paused">${callout('careful', html`${text.paused[paused]} <a href="/sending">${text.paused.why}</a>`)}</div>`
}
${body}
</main>
</body>`;
}

/** The head's tags that private and public pages share. */
export function headTags(title: string): Markup {
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="preload" href="/assets/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/ripen.css">`;
}

/** The page's title, a sentence under it, and what can be done here. */
export function pageHead({
  title,
  lede,
  actions,
  crumb,
}: {
  readonly title: string | Markup;
  readonly lede?: string | Markup | undefined;
  readonly actions?: Markup | undefined;
  readonly crumb?: { readonly href: string; readonly text: string };
}): Markup {
  return html`<div class="page-head"><div>
${crumb && html`<a class="crumb" href="${crumb.href}">${icon('back')}${crumb.text}</a>`}
<h1>${title}</h1>
${lede && html`<p class="lede">${lede}</p>`}
</div>${actions && html`<div class="actions">${actions}</div>`}</div>`;
}

/** The links that offer this page in another language. */
export function languageLinks(current: Language, hrefOf: (language: Language) => string): Markup {
  return current === 'en'
    ? html`<a href="${hrefOf('pt-BR')}" hreflang="pt-BR" lang="pt-BR">Português</a>`
    : html`<a href="${hrefOf('en')}" hreflang="en" lang="en">English</a>`;
}

function tab(
  text: string,
  { href, name, current, always }: { href: string; name: IconName; current: boolean; always: boolean },
): Markup {
  return html`<li class="${always && 'always'}"><a href="${href}"${current && html` aria-current="page"`}>${icon(name)}<span>${text}</span></a></li>
`;
}
