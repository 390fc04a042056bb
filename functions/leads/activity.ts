import * as z from 'zod';
import { EmailAddress } from './email-address.ts';

/** Instants travel as ISO 8601 UTC with milliseconds, so that text order is time order. */
export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/** `form.submitted`, `page.viewed` …: what happened, in the past tense (docs/glossary.md lists the known ones). */
export const ActivityType = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(\.[a-z][a-z0-9-]*)+$/,
    'write an activity type in lower case with a dot, such as email.opened',
  )
  .max(64);

/** What Ripen itself records or a door takes for its own. What else is tracked is kept as `track.<name>`. */
export const knownActivityTypes: readonly string[] = [
  'form.submitted',
  'list.subscribed',
  'page.viewed',
  'email.sent',
  'email.delivered',
  'email.opened',
  'email.clicked',
  'email.replied',
  'email.reply-unverified',
  'email.bounced',
  'email.complained',
  'email.unsubscribed',
  'email.suppressed',
  'email.rejected',
  'email.delayed',
  'email.rendering-failed',
  'appointment.booked',
  'appointment.cancelled',
  'appointment.moved',
  'trial.started',
  'chat.started',
  'account.registered',
  'account.activated',
  'account.cancelled',
  'deal.won',
  'deal.lost',
  'handoff.accepted',
  'handoff.rejected',
  'handoff.contacted',
  'handoff.meeting',
  'handoff.recycled',
  'audience.joined',
  'visitor.identified',
  'score.adjusted',
  'address.changed',
  'consent.changed',
  'language.changed',
];

/** Only our own doors record these: neither a tracked page nor a file may say that they happened (I-F3). */
export const operatorActivityTypes: readonly string[] = [
  'score.adjusted',
  'address.changed',
  'consent.changed',
  'language.changed',
  'email.suppressed',
  'handoff.accepted',
  'handoff.rejected',
  'handoff.contacted',
  'handoff.meeting',
  'handoff.recycled',
  'audience.joined',
];

/** Where the lead came from (A5): `channel` and `campaign` are never empty, what is not known is `unknown`. */
export const Origin = z.object({
  channel: z.string().max(256).default('unknown'),
  campaign: z.string().max(256).default('unknown'),
  source: z.string().max(256).optional(),
  medium: z.string().max(256).optional(),
  term: z.string().max(256).optional(),
  content: z.string().max(256).optional(),
  landingPage: z.string().max(1024).optional(),
});
export type Origin = z.infer<typeof Origin>;

/** What a person may permit. `tracking`: that opens and clicks of our mail are noted; permitted until they say no (T15). */
export const Purpose = z.enum(['marketing', 'sales-contact', 'tracking']);
export type Purpose = z.infer<typeof Purpose>;

/** What the person was shown and answered, so that every permission has its evidence (I-C5). `wording` is the text's SHA-256. */
export const ConsentGiven = z.object({
  purpose: Purpose,
  status: z.enum(['granted', 'pending', 'denied']),
  evidence: z.string().max(1024),
  wording: z.string().max(64).optional(),
});
export type ConsentGiven = z.infer<typeof ConsentGiven>;

/** Does the person accept to hear from us by this, be it after they have confirmed their address (A2)? */
export function permitsContact({ purpose, status }: Pick<ConsentGiven, 'purpose' | 'status'>): boolean {
  return purpose !== 'tracking' && status !== 'denied';
}

/** Who did it, as far as the door can tell. The ledger's side turns this into a lead id; the door holds no pepper. */
export const Subject = z
  .object({
    leadId: z.string().optional(),
    email: EmailAddress.optional(),
    /** As the person wrote it: mail goes to this spelling (requirements §2.21). */
    emailAsTyped: z.string().max(320).optional(),
    userId: z.string().max(256).optional(),
    anonymousId: z.string().max(256).optional(),
  })
  .refine(
    (subject) => Object.values(subject).some((id) => id !== undefined),
    'say who did it: email, userId or anonymousId',
  );
export type Subject = z.infer<typeof Subject>;

export const Properties = z.record(z.string(), z.json());
export type Properties = z.infer<typeof Properties>;

/** Something somebody did, as a door caught it: the detail of the bus event `ActivityCaptured`. */
export const CapturedActivity = z.object({
  activityId: z.string().min(8).max(128),
  type: ActivityType,
  occurredAt: Instant,
  /** Which door: `form`, `tracker`, `ses`, `import`, `page`, `operator`, `handoff`. */
  source: z.string().max(64),
  subject: Subject,
  properties: Properties.default({}),
  /** What the person said about themselves: name, phone, company, and the form's own fields. */
  attributes: z.record(z.string(), z.json()).default({}),
  consents: z.array(ConsentGiven).default([]),
  origin: Origin.optional(),
  /** Old activities from a file start no enrollment and no hand-off unless the operator says `--live` (requirements §2.22). */
  quiet: z.boolean().default(false),
});
export type CapturedActivity = z.infer<typeof CapturedActivity>;

/** Human, machine or unsure, with the reasons (T6). */
export const Verdict = z.object({ by: z.enum(['human', 'machine', 'unsure']), reasons: z.array(z.string()) });
export type Verdict = z.infer<typeof Verdict>;

/** A row of the ledger: append-only, everything else is a fold of these. Names nobody: the person is the key it is stored under. */
export const Activity = z.object({
  activityId: z.string(),
  type: z.string(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  source: z.string(),
  properties: Properties,
  origin: Origin.optional(),
  verdict: Verdict.optional(),
  quiet: z.boolean().optional(),
});
export type Activity = z.infer<typeof Activity>;

/** The order of history: by time, then by id, so that two activities of one instant have an order too. */
export function byOccurrence(
  a: Pick<Activity, 'occurredAt' | 'activityId'>,
  b: Pick<Activity, 'occurredAt' | 'activityId'>,
): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return a.activityId < b.activityId ? -1 : a.activityId > b.activityId ? 1 : 0;
}
