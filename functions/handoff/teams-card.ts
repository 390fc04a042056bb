import type { HotLead } from './hot-lead.ts';
import type { News } from './notice.ts';
import { noticeText } from './notice-text.ts';

/**
 * What a Workflows webhook of Microsoft Teams takes: an Adaptive Card in a message, of at most 28 KB. Everything is written in text
 * runs, where no Markdown is read: what a lead typed stays what it is. There is no HTML in a card at all, and nobody is mentioned.
 */
export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: Card;
    },
  ];
}

interface Card {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly type: 'AdaptiveCard';
  readonly version: '1.4';
  readonly lang: string;
  readonly fallbackText: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly (Paragraph | Box | Buttons)[];
}
interface Run {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'large' | 'medium';
  readonly weight?: 'bolder';
  readonly isSubtle?: true;
  readonly italic?: true;
}
interface Paragraph {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly Run[];
  readonly spacing?: 'none' | 'small';
}
interface Box {
  readonly type: 'Container';
  readonly style?: 'emphasis';
  readonly separator?: true;
  readonly items: readonly Paragraph[];
}
interface Buttons {
  readonly type: 'ActionSet';
  readonly actions: readonly Action[];
}
interface Action {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
  readonly style?: 'positive' | 'destructive';
}

/** A hot lead in Teams: who, why now, what to do, with the buttons above what takes longer to read. */
export function teamsHotLead(lead: HotLead): TeamsMessage {
  const { labels, hotLead } = noticeText(lead.language);
  const { wroteBack, said, reasons, activities } = lead;
  const title = `${hotLead}: ${[lead.name, lead.company].filter(Boolean).join(', ')}`;
  const body: Card['body'] = [
    line([run(title, { size: 'large', weight: 'bolder' })]),
    line([run(`${lead.intro} `), strong(lead.why)]),
    ...(wroteBack && said !== '' ? [box(quoted(said))] : []),
    { type: 'Container', items: factsOf(lead) },
    box([line([strong(`${labels.next}: `), run(lead.nextStep)]), close([quiet(lead.deadline)])]),
    {
      type: 'ActionSet',
      actions: [
        { type: 'Action.OpenUrl', title: labels.accept, url: lead.acceptUrl, style: 'positive' },
        { type: 'Action.OpenUrl', title: labels.reject, url: lead.rejectUrl, style: 'destructive' },
        { type: 'Action.OpenUrl', title: labels.open, url: lead.openUrl },
      ],
    },
    part(
      labels.whyNow,
      reasons.length === 0
        ? [close([run(labels.nothingYet)])]
        : reasons.map(({ points, text, at }) => close([strong(points), run(` ${text} `), quiet(`(${at})`)])),
    ),
    ...(activities.length === 0
      ? []
      : [
          part(
            labels.didLast,
            activities.map(({ at, text }) => close([quiet(`${at}: `), run(text)])),
          ),
        ]),
    ...(lead.replyText === '' ? [] : replyOf(lead)),
  ];
  return messageOf(lead.language, `${title}. ${lead.why}`, body);
}

/** Something short, with the way to more. */
export function teamsNews({ to, headline, openUrl, language }: News): TeamsMessage {
  const { labels } = noticeText(language);
  const open = { type: 'Action.OpenUrl', title: labels.open, url: openUrl } as const;
  return messageOf(language, headline, [
    line([strong(`${to}: `), run(headline)]),
    { type: 'ActionSet', actions: [open] },
  ]);
}

function factsOf(lead: HotLead): Paragraph[] {
  const { labels } = noticeText(lead.language);
  return [
    line([strong(`${labels.score}: `), run(String(lead.score))]),
    ...(lead.role === '' ? [] : [close([strong(`${labels.role}: `), run(lead.role)])]),
    close([strong(`${labels.email}: `), run(lead.email), quiet(` · ${lead.emailNote}`)]),
    close([
      strong(`${labels.phone}: `),
      ...(lead.phone === '' ? [] : [run(`${lead.phone} · `)]),
      quiet(lead.phoneNote),
    ]),
  ];
}

function replyOf({ language, replySubject, replyText }: HotLead): Box[] {
  const { labels } = noticeText(language);
  return [part(labels.reply, [close([strong(`${labels.subject}: `), run(replySubject)])]), box(linesOf(replyText))];
}

function quoted(said: string): Paragraph[] {
  return linesOf(`“${said}”`).map(({ inlines, ...paragraph }) => ({
    ...paragraph,
    inlines: inlines.map((each) => ({ ...each, italic: true })),
  }));
}

/** A line break in a run is not shown everywhere: every line is a paragraph. */
function linesOf(text: string): Paragraph[] {
  return text.split('\n').map((each) => close([run(each === '' ? ' ' : each)]));
}

function messageOf(lang: string, fallbackText: string, body: Card['body']): TeamsMessage {
  const content: Card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    ...{ type: 'AdaptiveCard', version: '1.4', lang, fallbackText: inert(fallbackText) },
    ...{ msteams: { width: 'Full' }, body },
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function part(heading: string, items: readonly Paragraph[]): Box {
  return {
    type: 'Container',
    separator: true,
    items: [line([run(heading, { size: 'medium', weight: 'bolder' })]), ...items],
  };
}

function box(items: readonly Paragraph[]): Box {
  return { type: 'Container', style: 'emphasis', items };
}

function line(inlines: readonly Run[]): Paragraph {
  return { type: 'RichTextBlock', inlines };
}

function close(inlines: readonly Run[]): Paragraph {
  return { type: 'RichTextBlock', inlines, spacing: 'small' };
}

function run(text: string, look: Omit<Run, 'type' | 'text'> = {}): Run {
  return { type: 'TextRun', text: inert(text), ...look };
}

function strong(text: string): Run {
  return run(text, { weight: 'bolder' });
}

function quiet(text: string): Run {
  return run(text, { isSubtle: true });
}

/** A card works out `{{DATE(…)}}` and `{{TIME(…)}}` wherever they stand: not when a lead typed them. */
function inert(text: string): string {
  return text.replace(/\{(?=\{)/g, '{ ');
}
