import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

export type Refusal = 'malformed' | 'scheme' | 'credentials' | 'port' | 'private-address';

/** Where a call may go to, as far as its address says. `literal`: the host is an address itself, and nothing is to be resolved. */
export type Target =
  | { readonly url: URL; readonly host: string; readonly literal: boolean }
  | { readonly refused: Refusal };

/** The usual ones of HTTPS: every other port may be somebody's database. */
const ports: readonly string[] = ['', '8443'];

/**
 * Reads an address that somebody has typed in. Only https, no user or password, no other port, and a host that is no address of a
 * private network. WHATWG's parser brings every way to write an IPv4 address (octal, hexadecimal, one number) into the one.
 */
export function targetOf(text: string): Target {
  if (!URL.canParse(text)) return { refused: 'malformed' };
  const url = new URL(text);
  if (url.protocol !== 'https:') return { refused: 'scheme' };
  if (url.username !== '' || url.password !== '') return { refused: 'credentials' };
  if (!ports.includes(url.port)) return { refused: 'port' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host) !== 0;
  return literal && !isPublicAddress(host) ? { refused: 'private-address' } : { url, host, literal };
}
