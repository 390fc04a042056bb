import { type Language, languages } from './language.ts';
import { brand } from './mark.ts';
import { html, type Markup } from './markup.ts';
import { headTags, languageLinks } from './shell.ts';
import { visitorText } from './visitor-text.ts';

/** What every public page stands in: the team's own name, its address (the law wants it), and the tracker. */
export interface Site {
  readonly language: Language;
  readonly accountName: string;
  readonly postalAddress: string;
  /** Public origin, without a slash at its end. */
  readonly baseUrl: string;
  /** The key the tracker sends, from the playbook's forms. */
  readonly writeKey: string;
}

/**
 * A whole public page. `canonicalPath` is the path the tracker reports when it is not the page's own; an `unlisted` one is in no
 * search engine and tells the tracker nothing.
 */
export function visitorPage(
  site: Site,
  {
    title,
    path,
    canonicalPath,
    unlisted = false,
    body,
  }: {
    readonly title: string;
    readonly path: string;
    readonly canonicalPath?: string;
    readonly unlisted?: boolean;
    readonly body: Markup;
  },
): string {
  const { language, accountName, postalAddress, baseUrl, writeKey } = site;
  const text = visitorText[language];
  const hrefOf = (to: string, other: Language) => `${to}${to.includes('?') ? '&' : '?'}lang=${other}`;
  return String(html`<!doctype html>
<html lang="${language}">
<head>
${headTags(`${title} · ${accountName}`)}
<link rel="canonical" href="${baseUrl}${canonicalPath ?? path}">
${languages.map((other) => html`<link rel="alternate" hreflang="${other}" href="${baseUrl}${hrefOf(path, other)}">`)}
${
  unlisted
    ? html`<meta name="robots" content="noindex">`
    : html`<script src="/js/ripen.js" data-write-key="${writeKey}" defer></script>
<script src="/js/form.js" defer></script>`
}
</head>
<body class="visitor">
<a class="skip" href="#main">${text.skip}</a>
<header class="visitor-bar">${brand(hrefOf('/p/trial', language), accountName)}
<nav aria-label="${accountName}"><a href="${hrefOf('/p/pricing', language)}">${text.pricing}</a>${languageLinks(language, (other) => hrefOf(path, other))}</nav></header>
<main class="visitor-main" id="main">
${body}
</main>
<footer class="visitor-foot">${postalAddress}</footer>
</body>
</html>
`);
}
