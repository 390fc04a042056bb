import { isbot } from 'isbot';
import type { Sign } from './reaction.ts';

// GoogleImageProxy carries a person's open through a proxy; isbot takes it for a crawler.
const personsProxy = /GoogleImageProxy/;
const gmailPrefetch = /Chrome\/42\.0\.2311\.135 Safari\/537\.36 Edge\/12\.246 Mozilla\/5\.0/;

/** What a user agent says about who fetched it; `further` are the account's own scanners. Not known is no sign: SES may leave it out. */
export function readerSign(userAgent: string | undefined, further: readonly string[]): Sign | null {
  const reason = userAgent === undefined ? null : machineNamed(userAgent, further);
  return reason === null ? null : { weight: 0.9, reason };
}

function machineNamed(userAgent: string, further: readonly string[]): string | null {
  if (userAgent === '') return 'no user agent';
  if (userAgent === 'Mozilla/5.0') return 'the user agent of a privacy prefetch';
  if (gmailPrefetch.test(userAgent)) return 'the user agent of a Gmail prefetch';
  const lower = userAgent.toLowerCase();
  if (further.some((part) => lower.includes(part.toLowerCase()))) return 'the user agent of a scanner on our list';
  return isbot(userAgent) && !personsProxy.test(userAgent) ? 'the user agent of a known scanner' : null;
}
