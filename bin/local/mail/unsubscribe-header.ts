/** The addresses of a List-Unsubscribe header, in order: `<https://…>, <mailto:…>`. */
export function unsubscribeUrls(headers: Readonly<Record<string, string>>): string[] {
  return [...(headers['list-unsubscribe'] ?? '').matchAll(/<\s*([^<>\s]+)\s*>/g)].map(([, url = '']) => url);
}

/** Where a mail client posts for a one-click unsubscribe (RFC 8058); null when the message does not offer it. */
export function oneClickUrl(headers: Readonly<Record<string, string>>): string | null {
  const offered = headers['list-unsubscribe-post']?.trim().toLowerCase() === 'list-unsubscribe=one-click';
  const urls = unsubscribeUrls(headers).filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url));
  return offered ? (urls[0] ?? null) : null;
}
