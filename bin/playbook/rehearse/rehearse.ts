import { type Activity, CapturedActivity } from '../../../functions/leads/activity.ts';
import { ActivityCaptured, LeadEnrolled, LeadHandedOff, LeadScored } from '../../../functions/leads/bus-event.ts';
import { timeZoneOf } from '../../../functions/leads/time-zone.ts';
import type { Enrollment } from '../../../functions/nurture/enrollment.ts';
import type { Message } from '../../../functions/nurture/message.ts';
import { type OutgoingEvent, toEvent } from '../../../functions/runtime/publish.ts';
import type { PlaybookParts } from '../compile.ts';
import { capturedOf } from './deeds.ts';
import type { Persona } from './persona.ts';
import { stageFor } from './stage.ts';

/** One line of what happens to a lead: by the lead, or by us. `at` is epoch milliseconds. */
export type Scene = { readonly at: number } & (
  | { readonly kind: 'does'; readonly activity: string; readonly properties: Activity['properties'] }
  | { readonly kind: 'mail'; readonly message: Message }
  | { readonly kind: 'begins' | 'ends'; readonly sequence: string; readonly reason?: string }
  | { readonly kind: 'handed-off'; readonly rep: string }
  | { readonly kind: 'milestone'; readonly milestone: string }
);

export interface Transcript {
  readonly timeZone: string;
  readonly scenes: readonly Scene[];
  /** Where every walk stands at the end. */
  readonly walks: readonly Enrollment[];
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A persona who reads an e-mail opens it so long after it came, and follows its link or answers a little later. */
const readingMs = { open: 90 * minuteMs, click: 92 * minuteMs, reply: 3 * 60 * minuteMs };

/** What this lead would get in so many days, with the production workflows and a clock that jumps (T12). */
export async function rehearse(persona: Persona, days: number, parts: PlaybookParts): Promise<Transcript> {
  const startMs = Date.parse(persona.startsAt);
  const scenes: Scene[] = [];
  const ahead: { readonly at: number; readonly activity: CapturedActivity }[] = persona.does.flatMap((deed, number) =>
    capturedOf(deed, number, persona, parts.forms).map((activity) => ({ at: startMs + deed.after, activity })),
  );
  const reached = new Set<string>();
  let mails = 0;

  const stage = await stageFor({
    startMs,
    parts,
    onMail(message, at) {
      scenes.push({ at, kind: 'mail', message });
      mails += 1;
      if (message.tags.lead !== undefined) ahead.push(...reactions(message, `message-${mails}`, at, persona));
    },
    onEvent: (event, at) => scenes.push(...scenesOf(event, at, reached)),
  });

  const endMs = startMs + days * dayMs;
  for (;;) {
    ahead.sort((a, b) => a.at - b.at);
    const next = ahead[0];
    // What is due before their next deed comes first, and may bring an e-mail that they read before it.
    if (await stage.runOn(Math.min(next?.at ?? endMs, endMs))) continue;
    if (!next || next.at > endMs) break;
    ahead.shift();
    await stage.tell(toEvent(ActivityCaptured, next.activity));
  }
  const leadIds = new Set<string>();
  for (const scene of scenes)
    if (scene.kind === 'mail' && scene.message.tags.lead) leadIds.add(scene.message.tags.lead);
  const walks = (await Promise.all([...leadIds].map((leadId) => stage.enrollments.list(leadId)))).flat();
  const timeZone = timeZoneOf({ attributes: persona.attributes }, parts.account);
  const ends = walks.flatMap(({ sequence, endedAt, exit, status }): Scene[] =>
    endedAt === null ? [] : [{ at: Date.parse(endedAt), kind: 'ends', sequence, reason: exit?.reason ?? status }],
  );
  return { timeZone, walks, scenes: [...scenes, ...ends].sort((a, b) => a.at - b.at) };
}

function scenesOf({ detailType, detail }: OutgoingEvent, at: number, reached: Set<string>): Scene[] {
  switch (detailType) {
    case ActivityCaptured.detailType: {
      const { type, properties } = CapturedActivity.parse(detail);
      return /^email\.(sent|delivered)$/.test(type) ? [] : [{ at, kind: 'does', activity: type, properties }];
    }
    case LeadEnrolled.detailType:
      return [{ at, kind: 'begins', sequence: LeadEnrolled.detail.parse(detail).sequence }];
    case LeadHandedOff.detailType:
      return [{ at, kind: 'handed-off', rep: LeadHandedOff.detail.parse(detail).rep }];
    case LeadScored.detailType: {
      const fresh = Object.keys(LeadScored.detail.parse(detail).milestones).filter((name) => !reached.has(name));
      for (const name of fresh) reached.add(name);
      return fresh.map((milestone) => ({ at, kind: 'milestone', milestone }));
    }
    default:
      return [];
  }
}

/** What SES tells of a message, and what the persona does with it. */
function reactions({ tags }: Message, messageId: string, sentMs: number, { reads }: Persona) {
  const { template = '', lead: leadId = '' } = tags;
  const person = { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) Chrome/140.0.0.0 Safari/537.36' };
  const told = (type: string, afterMs: number, more: Record<string, string> = {}) => ({
    at: sentMs + afterMs,
    activity: CapturedActivity.parse({
      activityId: `${type}-${messageId}`,
      type,
      occurredAt: new Date(sentMs + afterMs).toISOString(),
      source: 'ses',
      subject: { leadId },
      properties: { ...tags, messageId, sentAt: new Date(sentMs).toISOString(), ...more },
    }),
  });
  return [
    told('email.sent', 0),
    told('email.delivered', 1_000),
    ...(reads.opens.includes(template) ? [told('email.opened', readingMs.open, person)] : []),
    ...(reads.clicks.includes(template) ? [told('email.clicked', readingMs.click, { ...person, link: '/' })] : []),
    ...(reads.replies.includes(template) ? [told('email.replied', readingMs.reply)] : []),
  ];
}
