import { raw } from 'hono/html';
import type { Form, FunnelStage, LeadMagnet } from '../capture/form.ts';
import { html, type Markup } from './markup.ts';

/** A drawing of what the form gives: a booklet to learn from, figures to compare, a workspace to start with; a film only for a film. */
export function landingArt({ funnelStage, magnet }: Pick<Form, 'funnelStage' | 'magnet'>): Markup {
  const inset = funnelStage !== 'MOFU' ? '' : films.includes(magnet) ? film : text;
  return html`<svg class="art" viewBox="0 0 420 260" fill="none" aria-hidden="true">${raw(drawings[funnelStage] + inset)}</svg>`;
}

const films: readonly LeadMagnet[] = ['webinar', 'video-training'];
const film = '<circle class="art-green" cx="276" cy="112" r="34"/><path d="m266 95 26 17-26 17z" fill="#fff"/>';
const text = [
  [84, 84],
  [102, 62],
  [120, 76],
  [138, 54],
]
  .map(([y, width]) => `<rect class="art-line" x="236" y="${y}" width="${width}" height="9" rx="4.5"/>`)
  .join('');

const ground = '<ellipse cx="210" cy="236" rx="180" ry="14" class="art-shade"/>';
const fruit = (x: number, y: number, size: number, tone: 'fruit' | 'sun' | 'leaf') =>
  `<g transform="translate(${x} ${y}) scale(${size})"><path class="art-${tone}" d="M16 10.6c1.9-1.7 4.5-2.5 6.9-1.6 3.7 1.4 5.2 5.7 4.1 10.2C25.7 24.8 21.4 30 16 30S6.3 24.8 5 19.2C3.9 14.7 5.4 10.4 9.1 9c2.4-.9 5-.1 6.9 1.6Z"/><path class="art-green" d="M16.2 9.3C15.7 5 18.3 1.9 24 1.7c.4 4.9-2.5 8.1-7.8 7.6Z"/></g>`;

const drawings: Readonly<Record<FunnelStage, string>> = {
  TOFU: `${ground}<rect class="art-paper" x="118" y="24" width="150" height="200" rx="10" transform="rotate(-6 193 124)"/><rect class="art-paper" x="140" y="22" width="150" height="204" rx="10"/><rect class="art-green" x="140" y="22" width="16" height="204" rx="6"/><rect class="art-line" x="176" y="130" width="92" height="9" rx="4.5"/><rect class="art-line" x="176" y="150" width="74" height="9" rx="4.5"/><rect class="art-line" x="176" y="170" width="84" height="9" rx="4.5"/>${fruit(180, 44, 2.4, 'fruit')}${fruit(316, 168, 1.9, 'sun')}${fruit(52, 182, 1.5, 'leaf')}`,
  MOFU: `${ground}<rect class="art-paper" x="84" y="30" width="252" height="166" rx="14"/><rect class="art-line" x="84" y="30" width="252" height="26" rx="13"/><rect class="art-green" x="108" y="136" width="26" height="38" rx="5"/><rect class="art-sun" x="148" y="112" width="26" height="62" rx="5"/><rect class="art-fruit" x="188" y="84" width="26" height="90" rx="5"/>${fruit(330, 172, 1.9, 'fruit')}${fruit(46, 184, 1.5, 'sun')}`,
  BOFU: `${ground}<rect class="art-paper" x="70" y="26" width="280" height="184" rx="14"/><rect class="art-line" x="70" y="26" width="280" height="28" rx="14"/><circle class="art-fruit" cx="90" cy="40" r="5"/><circle class="art-sun" cx="106" cy="40" r="5"/><circle class="art-green" cx="122" cy="40" r="5"/><rect class="art-line" x="90" y="72" width="64" height="118" rx="8"/><rect class="art-line" x="170" y="72" width="160" height="50" rx="8"/><path class="art-stroke" d="M176 184c24-6 30-34 56-34s34-22 92-40"/>${fruit(182, 78, 1.2, 'leaf')}${fruit(226, 78, 1.2, 'sun')}${fruit(270, 78, 1.2, 'fruit')}`,
};
