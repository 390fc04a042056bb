import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether the Host header names this machine. A foreign page that had its name pointed at 127.0.0.1 (DNS rebinding) still
 * sends its own name here.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  return names.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}

/**
 * Whether a request to a private route may come from where it comes from. The runner takes whoever sits at this machine
 * for the operator, so a page of another origin must not be able to act through the operator's browser. Following a link
 * to a page is fine; a program without a browser's headers is too.
 */
export function isOwnOrigin(method: string, headers: IncomingHttpHeaders, port: number): boolean {
  const site = headers['sec-fetch-site'];
  const isVisit =
    (method === 'GET' || method === 'HEAD') &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  // `same-site` is another port of this machine: another program's page.
  if ((site === 'cross-site' || site === 'same-site') && !isVisit) return false;
  const { origin } = headers;
  if (origin === undefined || isVisit) return true;
  return origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), port);
}
