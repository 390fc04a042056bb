import * as z from 'zod';
import type { Activity } from '../leads/activity.ts';

/**
 * What became of one message (`L#<lead>` / `W#<sequence>#<run>#<step>`), each fact with the instant at which it first happened.
 * Apart from the send, so that news never waits for a claim.
 */
export const MessageFate = z.object({
  leadId: z.string(),
  sequence: z.string(),
  run: z.string(),
  step: z.number().int(),
  template: z.string(),
  variant: z.string().optional(),
  messageId: z.string(),
  sentAt: z.string(),
  deliveredAt: z.string().optional(),
  /** By a person; `…RawAt`: by anybody or anything. */
  openedAt: z.string().optional(),
  openedRawAt: z.string().optional(),
  clickedAt: z.string().optional(),
  clickedRawAt: z.string().optional(),
  repliedAt: z.string().optional(),
  unsubscribedAt: z.string().optional(),
  delayedAt: z.string().optional(),
  bouncedAt: z.string().optional(),
  bounceType: z.string().optional(),
  complainedAt: z.string().optional(),
  rejectedAt: z.string().optional(),
  renderingFailedAt: z.string().optional(),
  /** Why it bounced, was rejected, could not be rendered or is late: as SES says it. */
  reason: z.string().optional(),
  /** When it was known that it arrived, or why not; or when we gave up asking (`isUnknown`). */
  settledAt: z.string().optional(),
  /** SES has told nothing of it, nor would when asked. */
  isUnknown: z.boolean().optional(),
});
export type MessageFate = z.infer<typeof MessageFate>;

export type MessageId = Pick<MessageFate, 'leadId' | 'sequence' | 'run' | 'step'>;

/** The facts that happen to a message, each kept with its first instant. */
export type Fact = Extract<keyof MessageFate, `${string}At`>;

/** What one activity says of a message. Noting it twice, or in any order with others, comes to the same. */
export interface FateNote {
  readonly message: MessageId;
  /** What SES repeats in all its events: enough to begin a fate with. */
  readonly sent?: Pick<MessageFate, 'template' | 'messageId' | 'sentAt' | 'variant'>;
  readonly facts: Partial<Record<Fact, string>>;
  /** Which open or click is the person's: should it be judged otherwise, it can be taken back. */
  readonly by?: { readonly fact: 'openedAt' | 'clickedAt'; readonly activityId: string };
  readonly why?: Pick<MessageFate, 'bounceType' | 'reason'>;
  /** Why it will never arrive takes the place of why it has not yet. */
  readonly isForGood?: boolean;
  /** It is known now whether the message arrived: nobody needs to ask. */
  readonly settles: boolean;
}

const Named = z.object({
  sequence: z.string(),
  run: z.string(),
  step: z.coerce.number().int(),
  messageId: z.string().optional(),
  sentAt: z.string().optional(),
  template: z.string().optional(),
  variant: z.string().optional(),
  bounceType: z.string().optional(),
  bounceSubType: z.string().optional(),
  status: z.string().optional(),
  reason: z.string().optional(),
});
type Named = z.infer<typeof Named>;

/** What an activity says of the message it names; null when it names none or says nothing. */
export function fateNote(leadId: string, activity: Activity): FateNote | null {
  const named = Named.safeParse(activity.properties).data;
  const said = named && saidBy(activity, named);
  if (!named || !said) return null;
  const { sequence, run, step } = named;
  const sent = activity.source === 'ses' ? sentIn(named) : null;
  if (!sent && Object.keys(said.facts).length === 0) return null;
  return { message: { leadId, sequence, run, step }, ...(sent && { sent }), ...said };
}

/** SES repeats in every event what it was sent with. */
function sentIn({ template, messageId, sentAt, variant }: Named): NonNullable<FateNote['sent']> | null {
  if (!template || !messageId || !sentAt) return null;
  return { template, messageId, sentAt, ...(variant !== undefined && { variant }) };
}

function saidBy(
  { type, occurredAt: at, activityId, verdict }: Activity,
  named: Named,
): Omit<FateNote, 'message'> | null {
  const isPerson = verdict?.by === 'human';
  const why = named.reason === undefined ? {} : { why: { reason: named.reason } };
  switch (type) {
    case 'email.sent':
      return { facts: {}, settles: false };
    case 'email.delivered':
      return { facts: { deliveredAt: at }, settles: true };
    case 'email.opened':
      if (!isPerson) return { facts: { openedRawAt: at }, settles: false };
      // Who reads it has got it, whether we were told or not.
      return {
        facts: { openedRawAt: at, openedAt: at, deliveredAt: at },
        by: { fact: 'openedAt', activityId },
        settles: true,
      };
    case 'email.clicked':
      if (!isPerson) return { facts: { clickedRawAt: at }, settles: false };
      return {
        facts: { clickedRawAt: at, clickedAt: at, deliveredAt: at },
        by: { fact: 'clickedAt', activityId },
        settles: true,
      };
    case 'email.replied':
      return { facts: { repliedAt: at, deliveredAt: at }, settles: true };
    case 'email.complained':
      return { facts: { complainedAt: at, deliveredAt: at }, settles: true };
    case 'email.unsubscribed':
      return { facts: { unsubscribedAt: at }, settles: false };
    case 'email.delayed':
      return { facts: { delayedAt: at }, ...why, settles: false };
    case 'email.bounced':
      return {
        facts: { bouncedAt: at },
        why: { ...(named.bounceType && { bounceType: named.bounceType }), reason: bounceReason(named) },
        // Some servers say so of a reader who is away.
        isForGood: named.bounceType !== 'Transient',
        settles: true,
      };
    case 'email.rejected':
      return { facts: { rejectedAt: at }, ...why, isForGood: true, settles: true };
    case 'email.rendering-failed':
      return { facts: { renderingFailedAt: at }, ...why, isForGood: true, settles: true };
    default:
      return null;
  }
}

/** `NoEmail 5.1.1`: SES's kind of bounce, and the mail server's own code. */
function bounceReason({ bounceSubType, status }: Named): string {
  return [bounceSubType, status].filter((word) => word !== undefined && word !== '').join(' ') || 'Undetermined';
}

/** The activity types that `fateNote` knows. */
export const fatefulTypes: readonly string[] = [
  'email.sent',
  'email.delivered',
  'email.opened',
  'email.clicked',
  'email.replied',
  'email.complained',
  'email.unsubscribed',
  'email.delayed',
  'email.bounced',
  'email.rejected',
  'email.rendering-failed',
];
