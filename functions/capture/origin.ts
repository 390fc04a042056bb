import type { Origin } from '../leads/activity.ts';

/** What is known about how somebody got here. */
export interface Arrival {
  readonly source?: string | undefined;
  readonly medium?: string | undefined;
  readonly campaign?: string | undefined;
  readonly term?: string | undefined;
  readonly content?: string | undefined;
  /** The page before: empty when the browser says there was none, left out when nobody asked the browser. */
  readonly referrer?: string | undefined;
  /** The page itself. Its query may carry the `utm_*` that a plain HTML form does not repeat. */
  readonly page?: string | undefined;
}

/** Words that sources and media are called by, and the channel they mean (A5). The first that fits wins. */
const channelWords: readonly (readonly [RegExp, string])[] = [
  [/^(cpc|ppc|paid|sem|display|banner|ads?|adwords|retargeting)$|paid|cpc/, 'paid'],
  [/^e-?mail|newsletter|cadence/, 'email'],
  [/chat/, 'chat'],
  [/linkedin|facebook|instagram|twitter|tiktok|youtube|whatsapp|^social|^x\.com$|^t\.co$/, 'social'],
  [/organic|google|bing|duckduckgo|yahoo|ecosia|^search$/, 'organic'],
  [/direct|\(none\)/, 'direct'],
  [/referr?al|affiliate|partner/, 'referral'],
];

/** First touch as the figures group it. What is not known is `unknown`, never empty (A5). */
export function originOf(arrival: Arrival): Origin {
  const page = pageOf(arrival.page);
  const said = (name: 'source' | 'medium' | 'campaign' | 'term' | 'content') =>
    clean(arrival[name]) ?? clean(page?.searchParams.get(`utm_${name}`) ?? undefined);
  const [source, medium, term, content] = [said('source'), said('medium'), said('term'), said('content')];
  return {
    channel: channelOf({ source, medium, referrer: arrival.referrer, page }),
    campaign: said('campaign') ?? 'unknown',
    ...(source !== undefined && { source }),
    ...(medium !== undefined && { medium }),
    ...(term !== undefined && { term }),
    ...(content !== undefined && { content }),
    // Without query and fragment: people are known to be named in both.
    ...(page && { landingPage: `${page.origin}${page.pathname}`.slice(0, 1024) }),
  };
}

function channelOf({
  source,
  medium,
  referrer,
  page,
}: Pick<Arrival, 'source' | 'medium' | 'referrer'> & { page: URL | undefined }): string {
  if (page?.searchParams.has('gclid') || page?.searchParams.has('msclkid')) return 'paid';
  for (const word of [medium, source]) {
    const known = word === undefined ? undefined : channelNamed(word);
    if (known !== undefined) return known;
  }
  if (source !== undefined || medium !== undefined) return 'unknown';
  if (referrer === '') return 'direct';
  const from = pageOf(referrer);
  if (!from || from.hostname === page?.hostname) return 'unknown';
  return channelNamed(from.hostname.replace(/^www\./, '')) ?? 'referral';
}

function channelNamed(word: string): string | undefined {
  return channelWords.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1];
}

function clean(text: string | undefined): string | undefined {
  const line = text
    ?.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .trim()
    .slice(0, 256)
    .toWellFormed();
  return line === '' ? undefined : line;
}

function pageOf(address: string | undefined): URL | undefined {
  if (address === undefined || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  return new URL(address);
}
