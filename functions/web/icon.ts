import { raw } from 'hono/html';
import { html, type Markup } from './markup.ts';

// Drawn for Ripen on a grid of 24, one stroke of 1.75, round ends.
const strokes = {
  home: '<path d="M4 11.2 12 4.5l8 6.7V19a1.2 1.2 0 0 1-1.2 1.2H15v-5.4H9v5.4H5.2A1.2 1.2 0 0 1 4 19z"/>',
  people:
    '<circle cx="9.2" cy="8.4" r="3.4"/><path d="M3 19.6c.4-3.6 2.9-5.6 6.2-5.6s5.8 2 6.2 5.6M15.6 5.3a3.4 3.4 0 0 1 0 6.2M17.6 14.4c2 .7 3.2 2.5 3.4 5.2"/>',
  handoff: '<path d="M4 8.5h13.5M13.5 4.5l4 4-4 4M20 15.5H6.5M10.5 11.5l-4 4 4 4"/>',
  chart: '<path d="M4 4.5V19.5h16M8.5 15.5v-4M12.8 15.5V7.5M17 15.5v-6"/>',
  plug: '<path d="M9 3.5v4.5M15 3.5v4.5M6.5 8h11v3.2a5.5 5.5 0 0 1-11 0zM12 16.7v4"/>',
  inbox:
    '<path d="M4 13.5 6.4 5.6A1.4 1.4 0 0 1 7.7 4.6h8.6a1.4 1.4 0 0 1 1.3 1L20 13.5V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18zM4 13.5h4.6a3.4 3.4 0 0 0 6.8 0H20"/>',
  send: '<path d="M20 4.5 3.8 10.6l6.6 3 3 6.6zM20 4.5l-9.6 9.1"/>',
  mail: '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4.2 7.2 7.8 6 7.8-6"/>',
  opened: '<path d="M3.5 10.2 12 4.5l8.5 5.7V18a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18zM4 10.7l8 5 8-5"/>',
  click: '<path d="m9 9 10.5 4-4.6 1.9L13 19.5zM4.5 4.5l2 2M9.5 3v2.6M3 9.5h2.6"/>',
  target: '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12v.1"/>',
  form: '<rect x="5" y="3.5" width="14" height="17" rx="2"/><path d="M8.5 8h7M8.5 12h7M8.5 16h3.5"/>',
  eye: '<path d="M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12z"/><circle cx="12" cy="12" r="2.8"/>',
  calendar: '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
  rocket:
    '<path d="M12 3.5c3.4 1.7 5 4.7 5 8.2l-2 4.3H9l-2-4.3c0-3.5 1.6-6.5 5-8.2zM10 19.5h4M7 12l-2.5 3.5V18M17 12l2.5 3.5V18"/><circle cx="12" cy="10" r="1.7"/>',
  stop: '<circle cx="12" cy="12" r="8.5"/><path d="m6.2 6.2 11.6 11.6"/>',
  warning: '<path d="M12 4.2 21 19.5H3zM12 10v4.2M12 16.8v.1"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11.2v5M12 7.9v.1"/>',
  check: '<path d="m5 12.5 4.7 4.7L19.2 7.2"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
  arrow: '<path d="M9.5 5.5 16 12l-6.5 6.5"/>',
  back: '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
  person: '<circle cx="12" cy="8.4" r="3.8"/><path d="M4.8 20c.5-4 3.4-6.2 7.2-6.2s6.7 2.2 7.2 6.2"/>',
  won: '<path d="M7.5 4.5h9v5a4.5 4.5 0 0 1-9 0zM7.5 6H4.5c0 3 1 4.5 3.2 4.7M16.5 6h3c0 3-1 4.5-3.2 4.7M12 14v3.5M8.5 20.2h7"/>',
  list: '<path d="M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.2 6.5h.1M4.2 12h.1M4.2 17.5h.1"/>',
  chat: '<path d="M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 4v-4h-1A1.5 1.5 0 0 1 4 14.5z"/>',
  dot: '<circle cx="12" cy="12" r="3"/>',
} as const;

export type IconName = keyof typeof strokes;

/** A line drawing beside words that say the same, so it is hidden from screen readers. */
export function icon(name: IconName): Markup {
  return html`<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawing(name)}</svg>`;
}

function drawing(name: IconName): Markup {
  return html`${raw(strokes[name])}`;
}
