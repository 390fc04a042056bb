import { expect, it } from 'vitest';
import { verdictOf } from '../../../functions/scoring/verdict.ts';

const browser =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';
const gmailPrefetch =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';
const sentAt = '2026-03-02T12:00:00.000Z';

function verdict(type: string, secondsAfter: number, properties: Record<string, string>) {
  const occurredAt = new Date(Date.parse(sentAt) + secondsAfter * 1000).toISOString();
  return verdictOf({ type, occurredAt, properties: { sentAt, userAgent: browser, ...properties } })?.by;
}

it.each([
  ['a click half a minute after delivery', 'email.clicked', 30, {}, 'human'],
  ['a click five seconds after delivery', 'email.clicked', 5, {}, 'machine'],
  ['a click one second after delivery', 'email.clicked', 1, {}, 'machine'],
  ['an open two seconds after delivery', 'email.opened', 2, {}, 'human'],
  ['a bare Mozilla/5.0', 'email.opened', 60, { userAgent: 'Mozilla/5.0' }, 'machine'],
  ['an empty user agent', 'email.opened', 60, { userAgent: '' }, 'machine'],
  ['the Gmail prefetch', 'email.opened', 60, { userAgent: gmailPrefetch }, 'machine'],
  ['a known scanner', 'email.clicked', 60, { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, 'machine'],
  [
    'a person behind the Gmail image proxy',
    'email.opened',
    60,
    { userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)' },
    'human',
  ],
  ['what SES takes for a bot', 'email.clicked', 60, { isBotEvent: 'Likely' }, 'machine'],
  ['what SES does not take for a bot', 'email.clicked', 60, { isBotEvent: 'Unlikely' }, 'human'],
])('takes %s for the right one (Q7)', (_, type, seconds, properties, expected) => {
  expect(verdict(type, seconds, properties)).toBe(expected);
});

it('has nothing to say about anything but opens and clicks', () => {
  expect(verdictOf({ type: 'page.viewed', occurredAt: sentAt, properties: {} })).toBeUndefined();
});
