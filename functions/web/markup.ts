import { html as template } from 'hono/html';

/** Escaped HTML, safe to put into a page as it is. */
export interface Markup {
  readonly isEscaped: true;
  toString(): string;
}

/** What may stand in a template. Text is escaped; `false`, `null` and `undefined` leave nothing behind. */
export type Piece = Markup | string | number | false | null | undefined | readonly Piece[];

/** Hono's escaping template, held to plain values: everything a page shows has been loaded before the page is written. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const made = template(strings, ...pieces);
  if (made instanceof Promise)
    throw new Error('a page is written from loaded values: no promise belongs in a template');
  return made;
}

/**
 * An address fit for `href`: http, https, mailto or a place on this site. Anything else (`javascript:` above all) becomes `#`,
 * since escaping alone does not disarm an address that a visitor sent us (I-X1).
 */
export function safeHref(address: string): string {
  if (/^(\/(?![/\\])|[?#])/.test(address)) return address;
  const url = URL.parse(address);
  return url !== null && ['https:', 'http:', 'mailto:'].includes(url.protocol) ? address : '#';
}
