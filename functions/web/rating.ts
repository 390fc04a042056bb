import type { Rating } from '../leads/lead.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './parts.ts';
import { figure, type Reader } from './reader.ts';

const names: Readonly<Record<Rating, string>> = { hot: 'Hot', warm: 'Warm', cold: 'Cold' };

export function ratingBadge(rating: Rating): Markup {
  return badge(names[rating], rating);
}

/** Two letters for a person, from the name or else from the address, on the colour of their rating. */
export function avatar({ name, email, rating }: { name: string | null; email: string; rating: Rating }): Markup {
  const words = (name?.trim() || email).split(/[\s@._-]+/).filter((word) => word !== '');
  const letters = words
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();
  return html`<span class="avatar ${rating}" aria-hidden="true">${letters}</span>`;
}

/**
 * The score as a bar to 100, with a mark at the threshold at which sales gets the lead. A drawing beside the figure, so hidden
 * from screen readers. Drawn in SVG: the page's policy forbids inline styles, and a width is one.
 */
export function scoreMeter(total: number, rating: Rating, threshold: number): Markup {
  const end = Math.max(100, threshold * 1.25);
  const share = (value: number) => `${Math.round((Math.min(Math.max(value, 0), end) / end) * 1000) / 10}%`;
  return html`<svg class="meter" aria-hidden="true"><rect class="meter-track" width="100%" height="100%"/><rect class="${rating}" width="${share(total)}" height="100%" rx="3"/><rect class="meter-mark" x="${share(threshold)}" width="1.5" height="100%"/></svg>`;
}

/** Figure and bar, for a table's cell. */
export function scoreCell(
  { total, rating }: { readonly total: number; readonly rating: Rating },
  threshold: number,
  reader: Reader,
): Markup {
  return html`<span class="score-cell"><strong>${figure(total, reader)}</strong>${scoreMeter(total, rating, threshold)}</span>`;
}
