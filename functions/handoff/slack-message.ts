import type { HotLead } from './hot-lead.ts';
import type { News } from './notice.ts';
import { noticeText } from './notice-text.ts';

/**
 * What an incoming webhook of Slack takes. What a lead typed stands in `rich_text` and `plain_text` alone, where nothing is markup:
 * no `<!channel>` in it pings anybody, no `*` makes anything bold. Limits: 50 blocks, 150 characters of header, 75 of button.
 */
export interface SlackMessage {
  /** What a notification shows, and a reader of the screen says. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

interface Run {
  readonly type: 'text' | 'link';
  readonly text: string;
  readonly url?: string;
  readonly style?: { readonly bold?: true; readonly italic?: true };
}
interface Part {
  readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted';
  readonly elements: readonly Run[];
}
interface List {
  readonly type: 'rich_text_list';
  readonly style: 'bullet';
  readonly elements: readonly Part[];
}
interface Button {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
  readonly url: string;
  readonly style?: 'primary' | 'danger';
}
type Block =
  | { readonly type: 'header'; readonly text: Button['text'] }
  | { readonly type: 'rich_text'; readonly elements: readonly (Part | List)[] }
  | { readonly type: 'actions'; readonly elements: readonly Button[] }
  | { readonly type: 'divider' }
  | { readonly type: 'context'; readonly elements: readonly Button['text'][] };

const headerLength = 150;

/** A hot lead in Slack: who, why now, what to do, with the buttons above what takes longer to read. */
export function slackHotLead(lead: HotLead): SlackMessage {
  const { labels, hotLead } = noticeText(lead.language);
  const { wroteBack, said, reasons, activities, replyText } = lead;
  const title = `${hotLead}: ${[lead.name, lead.company].filter(Boolean).join(', ')}`;
  return messageOf(`${title}. ${lead.why}`, [
    { type: 'header', text: plain(cut(title, headerLength)) },
    richText([
      section([run(`${lead.intro} `), bold(lead.why)]),
      ...(wroteBack && said !== '' ? [{ type: 'rich_text_quote' as const, elements: [run(said)] }] : []),
    ]),
    richText([section(factsOf(lead))]),
    richText([section([bold(`${labels.next}: `), run(lead.nextStep)])]),
    {
      type: 'actions',
      elements: [
        button('accept', labels.accept, lead.acceptUrl, 'primary'),
        button('reject', labels.reject, lead.rejectUrl, 'danger'),
        button('open', labels.open, lead.openUrl),
      ],
    },
    { type: 'context', elements: [plain(lead.deadline)] },
    { type: 'divider' },
    richText([
      section([bold(labels.whyNow)]),
      reasons.length === 0
        ? section([run(labels.nothingYet)])
        : list(reasons.map(({ points, text, at }) => [bold(points), run(` ${text} (${at})`)])),
    ]),
    ...(activities.length === 0
      ? []
      : [richText([section([bold(labels.didLast)]), list(activities.map(({ at, text }) => [run(`${at}: ${text}`)]))])]),
    ...(replyText === '' ? [] : [richText(replyOf(lead))]),
  ]);
}

/** Something short, with the way to more. */
export function slackNews({ to, headline, openUrl, language }: News): SlackMessage {
  const { labels } = noticeText(language);
  return messageOf(headline, [
    richText([section([bold(`${to}: `), run(headline)])]),
    { type: 'actions', elements: [button('open', labels.open, openUrl)] },
  ]);
}

function factsOf(lead: HotLead): Run[] {
  const { labels } = noticeText(lead.language);
  const lines: Run[][] = [
    [bold(`${labels.score}: `), run(String(lead.score))],
    ...(lead.role === '' ? [] : [[bold(`${labels.role}: `), run(lead.role)]]),
    [bold(`${labels.email}: `), run(lead.email), run(` · ${lead.emailNote}`)],
    [
      bold(`${labels.phone}: `),
      // No link: Slack documents none for telephone numbers, and refuses the whole message for an address it does not know.
      ...(lead.phone === '' ? [] : [run(`${lead.phone} · `)]),
      run(lead.phoneNote),
    ],
  ];
  return lines.flatMap((line, index) => (index === 0 ? line : [run('\n'), ...line]));
}

function replyOf({ language, replySubject, replyText, mailto }: HotLead): Part[] {
  const { labels } = noticeText(language);
  return [
    section([linked(labels.reply, mailto), run(`\n${labels.subject}: ${replySubject}`)]),
    { type: 'rich_text_preformatted', elements: [run(replyText)] },
  ];
}

function messageOf(text: string, blocks: readonly Block[]): SlackMessage {
  return { text: escaped(text), blocks, unfurl_links: false, unfurl_media: false };
}

/** The fallback text is mrkdwn: these three are all that Slack asks to be escaped there. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function richText(elements: readonly (Part | List)[]): Block {
  return { type: 'rich_text', elements };
}

function section(elements: readonly Run[]): Part {
  return { type: 'rich_text_section', elements };
}

function list(items: readonly (readonly Run[])[]): List {
  return { type: 'rich_text_list', style: 'bullet', elements: items.map(section) };
}

function run(text: string): Run {
  return { type: 'text', text };
}

function bold(text: string): Run {
  return { type: 'text', text, style: { bold: true } };
}

function linked(text: string, url: string): Run {
  return { type: 'link', text, url };
}

function plain(text: string): Button['text'] {
  return { type: 'plain_text', text, emoji: false };
}

function button(action_id: string, text: string, url: string, style?: Button['style']): Button {
  return { type: 'button', action_id, text: plain(text), url, ...(style && { style }) };
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text;
}
