import type { Rating } from '../leads/lead.ts';
import type { Language } from './language.ts';
import { leadText } from './lead-text.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './parts.ts';
import { figure, type Reader } from './reader.ts';

export function ratingBadge(rating: Rating, language: Language): Markup {
  return badge(leadText[language].ratings[rating], rating);
}

/** One or two letters for a person, from the first and last name or else from the address, on the colour of their rating. */
export function avatar({ name, email, rating }: { name: string | null; email: string; rating: Rating }): Markup {
  const [mailbox = ''] = email.split('@');
  const initials = initialsOf(name ?? '');
  return html`<span class="avatar ${rating}" aria-hidden="true">${initials === '' ? initialsOf(mailbox) : initials}</span>`;
}

/** Letters and digits only: `Pedro "Pê" Lima` is PL. */
function initialsOf(text: string): string {
  const letters = text.split(/[\s._+-]+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  const [first = ''] = letters;
  return `${first}${letters.length > 1 ? letters.at(-1) : ''}`.toUpperCase();
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
