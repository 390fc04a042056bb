import type { Chance } from './chance.ts';

/** How somebody came to the site: what the links say (`utm_*`), or the page before. */
export interface Arrival {
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
  /** Empty: typed the address. */
  readonly referrer: string;
}

const arrivals: readonly (readonly [Arrival, number])[] = [
  [{ referrer: 'https://www.google.com/' }, 30],
  [{ source: 'google', medium: 'cpc', campaign: 'sales-handbook', referrer: 'https://www.google.com/' }, 22],
  [
    { source: 'linkedin', medium: 'paid-social', campaign: 'pipeline-webinar', referrer: 'https://www.linkedin.com/' },
    14,
  ],
  [{ source: 'instagram', medium: 'social', campaign: 'funnel-checklist', referrer: 'https://www.instagram.com/' }, 10],
  [{ source: 'partner-letter', medium: 'email', campaign: 'case-study-letter', referrer: '' }, 9],
  [{ referrer: '' }, 15],
];

export function arrival(dice: Chance): Arrival {
  return dice.weighted(arrivals);
}
