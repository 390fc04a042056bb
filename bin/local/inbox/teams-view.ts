import * as z from 'zod';
import { html, type Markup, safeHref } from '../../../functions/web/markup.ts';

const Run = z.object({
  type: z.literal('TextRun'),
  text: z.string(),
  size: z.string().optional(),
  weight: z.string().optional(),
  isSubtle: z.boolean().optional(),
  italic: z.boolean().optional(),
});
const Paragraph = z.object({ type: z.literal('RichTextBlock'), inlines: z.array(Run), spacing: z.string().optional() });
const Box = z.object({
  type: z.literal('Container'),
  style: z.string().optional(),
  separator: z.boolean().optional(),
  items: z.array(Paragraph),
});
const Action = z.object({
  type: z.literal('Action.OpenUrl'),
  title: z.string(),
  url: z.string(),
  style: z.string().optional(),
});
const Buttons = z.object({ type: z.literal('ActionSet'), actions: z.array(Action) });
const Card = z.object({
  body: z.array(z.discriminatedUnion('type', [Paragraph, Box, Buttons])),
  actions: z.array(Action).default([]),
});

/** A card as Teams shows it: the elements we send; a card with others as JSON. */
export function teamsView(given: unknown): Markup {
  const read = Card.safeParse(given);
  if (!read.success) return html`<pre class="inbox-text">${JSON.stringify(given, null, 2)}</pre>`;
  const { body, actions } = read.data;
  return html`<section class="card teams" aria-label="The card as Teams shows it">
    <p class="teams-from"><span class="teams-avatar" aria-hidden="true">R</span><strong>Workflows</strong></p>
    <div class="teams-card">${body.map(element)}${actions.length > 0 && buttons(actions)}</div></section>`;
}

function element(each: z.infer<typeof Card>['body'][number]): Markup {
  switch (each.type) {
    case 'RichTextBlock':
      return paragraph(each);
    case 'Container':
      return box(each);
    case 'ActionSet':
      return buttons(each.actions);
  }
}

function buttons(actions: readonly z.infer<typeof Action>[]): Markup {
  return html`<p class="teams-actions">${actions.map(
    ({ title, url, style }) =>
      html`<a class="teams-button ${style ?? ''}" href="${safeHref(url)}" target="_blank" rel="noopener noreferrer">${title}</a>`,
  )}</p>`;
}

function box({ style, separator, items }: z.infer<typeof Box>): Markup {
  return html`<div class="teams-box ${style ?? ''}${separator && ' separated'}">${items.map(paragraph)}</div>`;
}

function paragraph({ inlines, spacing }: z.infer<typeof Paragraph>): Markup {
  return html`<p class="teams-text ${spacing ?? ''}">${inlines.map(
    ({ text, size, weight, isSubtle, italic }) =>
      html`<span class="${[size, weight, isSubtle && 'subtle', italic && 'italic'].filter(Boolean).join(' ')}">${text}</span>`,
  )}</p>`;
}
