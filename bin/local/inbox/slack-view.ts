import * as z from 'zod';
import { html, type Markup, safeHref } from '../../../functions/web/markup.ts';
import type { Slack } from './call-kind.ts';

const Style = z.object({ bold: z.boolean(), italic: z.boolean() }).partial();
const Run = z.object({
  type: z.string(),
  text: z.string().default(''),
  url: z.string().optional(),
  style: Style.optional(),
});
type Run = z.infer<typeof Run>;
const Section = z.object({ type: z.string(), elements: z.array(Run) });
const Part = z.union([z.object({ type: z.literal('rich_text_list'), elements: z.array(Section) }), Section]);
type Part = z.infer<typeof Part>;
const Text = z.object({ text: z.string() });
const Button = z.object({ text: Text, url: z.string(), style: z.string().optional() });

const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), text: Text }),
  z.object({ type: z.literal('rich_text'), elements: z.array(Part) }),
  z.object({ type: z.literal('actions'), elements: z.array(Button) }),
  z.object({ type: z.literal('context'), elements: z.array(Text) }),
  z.object({ type: z.literal('divider') }),
]);

/** A message as Slack shows it: the blocks we send, and whatever else as JSON. */
export function slackView({ blocks }: Slack): Markup {
  return html`<section class="card slack" aria-label="The message as Slack shows it">
    <div class="slack-avatar" aria-hidden="true">R</div>
    <div class="slack-message"><p class="slack-from"><strong>Ripen</strong> <span class="slack-app">APP</span></p>
    ${blocks.map((block) => {
      const read = Block.safeParse(block);
      return read.success ? shown(read.data) : html`<pre class="inbox-text">${JSON.stringify(block, null, 2)}</pre>`;
    })}</div></section>`;
}

function shown(block: z.infer<typeof Block>): Markup {
  switch (block.type) {
    case 'header':
      return html`<h2 class="slack-header">${block.text.text}</h2>`;
    case 'rich_text':
      return html`${block.elements.map(part)}`;
    case 'actions':
      return html`<p class="slack-actions">${block.elements.map(
        ({ text, url, style }) =>
          html`<a class="slack-button ${style ?? ''}" href="${safeHref(url)}" target="_blank" rel="noopener noreferrer">${text.text}</a>`,
      )}</p>`;
    case 'context':
      return html`<p class="slack-context">${block.elements.map(({ text }) => text).join(' ')}</p>`;
    case 'divider':
      return html`<hr class="slack-divider" />`;
  }
}

function part(given: Part): Markup {
  if (given.type === 'rich_text_list')
    return html`<ul class="slack-list">${given.elements.map((item) => 'elements' in item && html`<li>${runs(item.elements)}</li>`)}</ul>`;
  const inside = runs(given.elements.flatMap((each) => ('elements' in each ? each.elements : [each])));
  if (given.type === 'rich_text_quote') return html`<blockquote class="slack-quote">${inside}</blockquote>`;
  if (given.type === 'rich_text_preformatted') return html`<pre class="slack-code">${inside}</pre>`;
  return html`<p class="slack-text">${inside}</p>`;
}

function runs(elements: readonly Run[]): readonly Markup[] {
  return elements.map(({ type, text, url, style }) => {
    if (type === 'link' && url !== undefined)
      return html`<a href="${safeHref(url)}" target="_blank" rel="noopener noreferrer">${text === '' ? url : text}</a>`;
    if (style?.bold) return html`<strong>${text}</strong>`;
    return style?.italic ? html`<em>${text}</em>` : html`${text}`;
  });
}
