import { type IconName, icon } from './icon.ts';
import { mark } from './mark.ts';
import { html, type Markup, type Piece, safeHref } from './markup.ts';

/** How something stands: `good`, `note` (for information), `careful`, `bad`. */
export type Tone = 'good' | 'note' | 'careful' | 'bad' | 'plain';

export function badge(text: string, tone: Tone | 'hot' | 'warm' | 'cold' = 'plain'): Markup {
  return html`<span class="badge dot ${tone}">${text}</span>`;
}

interface CardOptions {
  /** At the end of the heading's line. */
  readonly aside?: Piece;
  readonly footer?: Piece;
  /** Does the body reach the card's edges, as a table does? */
  readonly flush?: boolean;
  /** To come back to this card by its address. */
  readonly id?: string;
}

/** A card with a heading. */
export function card(heading: string, body: Piece, { aside, footer, flush = false, id }: CardOptions = {}): Markup {
  return html`<section class="card"${id !== undefined && html` id="${id}"`}><header><h2>${heading}</h2>${aside}</header>
${flush ? body : html`<div class="body">${body}</div>`}
${footer && html`<footer>${footer}</footer>`}</section>`;
}

export function callout(tone: Exclude<Tone, 'plain'>, text: Piece): Markup {
  const name: IconName = tone === 'good' ? 'check' : tone === 'note' ? 'info' : 'warning';
  return html`<div class="callout ${tone}" role="note">${icon(name)}<div>${text}</div></div>`;
}

/** What stands where nothing is yet: why, and what to do about it. */
export function emptyState({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text: Piece;
  readonly action?: { readonly href: string; readonly text: string };
}): Markup {
  return html`<div class="empty">${mark()}<strong>${title}</strong><p>${text}</p>
${action && html`<a class="button primary" href="${safeHref(action.href)}">${action.text}</a>`}</div>`;
}

/** Pairs of name and value. A pair without a value is left out. */
export function facts(pairs: readonly (readonly [name: string, value: Piece])[]): Markup {
  return html`<dl class="facts">${pairs.map(([name, value]) =>
    isNothing(value) ? null : html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;
}

/** Text to take along: selectable without JavaScript, with a copy button where there is some. */
export function codeBlock(code: string, label: string): Markup {
  return html`<div class="code"><pre tabindex="0" aria-label="${label}"><code>${code}</code></pre>
<button type="button" class="copy" data-copy hidden>Copy</button></div>`;
}

/** A labelled drop-down. The first option is the one for "any". */
export function select({
  name,
  label,
  value,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
}): Markup {
  return html`<div class="field"><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
${options.map(
  ([option, text]) => html`<option value="${option}"${option === value && html` selected`}>${text}</option>`,
)}</select></div>`;
}

/** A labelled field of one line; `attributes` say what may stand in it. */
export function inputField({
  id,
  name,
  label,
  hint,
  attributes,
}: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly attributes: Markup;
}): Markup {
  return html`<div class="field"><label for="${id}">${label}${hint !== undefined && html` <span class="optional">(${hint})</span>`}</label><input id="${id}" name="${name}" ${attributes}></div>`;
}

/** The text with `e-mail` kept on one line: a browser may break after any hyphen. */
export function unbroken(text: string): Markup {
  // What is split by a group keeps it: every second part is the word itself.
  return html`${text.split(/(e-mails?)/i).map((part, index) => (index % 2 === 1 ? html`<span class="unbroken">${part}</span>` : part))}`;
}

function isNothing(value: Piece): boolean {
  return value === undefined || value === null || value === false || value === '';
}
