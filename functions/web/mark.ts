import { raw } from 'hono/html';
import { html, type Markup } from './markup.ts';

/** The mark: a fruit that turns from leaf green to ripe, as a file of its own (favicon) and inside pages. */
export const markSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true"><defs><linearGradient id="ripening" x1="5" y1="27" x2="27" y2="10" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#3f9d5f"/><stop offset=".38" stop-color="#f0ad3d"/><stop offset=".8" stop-color="#e5532d"/></linearGradient></defs><path fill="url(#ripening)" d="M16 10.6c1.9-1.7 4.5-2.5 6.9-1.6 3.7 1.4 5.2 5.7 4.1 10.2C25.7 24.8 21.4 30 16 30S6.3 24.8 5 19.2C3.9 14.7 5.4 10.4 9.1 9c2.4-.9 5-.1 6.9 1.6Z"/><path fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="1.8" stroke-linecap="round" d="M9 14.2c-.7 1.6-.7 3.5-.2 5.3"/><path fill="#2a8f58" d="M16.2 9.3C15.7 5 18.3 1.9 24 1.7c.4 4.9-2.5 8.1-7.8 7.6Z"/><path fill="none" stroke="#2a8f58" stroke-width="1.5" stroke-linecap="round" d="M16 10.5c0-2.2-.7-3.9-2.2-5.2"/></svg>`;

export function mark(): Markup {
  return html`${raw(markSvg)}`;
}

/** The mark and the name, as a link home. */
export function brand(href: string, name = 'Ripen'): Markup {
  return html`<a class="brand" href="${href}">${mark()}<span>${name}</span></a>`;
}
