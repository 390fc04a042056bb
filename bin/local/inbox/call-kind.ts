import * as z from 'zod';

/** A call that a door made to a system outside, as the runner kept it. */
export interface OutgoingCall {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly url: string;
  readonly host: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it was answered: a status, or how it failed. */
  readonly answered: number | 'timeout' | 'reset';
}

export const callKinds = ['slack', 'teams', 'webhook'] as const;
export type CallKind = (typeof callKinds)[number];

const Slack = z.object({ text: z.string(), blocks: z.array(z.looseObject({ type: z.string() })) });
export type Slack = z.infer<typeof Slack>;
const Teams = z.object({
  type: z.literal('message'),
  attachments: z
    .array(
      z.object({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: z.looseObject({ type: z.literal('AdaptiveCard') }),
      }),
    )
    .min(1),
});
type Card = z.infer<typeof Teams>['attachments'][number]['content'];

/** What a call is by its body, since addresses are the user's own: a Slack message, a card for Teams, or anything else. */
export type ReadCall =
  | { readonly kind: 'slack'; readonly message: Slack }
  | { readonly kind: 'teams'; readonly card: Card }
  | { readonly kind: 'webhook'; readonly json: unknown };

export function readCall({ body }: Pick<OutgoingCall, 'body'>): ReadCall {
  const json = jsonOf(body);
  const slack = Slack.safeParse(json);
  if (slack.success) return { kind: 'slack', message: slack.data };
  const card = Teams.safeParse(json).data?.attachments[0]?.content;
  return card ? { kind: 'teams', card } : { kind: 'webhook', json };
}

const Told = z.object({ type: z.string() });

/** What a list calls it: the text a notification shows, or the type of an event. */
export function titleOfCall(call: ReadCall): string {
  switch (call.kind) {
    case 'slack':
      return unescaped(call.message.text);
    case 'teams':
      return typeof call.card.fallbackText === 'string' ? call.card.fallbackText : 'A card';
    case 'webhook':
      return Told.safeParse(call.json).data?.type ?? 'A call';
  }
}

/** As Slack shows the three characters that are escaped for it. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
