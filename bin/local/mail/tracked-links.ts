import { machinesPath } from '../../../functions/leads/link-id.ts';

/** A link of an HTML mail that SES would route through its click tracking. */
export interface TrackedLink {
  readonly url: string;
  /** From SES's own `ses:tags="name:value;…"` attribute; null without one. */
  readonly tags: Readonly<Record<string, readonly string[]>> | null;
}

const anchor = /<(a|area)(?=[\s/])((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const attribute = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** The links of `html` in the order of the page, each under the number `trackLinks` gives it. */
export function linksIn(html: string): TrackedLink[] {
  const links: TrackedLink[] = [];
  trackLinks(html, (link) => {
    links.push(link);
    return '';
  });
  return links;
}

/** The number of the first link that a person would follow: not the way out, nor the one that only machines meet; -1 without one. */
export function firstLinkForPeople(html: string): number {
  return linksIn(html).findIndex(({ url }) => !url.includes('/u/') && !url.endsWith(machinesPath));
}

/**
 * Rewrites every http link to what `hrefFor` answers (null: it stays), opening outside the mail's own frame. As in SES, a link
 * with the attribute `ses:no-track` stays what it is, and so does everything that is not http (`mailto:`, `tel:`, `#…`).
 */
export function trackLinks(html: string, hrefFor: (link: TrackedLink, n: number) => string | null): string {
  let n = 0;
  return html.replace(anchor, (tag: string, name: string, inside: string) => {
    const attributes = readAttributes(inside);
    const url = attributes.get('href')?.trim() ?? '';
    // Browsers take the first of two equal attributes, so leading with ours settles where the link opens.
    const outside = `<${name} target="_blank" rel="noopener noreferrer"`;
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return tag;
    if (attributes.has('ses:no-track')) return `${outside}${inside}>`;
    const href = hrefFor({ url, tags: linkTags(attributes.get('ses:tags')) }, n++);
    return href === null ? `${outside}${inside}>` : `${outside} href="${href}"${inside}>`;
  });
}

function readAttributes(inside: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of inside.matchAll(attribute)) {
    const value = double ?? single ?? bare ?? '';
    if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), decodeEntities(value));
  }
  return attributes;
}

function linkTags(text: string | undefined): TrackedLink['tags'] {
  if (text === undefined) return null;
  const pairs = text.split(';').flatMap((pair) => {
    const [name = '', value = ''] = pair.split(':').map((side) => side.trim());
    return name === '' ? [] : [[name, [value]] as const];
  });
  return Object.fromEntries(pairs);
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The entities that occur in an address: numbered ones, and those that must be written as entities. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named.get(String(name).toLowerCase()) ?? whole;
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
